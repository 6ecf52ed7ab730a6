import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { faultline } from './faultline.js'
import { project, write } from './project.js'

const root = fileURLToPath(new URL('../../', import.meta.url))

test('init writes a spec that holds, with a mutant that is caught', async () => {
  const cwd = project({})
  const { code, stdout } = await faultline(['init'], { cwd })
  expect(code).toBe(0)
  expect(stdout).toContain('wrote\n  specs/mutex.ts\n  test/mutex.test.ts\nnext:\n  npx faultline check specs/mutex.ts\n')
  expect((await faultline(['check', 'specs/mutex.ts'], { cwd })).stdout).toMatch(/^mutex: holds\n/)
  const mutant = await faultline(['check', 'specs/mutex.ts', '--mutant', 'lookFirst'], { cwd })
  expect(mutant.code).toBe(1)
  expect(mutant.stdout).toContain('invariant mutualExclusion is violated after 6 steps')
})

/** What `tsc --init` writes, as far as it is about types. */
const compilerOptions = {
  module: 'nodenext',
  target: 'esnext',
  types: [],
  declaration: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  strict: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  noUncheckedSideEffectImports: true,
  skipLibCheck: true,
  noEmit: true,
}

test('what init writes is well typed in a new project, declarations included, and its tests pass', async () => {
  const cwd = project({
    'package.json': '{ "type": "module" }',
    'tsconfig.json': JSON.stringify({ compilerOptions }),
  })
  expect((await faultline(['init'], { cwd })).code).toBe(0)
  mkdirSync(join(cwd, 'node_modules'))
  for (const name of ['vitest', 'immutable']) symlinkSync(join(root, 'node_modules', name), join(cwd, 'node_modules', name))
  symlinkSync(root, join(cwd, 'node_modules/faultline'))
  const run = (script: string, ...args: string[]) =>
    execFileSync(process.execPath, [join(root, 'node_modules', script), ...args], {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    })
  expect(run('typescript/bin/tsc', '-p', '.')).toBe('')
  expect(run('vitest/vitest.mjs', 'run')).toMatch(/Tests +2 passed/)
})

test('init never overwrites: it names what is there and writes nothing', async () => {
  const cwd = project({ 'test/mutex.test.ts': 'mine' })
  const { code, stdout, stderr } = await faultline(['init'], { cwd })
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain('error: test/mutex.test.ts already there: nothing is written\n')
  expect(readFileSync(join(cwd, 'test/mutex.test.ts'), 'utf8')).toBe('mine')
  expect(() => readFileSync(join(cwd, 'specs/mutex.ts'))).toThrow('ENOENT')
})

test('init writes below another directory, and says so in the commands', async () => {
  const cwd = project({})
  write(join(cwd, 'specs/mutex.ts'), 'mine')
  const { code, stdout } = await faultline(['init', 'locks'], { cwd })
  expect(code).toBe(0)
  expect(stdout).toContain('npx faultline check locks/specs/mutex.ts\n')
})
