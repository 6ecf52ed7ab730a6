import { expect, test } from 'vitest'
import { faultline } from './faultline.js'
import { project } from './project.js'

/** A spec with a counter that goes to 3, and with one part that is wrong, on line 8 or 10. */
const specWith = ({ action = '', invariant = 'ok: () => true' }) => `import { choose, machine, spec } from 'faultline'
let calls = 0
export default spec('wrong', {}, () =>
  machine({
    init: { n: 0, rm: { a: 'idle' as unknown } },
    actions: {
      step: (s) => s.n < 3 && { n: s.n + 1 },
      ${action}
    },
    invariants: { ${invariant} },
  }),
)
`

/** What the check says; it must say it on stderr alone, with exit code 2. */
async function complaint(wrong: Parameters<typeof specWith>[0]): Promise<string> {
  const { code, stdout, stderr } = await faultline(['check', 'wrong.ts'], { cwd: project({ 'wrong.ts': specWith(wrong) }) })
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).not.toMatch(/dist\/|node_modules|node:internal|\.mjs/)
  return stderr
}

test('an action that throws: which, what, in which state, and the line that throws', async () => {
  const stderr = await complaint({
    action: "boom: (s) => { if (s.n === 2) throw new TypeError('no such thing'); return false },",
  })
  expect(stderr).toMatch(/^wrong: error: action 'boom' threw TypeError: no such thing {2}wrong\.ts:8:13\n/)
  expect(stderr).toContain('in the state: {n: 2, rm: ')
  expect(stderr).toContain('    at boom (wrong.ts:8:43)\n')
})

test('an invariant that throws', async () => {
  const stderr = await complaint({ invariant: "ok: (s) => { if (s.n === 1) throw new Error('lost'); return true }" })
  expect(stderr).toMatch(/^wrong: error: invariant 'ok' threw Error: lost {2}wrong\.ts:10:\d+\n/)
  expect(stderr).toContain('    at ok (wrong.ts:10:')
})

test('an invariant that returns neither true nor false', async () => {
  const stderr = await complaint({ invariant: 'ok: (s) => s.n as never' })
  expect(stderr).toMatch(/^wrong: error: invariant 'ok': returned .*0, not true or false {2}wrong\.ts:10:\d+\n {2}return true/)
})

test.each([
  ['a function', '{ deep: [1, () => 2] }', 'rm.a.deep[1]'],
  ['NaN', 'Number.NaN', 'rm.a'],
  ['a Map of the language', 'new globalThis.Map()', 'rm.a'],
])('a value that no state can hold, %s: the path to it', async (_what, value, path) => {
  const stderr = await complaint({ action: `boom: (s) => s.n === 1 && { rm: { a: ${value} } },` })
  expect(stderr).toMatch(/^wrong: error: action 'boom': .* {2}wrong\.ts:8:13\n/)
  expect(stderr).toContain(`\n  at ${path}\n`)
})

test('a patch with a field that the state does not have: the nearest is suggested', async () => {
  const stderr = await complaint({ action: "boom: (s) => s.n === 1 && ({ rm: { aa: 'x' } } as never)," })
  expect(stderr).toMatch(/^wrong: error: action 'boom': .*'rm\.aa'.* {2}wrong\.ts:8:13\n {2}did you mean 'a'\?\n/)
})

test.each([
  ['Math.random', 'boom: (s) => s.n === 1 && { rm: { a: Math.random() } },'],
  ['Date', 'boom: (s) => s.n === 1 && { n: Date.now() },'],
])('an action that asks %s: which, and where', async (what, action) => {
  const stderr = await complaint({ action })
  expect(stderr).toMatch(new RegExp(`^wrong: error: action 'boom': .*${what}.*  wrong\\.ts:8:13\n`))
  expect(stderr).toMatch(/ {4}at boom \(wrong\.ts:8:\d+\)\n/)
})

test('an action that assigns to the state: the path and the line', async () => {
  const stderr = await complaint({ action: "boom: (s) => { if (s.n === 1) (s as any).rm.a = 'q'; return false }," })
  expect(stderr).toMatch(/^wrong: error: action 'boom': .*'rm\.a'.* {2}wrong\.ts:8:13\n/)
  expect(stderr).toMatch(/ {4}at boom \(wrong\.ts:8:\d+\)\n/)
})

test('an action that answers otherwise when asked again', async () => {
  const stderr = await complaint({ action: 'boom: (s) => s.n < 3 && { n: (calls += 1) },' })
  expect(stderr).toMatch(/^wrong: error: action 'boom': .* {2}wrong\.ts:8:13\n {2}an action must be a pure function/)
})

test('an async action', async () => {
  expect(await complaint({ action: 'boom: (async () => ({ n: 1 })) as never,' })).toMatch(/error: action 'boom': .*promise/)
})

test('a spec whose function throws for these parameters: the line', async () => {
  const spec = `import { ids, machine, spec } from 'faultline'
export default spec('sized', { size: 3 }, ({ size }) => {
  const names = ids('p', size)
  return machine({ init: { n: names.length }, actions: {} })
})`
  const { code, stderr } = await faultline(['check', 'sized.ts', '--set', 'size=-1'], { cwd: project({ 'sized.ts': spec }) })
  expect(code).toBe(2)
  expect(stderr).toMatch(/^sized: error: .*RangeError: ids\('p', -1\)/)
  expect(stderr).toContain('(sized.ts:3:17)')
})
