import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { blocksIn, root } from './blocks.js'
import { run } from './session.js'

mkdirSync(join(root, '.faultline'), { recursive: true })
// Within the package, so that `faultline` is this package, as it is a dependency for readers.
const folder = mkdtempSync(join(root, '.faultline/documented-'))
afterAll(() => rmSync(folder, { recursive: true }))
symlinkSync(join(root, 'specs'), join(folder, 'specs'))
writeFileSync(join(folder, 'vitest.config.js'), 'export default { test: { include: ["*.test.ts"] } }\n')

describe('a unit test in the documents passes as it stands there', () => {
  const blocks = blocksIn('ts').filter(
    ({ document, text }) => document !== 'docs/tutorial.md' && text.includes("import 'faultline/vitest'"),
  )
  test.for(blocks.map((block) => [block.place, block.text] as const))('%s', async ([place, text]) => {
    const name = `${place.replace(/\W+/g, '-')}.test.ts`
    writeFileSync(join(folder, name), text.replaceAll("'../specs/", "'./specs/"))
    const printed = await run(`npx vitest run ${name}`, folder)
    const tests = text.match(/^test\(/gm)?.length ?? 0
    expect(tests).toBeGreaterThan(0)
    expect(printed).toContain(`Tests  ${tests} passed (${tests})`)
  })
})
