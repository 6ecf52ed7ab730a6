import { XMLParser } from 'fast-xml-parser'
import { expect, test } from 'vitest'
import { faultline } from './faultline.js'
import { counter, project } from './project.js'

/** The counter, with what it expects, and a second spec beside it. */
const declared = (expected: string, mutants: string) => `${counter
  .replace("mutants: { offByOne: { violates: 'bounded' } }", `expected: ${expected}, mutants: ${mutants}`)
  .replace('invariants: { bounded', 'terminal: true, invariants: { bounded')}
export const other = spec('other', {}, () => machine({ init: { n: 0 }, actions: { turn: (s) => ({ n: 1 - s.n }) } }))
`

const right = declared('{ states: 4, depth: 3 }', "{ offByOne: { violates: 'bounded', steps: 4 } }")

/** The rows of the table, without the seconds, in which a run need not agree with another. */
const rows = (stdout: string) =>
  stdout
    .split('\n\n')[0]
    ?.replace(/ +\d+\.\d\d$/gm, '')
    .replace(/ {2,}/g, '  ')

test('every spec of the files and all its mutants stand in one table, and all as expected ends with 0', async () => {
  const cwd = project({ 'specs/counter.ts': right, 'specs/seeds/plain.ts': counter.replaceAll("'counter'", "'plain'") })
  const { code, stdout, stderr } = await faultline(['check', 'specs', '--expected'], { cwd })
  expect(stderr).toBe('')
  expect(rows(stdout)).toBe(
    [
      'spec  mutant  verdict  states  depth  length  seconds',
      'counter  holds  4  3',
      '  offByOne  violates bounded  5+  4  4',
      'other  holds  2  1',
      'plain  holds  4  3',
      '  offByOne  violates bounded  5+  4  4',
    ].join('\n'),
  )
  expect(stdout).toMatch(/\n\n3 specs and 2 mutants: all as expected, in \d+\.\d\d s\n$/)
  expect(code).toBe(0)
})

test('what differs stands below its row, with the command that shows it, and ends with 1', async () => {
  const spec = declared(
    '{ states: 5, depth: 4 }',
    `{
      late: { violates: 'bounded' },
      offByOne: { violates: 'bounded', steps: 5 },
      undeclared: { with: { max: 2 } },
    }`,
  )
  const { code, stdout } = await faultline(['check', 'counter.ts', '--expected'], { cwd: project({ 'counter.ts': spec }) })
  const found = stdout.replace(/\s+/g, ' ')
  expect(found).toMatch(/counter holds 4 3 \d\.\d\d 4 states; expected 5 depth 3; expected 4/)
  expect(found).toMatch(/late survived [\d. ]+ 'bounded' holds; expected it violated/)
  expect(found).toMatch(
    /offByOne violates bounded 5\+ 4 4 \d\.\d\d the shortest counterexample to 'bounded' has 4 steps; expected 5 steps/,
  )
  expect(found).toContain('see it again: faultline check counter.ts --mutant offByOne --minimize steps')
  expect(found).toMatch(
    /undeclared survived [\d. ]+ it declares no property that it violates \(it holds\): write violates: 'PROPERTY'/,
  )
  expect(stdout).toMatch(/2 specs and 3 mutants: 4 not as expected/)
  expect(code).toBe(1)
})

test('a spec that says nothing must hold, and the right one may violate nothing else than it says', async () => {
  const broken = counter.replace('s.n <= max', 's.n < max')
  const silent = await faultline(['check', 'counter.ts', '--expected'], { cwd: project({ 'counter.ts': broken }) })
  expect(silent.stdout).toMatch(/counter +violates bounded .*\n +expected to hold: bounded\n/)
  expect(silent.code).toBe(1)
  const both = broken
    .replace('invariants: {', 'invariants: { small: (s) => s.n < 2,')
    .replace('{ mutants', "{ expected: { violates: 'bounded' }, mutants")
  const more = await faultline(['check', 'counter.ts', '--expected'], { cwd: project({ 'counter.ts': both }) })
  expect(more.stdout).toMatch(/counter +violates bounded .*\n +expected to violate bounded alone: small\n/)
  expect(more.code).toBe(1)
})

