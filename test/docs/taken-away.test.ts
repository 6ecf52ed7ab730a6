import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import rpcRetry from '../../specs/rpc-retry.js'
import { check } from '../../src/check/check.js'
import type { CheckOptions } from '../../src/check/result.js'
import { testText } from '../../src/report/test-text.js'
import { root } from './blocks.js'
import { run } from './session.js'

mkdirSync(join(root, '.faultline'), { recursive: true })
// Within the package, so that `faultline` is this package, as it is a dependency for readers.
const folder = mkdtempSync(join(root, '.faultline/taken-away-'))
afterAll(() => rmSync(folder, { recursive: true }))
symlinkSync(join(root, 'specs'), join(folder, 'specs'))
writeFileSync(join(folder, 'vitest.config.js'), 'export default { test: { include: ["*.test.ts"] } }\n')

test.each<readonly [name: string, options: CheckOptions]>([
  ['with the faults of the spec', {}],
  ['with other faults, and fewest steps', { faults: { duplicate: 1, restart: 2 }, minimize: 'steps' }],
])('the test that a report gives of a behaviour passes: %s', async (name, options) => {
  const spec = rpcRetry.mutants.volatileDedupe
  const result = await check(spec, { ...options, file: 'specs/rpc-retry.ts' })
  const behaviours = [...result.counterexamples, ...result.witnesses]
  const file = `${name.replace(/\W+/g, '-')}.test.ts`
  const context = { parts: { spec: null, mutant: spec.mutantName, parameters: {} }, exported: 'default', cwd: undefined }
  const [first, ...others] = behaviours.map((behaviour) => testText(result, behaviour, context))
  // One file for each behaviour: they declare the same names.
  writeFileSync(join(folder, file), first ?? '')
  others.forEach((text, at) => {
    writeFileSync(join(folder, `${at}-${file}`), text)
  })
  const printed = await run(`npx vitest run ${file}`, folder)
  expect(behaviours.map(({ kind }) => kind)).toContain('sometimes')
  expect(printed).toContain(`Tests  ${2 * behaviours.length} passed (${2 * behaviours.length})`)
})
