import { describe, expect, test } from 'vitest'
import { faultline } from './faultline.js'
import { counter, project } from './project.js'

test.each<[string, readonly string[], string]>([
  ['no command', [], 'error: no command given\n'],
  ['a misspelt command', ['chek', 'spec.ts'], 'error: no such command: chek\n  did you mean faultline check?\n'],
  [
    'a file for a command',
    ['./spec.ts'],
    'error: no such command: ./spec.ts\n  to check a spec file write: faultline check ./spec.ts\n',
  ],
  ['no file', ['check'], 'error: no spec file given\n'],
  ['stdin for a file', ['check', '-'], 'error: - is not a spec file: a spec is not read from stdin\n  name a file: '],
  ['stdin beside a file', ['check', 'spec.ts', '-'], 'error: - is not a spec file'],
  ['an empty name', ['check', ''], 'error: the name of a spec file is empty\n'],
  ['no file behind --', ['check', '--'], 'error: no spec file given\n'],
  [
    'a misspelt flag',
    ['check', 'spec.ts', '--max-sates', '5'],
    'error: no such flag: --max-sates\n  did you mean --max-states?\n',
  ],
  [
    'an unknown flag',
    ['check', 'spec.ts', '--quantum'],
    'error: no such flag: --quantum\n  faultline check --help lists what it takes\n',
  ],
  ['a flag without its value', ['check', 'spec.ts', '--max-states'], 'error: --max-states needs a value\n'],
  ['a flag twice', ['check', 'spec.ts', '--max-depth', '1', '--max-depth', '2'], 'error: --max-depth is given 2 times\n'],
  [
    'a count that is none',
    ['check', 'spec.ts', '--max-states', 'many'],
    "error: --max-states cannot be 'many'\n  it must be a whole number, 1 or more\n",
  ],
  [
    'a time that is none',
    ['check', 'spec.ts', '--max-time', '5x'],
    "error: --max-time cannot be '5x'\n  it must be a duration such as 60s",
  ],
  [
    'a size that is none',
    ['check', 'spec.ts', '--max-memory', 'big'],
    "error: --max-memory cannot be 'big'\n  it must be a size such as 2GB",
  ],
  [
    'an unknown fault',
    ['check', 'spec.ts', '--faults', 'drop=1,crsh=1'],
    "error: --faults drop=1,crsh=1: there is no fault 'crsh'\n  did you mean crash=1?\n",
  ],
  [
    'a fault without a number',
    ['check', 'spec.ts', '--faults', 'crash'],
    'error: --faults crash: crash needs a number\n  write it as --faults crash=1, or --faults none\n',
  ],
  [
    'a number of faults that is none',
    ['check', 'spec.ts', '--faults', 'crash=x'],
    "error: --faults crash cannot be 'x'\n  it must be a whole number, 0 or more\n",
  ],
  [
    'a negative number of faults',
    ['check', 'spec.ts', '--faults', 'drop=-1'],
    "error: --faults drop cannot be '-1'\n  it must be a whole number, 0 or more\n",
  ],
  [
    'a fault twice',
    ['check', 'spec.ts', '--faults', 'drop=1,drop=2'],
    'error: --faults drop=1,drop=2: drop is given twice\n  give each kind once\n',
  ],
  [
    'none and a fault',
    ['check', 'spec.ts', '--faults', 'none,drop=1'],
    "error: --faults none,drop=1: there is no fault 'none'\n  the kinds are drop, duplicate, ",
  ],
  [
    'faults for a machine',
    ['check', 'spec.ts', '--faults', 'crash=1'],
    "error: spec 'counter' is a machine: it has no faults to set",
  ],
  [
    'something else to minimize',
    ['check', 'spec.ts', '--minimize', 'states'],
    'error: --minimize cannot be "states"\n  it must be one of "faults", "steps"\n',
  ],
  [
    'an unknown reporter',
    ['check', 'spec.ts', '--reporter', 'xml'],
    'error: --reporter cannot be "xml"\n  it must be one of "pretty", "json"',
  ],
  [
    'a parameter without a value',
    ['check', 'spec.ts', '--set', 'max'],
    'error: --set max: a value is missing\n  write it as --set name=value\n',
  ],
  [
    'two parameters after one flag',
    ['check', 'spec.ts', '--set', 'max=1', 'b=2'],
    'error: b=2 is not a spec file\n  to set a parameter write --set b=2\n',
  ],
  [
    'parameters behind a comma',
    ['check', 'spec.ts', '--set', 'max=1,min=2'],
    `error: parameter 'max' of spec 'counter' cannot be "1,min=2"\n  give each parameter a --set of its own: --set max=1 --set min=2\n`,
  ],
  [
    'a parameter that every object has',
    ['check', 'spec.ts', '--set', 'constructor=3'],
    "error: spec 'counter' has no parameter 'constructor'\n  its parameters are max\n",
  ],
  [
    'an unknown parameter',
    ['check', 'spec.ts', '--set', 'mx=1'],
    "error: spec 'counter' has no parameter 'mx'\n  did you mean 'max'?\n",
  ],
  [
    'a parameter out of range',
    ['check', 'spec.ts', '--set', 'max=99'],
    "error: parameter 'max' of spec 'counter' cannot be 99\n  it must be a whole number from 1 to 9\n",
  ],
  [
    'a parameter of another type',
    ['check', 'spec.ts', '--set', 'max=abc'],
    `error: parameter 'max' of spec 'counter' cannot be "abc"\n  it must be a whole number from 1 to 9\n`,
  ],
  [
    'an unknown mutant',
    ['check', 'spec.ts', '--mutant', 'offByOn'],
    "error: spec 'counter' has no mutant 'offByOn'\n  did you mean 'offByOne'?\n",
  ],
  [
    'an unknown spec',
    ['check', 'spec.ts', '--spec', 'conter'],
    "error: no spec is named 'conter' in spec.ts\n  did you mean --spec counter?\n",
  ],
])('%s is an error in usage: what is wrong, then what to do', async (_what, args, says) => {
  const { code, stdout, stderr } = await faultline(args, { cwd: project({ 'spec.ts': counter }) })
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr.replace(/ {2}spec\.ts:\d+:\d+\n/, '\n')).toContain(says)
  expect(stderr).not.toMatch(/ at .*(dist|node_modules)/)
})

