import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { expect, test } from 'vitest'
import { bin, faultline } from './faultline.js'
import { counter, project, write } from './project.js'

/** What a check of `spec.ts` among these files says; it must say it on stderr alone, with exit code 2. */
async function complaint(files: Readonly<Record<string, string>>, args: readonly string[] = ['spec.ts']): Promise<string> {
  const { code, stdout, stderr } = await faultline(['check', ...args], { cwd: project(files) })
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  return stderr
}

test('a file that is not there', async () => {
  expect(await complaint({ 'raft.ts': counter }, ['rafr.ts'])).toBe('error: no such file: rafr.ts\n  did you mean raft.ts?\n')
})

test('a glob without a match, a directory without a spec', async () => {
  expect(await complaint({}, ['specs/*.ts'])).toContain('error: no file matches specs/*.ts\n  check the pattern')
  expect(await complaint({ 'specs/part.ts': '' }, ['specs'])).toContain('error: no spec file in the directory specs\n')
})

test('a syntax error: file, line, column, the line itself and a caret', async () => {
  expect(await complaint({ 'spec.ts': 'const a = 1\nconst b = [a, 2\nexport default b\n' })).toBe(
    `error: syntax error: Expected "]" but found "export"  spec.ts:3:1
    3 | export default b
      | ^^^^^^
  correct it and run the check again
`,
  )
})

test('a spec that throws while it loads: the line of its own source, no frame of ours', async () => {
  const stderr = await complaint(
    {
      'my specs #1/100%25 (new).ts': `import { ids } from 'faultline'
interface Size { readonly count: number }

const names = ({ count }: Size) => ids('rm', count)
names({ count: -1 })
`,
    },
    ['my specs #1/100%25 (new).ts'],
  )
  expect(stderr).toContain(
    "error: the spec file throws while it is loaded: RangeError: ids('rm', -1): the count must be a whole number, 0 or more" +
      '  my specs #1/100%25 (new).ts:4:36\n',
  )
  expect(stderr).toMatch(/at .*new\)\.ts:5:1\)?\n/)
  expect(stderr).not.toMatch(/dist|src\/|node:|node_modules|\.mjs/)
})

test('a mistake in using a spec at load time keeps its words and gets a place', async () => {
  const spec = "import counter from './counter.js'\n\nexport const big = counter.with({ maxx: 1 })"
  expect(await complaint({ 'spec.ts': spec, 'counter.ts': counter })).toContain(
    "error: spec 'counter' has no parameter 'maxx'  spec.ts:3:28\n  did you mean 'max'?\n",
  )
})

test('a machine that is exported without a spec: where it is, and what to write', async () => {
  const spec = "import { machine } from 'faultline'\nexport const locks = machine({ init: { n: 0 }, actions: {} })"
  expect(await complaint({ 'spec.ts': spec })).toBe(
    `error: no spec exported: 'locks' is a machine, which has neither a name nor parameters yet  spec.ts:2:22
  wrap it: export default spec('my-protocol', {}, () => machine({ ... }))
`,
  )
})

test('an error in one file does not keep the others from being checked, and is the exit code', async () => {
  const cwd = project({ 'good.ts': counter, 'bad.ts': 'export default 1 +' })
  const { code, stdout, stderr } = await faultline(['check', 'bad.ts', 'good.ts'], { cwd })
  expect(code).toBe(2)
  expect(stderr).toContain('bad.ts:1:')
  expect(stdout).toContain('counter (max=3): holds\n')
  expect(stdout).toContain('2 checks: 1 holds, 1 error\n')
})

test('for machines an error is a result', async () => {
  const { code, stdout, stderr } = await faultline(['check', 'bad.ts', '--reporter', 'json'], {
    cwd: project({ 'bad.ts': 'export {}' }),
  })
  expect({ code, stderr }).toEqual({ code: 2, stderr: '' })
  expect(JSON.parse(stdout)).toMatchObject({
    schema: 'faultline.error/1',
    file: 'bad.ts',
    error: { message: 'no spec exported: the file exports nothing', hint: expect.stringContaining('export default spec(') },
  })
})

test('a directory may hold modules that export no spec; they are passed over', async () => {
  const cwd = project({ 'specs/counter.ts': counter })
  write(`${cwd}/specs/part.ts`, "import { ids } from 'faultline'\nexport const names = ids('p', 2)")
  const { code, stdout, stderr } = await faultline(['check', 'specs'], { cwd })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toContain('counter (max=3): holds\n')
})

test('a spec that waits for ever while it loads is an error, never a pass', async () => {
  expect(await complaint({ 'spec.ts': `await new Promise(() => {})\n${counter}` })).toContain(
    'a top-level await of the spec never settles\n',
  )
})

test.each([
  ['while it loads', `process.exit(0)\n${counter}`, 'error: the spec ended the process\n'],
  [
    'in an action',
    counter.replace('increment: (s) =>', 'increment: (s) => s.n > 1 ? process.exit(0) :'),
    "action 'increment': a function of the spec used process.exit",
  ],
])('a spec that ends the process %s is an error, never a pass', async (_when, spec, message) => {
  expect(await complaint({ 'spec.ts': spec })).toContain(message)
})

test('what a spec throws where nobody catches it is an error, not a violation', async () => {
  const spec = `setTimeout(() => { throw new Error('too late') }, 0)\nawait new Promise(() => {})\n${counter}`
  const stderr = await complaint({ 'spec.ts': spec })
  expect(stderr).toContain("error: thrown outside of any call of the spec's functions: too late")
  expect(stderr).toMatch(/spec\.ts:1:\d+/)
  expect(stderr).not.toMatch(/dist\/|node:/)
})

test.runIf(existsSync('/dev/full'))('a result that cannot be written is an error, not a pass', async () => {
  const cwd = project({ 'counter.ts': counter })
  const full = openSync('/dev/full', 'w')
  const { status, stderr } = spawnSync(process.execPath, [bin, 'check', 'counter.ts'], {
    cwd,
    stdio: ['ignore', full, 'pipe'],
    encoding: 'utf8',
  })
  closeSync(full)
  expect([status, stderr]).toEqual([2, expect.stringContaining('error: the output cannot be written: ENOSPC')])
})

test('a directory whose modules export no spec at all is an error, never a pass', async () => {
  const part = "import { ids } from 'faultline'\nexport const names = ids('p', 2)"
  expect(await complaint({ 'specs/part.ts': part }, ['specs'])).toMatch(/^error: no spec exported by specs\/part\.ts/)
})
