import { join } from 'node:path'
import { expect, test } from 'vitest'
import { faultline } from './faultline.js'
import { counter, project } from './project.js'

/** Specs that hold, have mutants, and go under several names. */
const many = `import { machine, oneOf, spec } from 'faultline'
const make = (name: string) =>
  spec(
    name,
    { size: 2, mode: oneOf('fifo', ['fifo', 'lifo', 7]), lossy: false, label: 'x' },
    () => machine({ init: { n: 0 }, actions: { flip: (s) => ({ n: 1 - s.n }) } }),
    { mutants: { one: {}, two: {} } },
  )
export const zone = make('another')
const main = make('main')
export const mutants = main.mutants
export default main
`

async function results(args: readonly string[], cwd: string) {
  const { code, stdout, stderr } = await faultline(['check', ...args, '--reporter', 'ndjson'], { cwd })
  const lines = stdout.split('\n').filter((line) => line !== '')
  return { code, stderr, results: lines.map((line) => JSON.parse(line)) }
}

const names = (found: Awaited<ReturnType<typeof results>>) => found.results.map(({ spec, mutant }) => [spec, mutant])

test('a spec that holds ends with 0, the result on stdout and nothing else anywhere', async () => {
  const { code, stdout, stderr } = await faultline(['check', 'counter.ts'], { cwd: project({ 'counter.ts': counter }) })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toMatch(/^counter \(max=3\): holds\n {2}4 states, 5 generated, depth 3, /)
})

test('a violation ends with 1 and prints the counterexample, its property at its place, the command to see it again', async () => {
  const { code, stdout } = await faultline(['check', 'counter.ts', '--mutant', 'offByOne', '--set', 'max=1'], {
    cwd: project({ 'counter.ts': counter }),
  })
  expect(code).toBe(1)
  expect(stdout).toMatch(/^counter \(mutant offByOne, max=1\): violated\n/)
  expect(stdout).toMatch(/invariant bounded is violated after 2 steps {2}counter\.ts:13:\d+\n/)
  expect(stdout).toContain('2  increment\n     n: 1 → 2\n')
  expect(stdout).toContain('see it again: faultline check counter.ts --mutant offByOne --set max=1\n')
})

test.each<[string, readonly string[], string]>([
  ['the default export as it is', [], 'many.ts'],
  ['with a parameter', ['--set', 'size=5', '--set', 'lossy=false'], 'many.ts --set size=5'],
  ['its mutant', ['--mutant', 'one'], 'many.ts --mutant one'],
  ['another export', ['--spec', 'zone'], 'many.ts --spec another'],
  ['an exported mutant', ['--spec', 'mutants.two'], 'many.ts --spec mutants.two'],
])('the command to see a violation again says no more than it must, and shows the same: %s', async (_what, args, words) => {
  const failing = many.replace('({ n: 1 - s.n })', 's.n === 0 && { n: 1 }')
  const cwd = project({ 'many.ts': failing })
  const { stdout } = await faultline(['check', 'many.ts', ...args], { cwd })
  expect(stdout).toContain(`see it again: faultline check ${words}\n`)
  const again = await faultline(['check', ...words.split(' ')], { cwd })
  expect(again.stdout.split('\n')[0]).toBe(stdout.split('\n')[0])
})

test('a check that stopped at its only property names nothing that it did not get to', async () => {
  const early = counter.replace('bounded: (s) => s.n <= max', 'bounded: (s) => s.n < 1').replace('init:', 'terminal: true, init:')
  const { stdout } = await faultline(['check', 'early.ts'], { cwd: project({ 'early.ts': early }) })
  expect(stdout).toContain('is violated after 1 step')
  expect(stdout).not.toContain('never fired')
})

test('--mutant all checks every mutant, each a result of its own', async () => {
  const found = await results(['many.ts', '--mutant', 'all'], project({ 'many.ts': many }))
  expect(names(found)).toEqual([
    ['main', 'one'],
    ['main', 'two'],
  ])
})

test('--mutant all where there is no mutant is a mistake', async () => {
  const cwd = project({ 'plain.ts': counter.replace(/,\n {2}\{ mutants.*\n\)/, ')') })
  const { code, stderr } = await faultline(['check', 'plain.ts', '--mutant', 'all'], { cwd })
  expect(code).toBe(2)
  expect(stderr).toContain("error: --mutant all: 'counter' (plain.ts) declares no mutants")
})

test.each<[string, readonly string[], readonly (readonly [string, string | null])[]]>([
  ['the default export alone', [], [['main', null]]],
  ['an export by its name', ['--spec', 'zone'], [['another', null]]],
  ['a spec by its name', ['--spec', 'another'], [['another', null]]],
  ['a member of a record', ['--spec', 'mutants.two'], [['main', 'two']]],
  [
    'several',
    ['--spec', 'mutants.two', '--spec', 'default'],
    [
      ['main', null],
      ['main', 'two'],
    ],
  ],
  [
    'all exports',
    ['--spec', 'all'],
    [
      ['main', null],
      ['main', 'one'],
      ['main', 'two'],
      ['another', null],
    ],
  ],
])('what is checked of a file: %s', async (_what, args, expected) => {
  expect(names(await results(['many.ts', ...args], project({ 'many.ts': many })))).toEqual(expected)
})