test('an error in one spec is printed, leaves a row in the table, and ends with 2', async () => {
  const throwing = counter
    .replace("'counter'", "'throwing'")
    .replace('s.n <= max', 's.m.n <= max')
    .replace('{ n: 0 }', '{ n: 0, m: null }')
  const cwd = project({ 'a.ts': throwing, 'b.ts': counter })
  const { code, stdout, stderr } = await faultline(['check', 'a.ts', 'b.ts', '--expected'], { cwd })
  expect(stdout).toMatch(/throwing +error\n +invariant 'bounded' threw TypeError/)
  expect(stdout).toMatch(/1 spec and 1 mutant: 2 errors/)
  expect(stderr).toContain("throwing: error: invariant 'bounded' threw TypeError")
  expect(code).toBe(2)
})

test('a variant with other parameters must hold, whatever is declared of the default ones', async () => {
  const spec = `${right.replace('export default spec', 'const counter = spec')}\nexport default counter\nexport const small = counter.with({ max: 2 })\n`
  const { code, stdout } = await faultline(['check', 'counter.ts', '--expected'], { cwd: project({ 'counter.ts': spec }) })
  expect(rows(stdout)).toContain('other  holds  2  1\ncounter  holds  3  2')
  expect(code).toBe(0)
})

test('--spec and --mutant pick rows', async () => {
  const cwd = project({ 'counter.ts': right })
  const one = await faultline(['check', 'counter.ts', '--expected', '--spec', 'other'], { cwd })
  expect(one.stdout).toContain('1 spec and 0 mutants: all as expected')
  const mutant = await faultline(['check', 'counter.ts', '--expected', '--spec', 'counter', '--mutant', 'offByOne'], { cwd })
  expect(mutant.stdout).toContain('0 specs and 1 mutant: all as expected')
})

test.each(['--set max=2', '--faults none', '--minimize faults', '--continue'])('%s cannot go with it', async (flag) => {
  const { code, stderr } = await faultline(['check', 'x.ts', '--expected', ...flag.split(' ')], {
    cwd: project({ 'x.ts': counter }),
  })
  expect(stderr).toContain(
    `--expected is about specs as they are declared, and ${flag.split(' ')[0]} makes another check of them`,
  )
  expect(code).toBe(2)
})

test('reporters for machines tell what was expected and what differs', async () => {
  const wrong = right.replace('states: 4', 'states: 5')
  const cwd = project({ 'counter.ts': wrong })
  const json = await faultline(['check', 'counter.ts', '--expected', '--reporter', 'json'], { cwd })
  const results = JSON.parse(json.stdout)
  expect(json.code).toBe(1)
  expect(results.map(({ expectation }: { expectation: unknown }) => expectation)).toEqual([
    { expected: { states: 5, depth: 3 }, differences: ['4 states; expected 5'] },
    { expected: { violates: 'bounded', steps: 4 }, differences: [] },
    { expected: {}, differences: [] },
  ])
  const github = await faultline(['check', 'counter.ts', '--expected', '--reporter', 'github'], { cwd })
  expect(github.stdout.split('\n').map((line) => line.split(' ')[0])).toEqual(['::error', '::notice', '::notice', ''])
  expect(github.stdout).toContain('counter (max=3)%3A not as expected::4 states; expected 5%0Aexpected: it holds%0A')
  expect(github.stdout).toContain('counter (mutant offByOne%2C max=3)%3A as expected::expected: bounded violated%0A')
  const junit = await faultline(['check', 'counter.ts', '--expected', '--reporter', 'junit'], { cwd })
  const { testsuites } = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' }).parse(junit.stdout)
  expect([testsuites.tests, testsuites.failures]).toEqual(['3', '1'])
  expect(testsuites.testsuite[0].testcase.failure.message).toBe('4 states; expected 5')
})