describe('a mutant that sets a parameter', () => {
  const overshooting = counter.replace("offByOne: { violates: 'bounded' }", "big: { with: { max: 7 }, violates: 'bounded' }")
  const variant = `${overshooting.replace('export default spec(', 'const base = spec(')}export default base.with({ max: 4 })\n`

  test('is an error where another value is asked for', async () => {
    const cwd = project({ 'spec.ts': overshooting })
    const { code, stderr } = await faultline(['check', 'spec.ts', '--set', 'max=2', '--mutant', 'big'], { cwd })
    expect([code, stderr]).toEqual([2, expect.stringContaining("error: --set max=2: mutant 'big' sets max=7\n")])
    expect((await faultline(['check', 'spec.ts', '--set', 'max=7', '--mutant', 'big'], { cwd })).code).toBe(0)
  })

  test.each(['big', 'all'])('is checked with it, also of an exported variant: --mutant %s', async (mutant) => {
    const { code, stdout } = await faultline(['check', 'spec.ts', '--mutant', mutant], { cwd: project({ 'spec.ts': variant }) })
    expect([code, stdout]).toEqual([0, expect.stringContaining('counter (mutant big, max=7): holds')])
  })
})

test('a spec may import all of Immutable by its default export', async () => {
  const spec = counter
    .replace('import {', "import Immutable from 'immutable'\nimport {")
    .replace('init: { n: 0 }', 'init: { n: 0, seen: Immutable.Set<number>() }')
  expect((await faultline(['check', 'spec.ts'], { cwd: project({ 'spec.ts': spec }) })).code).toBe(0)
})

test.each(['spec.ts', '-spec.ts'])('what stands behind -- is a file: %s', async (file) => {
  const { code, stdout } = await faultline(['check', '--set', 'max=2', '--', file], { cwd: project({ [file]: counter }) })
  expect(code).toBe(0)
  expect(stdout).toContain('counter (max=2): holds\n')
})

test('the examples of help work on what init writes, those for another file aside', async () => {
  const cwd = project({})
  await faultline(['init'], { cwd })
  const { stdout } = await faultline(['check', '--help'], { cwd })
  const examples = [...stdout.matchAll(/^ +faultline (check specs.*?) {2,}/gm)].map((match) => match[1] ?? '')
  expect(examples.length).toBeGreaterThan(3)
  for (const example of examples) {
    const { stderr } = await faultline(example.replaceAll("'", '').split(' '), { cwd })
    expect(stderr).toBe(example.includes('--report ') ? 'report: mutex.html\n' : '')
  }
})

test('what lays out help is made ready for help alone', async () => {
  const cwd = project({
    'counter.ts': counter,
    'tell.mjs': `const { Segmenter } = Intl
Intl.Segmenter = class extends Segmenter { constructor(...args) { super(...args); console.error('segments') } }`,
  })
  const env = { NODE_OPTIONS: '--import ./tell.mjs' }
  expect((await faultline(['check', '--help'], { cwd, env })).stderr).toContain('segments')
  expect(await faultline(['check', 'counter.ts'], { cwd, env })).toMatchObject({ code: 0, stderr: '' })
})

test('help says what the command takes, with examples, whatever language the system speaks', async () => {
  const { code, stdout, stderr } = await faultline(['check', '--help'], { cwd: project({}), env: { LANG: 'de_DE.UTF-8' } })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  for (const flag of [
    'set',
    'spec',
    'mutant',
    'faults',
    'minimize',
    'max-states',
    'max-depth',
    'max-time',
    'max-memory',
    'reporter',
    'watch',
    'continue',
  ])
    expect(stdout).toContain(`--${flag} `)
  expect(stdout).toMatch(/Examples:\n +faultline check specs\/mutex\.ts /)
  expect(stdout).toContain('130 interrupted')
})

test('the version is that of the package', async () => {
  const { code, stdout } = await faultline(['--version'], { cwd: project({}) })
  expect(code).toBe(0)
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test('completion prints a script for the shell, which then learns the flags', async () => {
  const cwd = project({})
  const { code, stdout } = await faultline(['completion'], { cwd })
  expect(code).toBe(0)
  expect(stdout).toContain('--get-yargs-completions')
  const flags = await faultline(['--get-yargs-completions', 'faultline', 'check', '--max-'], { cwd })
  expect(flags.stdout).toContain('--max-states')
})
