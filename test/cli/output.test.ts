import { mkdirSync, readdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { faultline, start } from './faultline.js'
import { counter, project } from './project.js'

const escape = '\u001b['

/** So many states that a check goes on until it is stopped. */
const vast = `import { machine, spec } from 'faultline'
const step = (name: 'a' | 'b' | 'c' | 'd') => (s: { a: number; b: number; c: number; d: number }) => s[name] < 999 && { [name]: s[name] + 1 }
export default spec('vast', {}, () => console.error('building') ??
  machine({ init: { a: 0, b: 0, c: 0, d: 0 }, actions: { a: step('a'), b: step('b'), c: step('c'), d: step('d') }, terminal: true }))`

test.each<[string, Readonly<Record<string, string>>, boolean]>([
  ['a pipe', {}, false],
  ['a pipe in CI', { CI: 'true' }, false],
  ['a pipe under FORCE_COLOR', { FORCE_COLOR: '1' }, true],
  ['a pipe under FORCE_COLOR=0', { FORCE_COLOR: '0' }, false],
  ['a pipe under FORCE_COLOR and NO_COLOR', { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
])('colour into %s', async (_what, env, colored) => {
  const cwd = project({ 'counter.ts': counter })
  const { stdout } = await faultline(['check', 'counter.ts'], { cwd, env })
  const { stderr } = await faultline(['check', 'absent.ts'], { cwd, env })
  expect([stdout.includes(escape), stderr.includes(escape)]).toEqual([colored, colored])
})

/** A spec that prints in every way that `console` has, while it loads and while it is checked. */
const talkative = counter
  .replace(
    'export default',
    "process.stdout.write('loading, stdout\\n')\nfor (const way of ['log', 'info', 'debug', 'warn', 'error', 'dir'] as const) console[way]('loading, ' + way)\nexport default",
  )
  .replace('bounded: (s) =>', "bounded: (s) => console.log('looking') ??")

test.each(['json', 'ndjson', 'junit', 'pretty'])('what a spec prints does not get into the %s result', async (reporter) => {
  const { stdout, stderr } = await faultline(['check', 'spec.ts', '--reporter', reporter], {
    cwd: project({ 'spec.ts': talkative }),
  })
  expect(stdout).not.toMatch(/loading|looking/)
  expect(stdout).toContain('counter')
  if (reporter === 'json') expect(JSON.parse(stdout)).toMatchObject({ verdict: 'holds' })
  for (const way of ['log', 'info', 'debug', 'warn', 'error', 'dir']) expect(stderr).toContain(`loading, ${way}`)
  expect(stderr).toContain('looking')
})

test('what a killed run left behind is removed a day later, and nothing else', async () => {
  const temporary = project({})
  const day = 24 * 60 * 60
  const names = { 'faultline-bundles-killed': 2 * day, 'faultline-bundles-lately': 60, 'faultline-report': 2 * day }
  for (const [name, age] of Object.entries(names)) {
    mkdirSync(join(temporary, name))
    utimesSync(join(temporary, name), Date.now() / 1000 - age, Date.now() / 1000 - age)
  }
  const { code } = await faultline(['check', 'counter.ts'], {
    cwd: project({ 'counter.ts': counter }),
    env: { TMPDIR: temporary },
  })
  expect(code).toBe(0)
  expect(readdirSync(temporary)).toEqual(['faultline-bundles-lately', 'faultline-report'])
})

test('a reader that stops reading ends the command without a word, and with the verdict all the same', async () => {
  const { child, ended } = start(['check', 'counter.ts', '--mutant', 'offByOne'], { cwd: project({ 'counter.ts': counter }) })
  child.stdout.destroy()
  expect(await ended).toMatchObject({ code: 1, stderr: '' })
})

test('Ctrl-C: the figures so far, verdict incomplete, exit code 130, no temporary file left', async () => {
  const temporary = project({})
  const { child, ended, until, seen } = start(['check', 'vast.ts', '--reporter', 'json', '--max-memory', '1GB'], {
    cwd: project({ 'vast.ts': vast }),
    env: { TMPDIR: temporary },
  })
  await until(({ stderr }) => stderr.includes('building'))
  expect(seen.stdout).toBe('')
  child.kill('SIGINT')
  const { code, stdout } = await ended
  expect(code).toBe(130)
  expect(JSON.parse(stdout)).toMatchObject({ verdict: 'incomplete', limit: 'interrupt' })
  expect(JSON.parse(stdout).states.distinct).toBeGreaterThan(0)
  expect(readdirSync(temporary)).toEqual([])
})

test('Ctrl-C while a spec still loads ends at once, and leaves no temporary file', async () => {
  const temporary = project({})
  const cwd = project({
    'slow.ts': `console.error('loading')\nsetInterval(() => {}, 1e6)\nawait new Promise(() => {})\n${counter}`,
  })
  const { child, ended, until } = start(['check', 'slow.ts'], { cwd, env: { TMPDIR: temporary } })
  await until(({ stderr }) => stderr.includes('loading'))
  child.kill('SIGINT')
  expect((await ended).code).toBe(130)
  expect(readdirSync(temporary)).toEqual([])
})