test('a file without a default export: all its specs are checked', async () => {
  const cwd = project({ 'many.ts': many.replace('export default main\n', '') })
  expect(names(await results(['many.ts'], cwd))).toEqual([
    ['main', 'one'],
    ['main', 'two'],
    ['another', null],
  ])
})

test('--set reads a value as what the parameter takes', async () => {
  const set = ['size=5', 'mode=7', 'lossy=true', 'label=12'].flatMap((each) => ['--set', each])
  const {
    results: [result],
  } = await results(['many.ts', ...set], project({ 'many.ts': many }))
  expect(result.parameters).toEqual({ size: 5, mode: 7, lossy: true, label: '12' })
})

test('a parameter that only some of the specs have is a mistake that names them, and nothing is checked', async () => {
  const cwd = project({ 'many.ts': many, 'counter.ts': counter })
  const { code, stdout, stderr } = await faultline(['check', 'many.ts', 'counter.ts', '--set', 'max=2'], { cwd })
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toBe(
    "error: --set max: 'main' (many.ts) has no parameter 'max'\n  check 'counter' (counter.ts) in a command of its own\n",
  )
})

test('several files, a quoted glob and a directory: all are checked, each once, and the worst is the exit code', async () => {
  const broken = counter.replace("'counter'", "'broken'").replace('s.n < max +', 's.n < max + 1 +')
  const cwd = project({ 'specs/a.ts': counter, 'specs/b.ts': broken, 'c.ts': many })
  const found = await results(['c.ts', 'specs', 'specs/*.ts'], cwd)
  expect(names(found)).toEqual([
    ['main', null],
    ['counter', null],
    ['broken', null],
  ])
  expect(found.code).toBe(1)
  const pretty = await faultline(['check', 'c.ts', 'specs'], { cwd })
  expect(pretty.stdout).toMatch(/\n3 checks: 2 holds, 1 violated\n$/)
})

const endless = `import { machine, spec } from 'faultline'
export default spec('endless', {}, () => machine({ init: { n: 0 }, actions: { on: (s) => ({ n: s.n + 1 }) } }))`

test.each<[string, readonly string[]]>([
  ['states', ['--max-states', '1_000']],
  ['depth', ['--max-depth', '20']],
  ['time', ['--max-time', '100ms']],
])('within a limit on %s that was asked for a check ends with 0, and never says that it holds', async (limit, args) => {
  const {
    code,
    results: [result],
  } = await results(['endless.ts', ...args], project({ 'endless.ts': endless }))
  expect(code).toBe(0)
  expect(result).toMatchObject({ verdict: 'incomplete', limit })
})

test('--continue finds a counterexample for every property', async () => {
  const spec = counter.replace('bounded: (s) => s.n <= max', 'small: (s) => s.n < 1, tiny: (s) => s.n < 2')
  const cwd = project({ 'counter.ts': spec })
  const first = await results(['counter.ts'], cwd)
  const all = await results(['counter.ts', '--continue'], cwd)
  const broken = (found: typeof first) => found.results[0].counterexamples.map((each: { property: string }) => each.property)
  expect(broken(first)).toEqual(['small'])
  expect(broken(all)).toEqual(['small', 'tiny'])
})

test('json is one object for one spec and one array for several', async () => {
  const cwd = project({ 'counter.ts': counter, 'many.ts': many })
  const one = await faultline(['check', 'counter.ts', '--reporter', 'json'], { cwd })
  expect(JSON.parse(one.stdout)).toMatchObject({
    schema: 'faultline.result/1',
    spec: 'counter',
    file: 'counter.ts',
    verdict: 'holds',
  })
  const two = await faultline(['check', 'counter.ts', 'many.ts', '--reporter', 'json'], { cwd })
  expect(JSON.parse(two.stdout).map(({ spec }: { spec: string }) => spec)).toEqual(['counter', 'main'])
})

test.each([
  ['junit', /^<\?xml[\s\S]*<testsuites[\s\S]*<failure[\s\S]*<\/testsuites>\s*$/],
  ['github', /^::error file=counter\.ts,line=13,col=\d+,title=.*::/],
])('--reporter %s tells of a violation in its own form', async (reporter, form) => {
  const { code, stdout } = await faultline(['check', 'counter.ts', '--mutant', 'offByOne', '--reporter', reporter], {
    cwd: project({ 'counter.ts': counter }),
  })
  expect(code).toBe(1)
  expect(stdout).toMatch(form)
})

test('a spec that leaves a timer running does not keep the command from ending', async () => {
  const cwd = project({ 'counter.ts': `setInterval(() => {}, 1000)\n${counter}` })
  expect((await faultline(['check', join(cwd, 'counter.ts')], { cwd: project({}) })).code).toBe(0)
})
