import { execFile } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { Result } from '../../src/check/result.js'
import { replayCommand } from '../../src/report/command.js'
import { faultline } from './faultline.js'
import { counter, project, write } from './project.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
const bin = fileURLToPath(new URL('../../bin/faultline.js', import.meta.url))

const trace = (...actions: readonly string[]) => JSON.stringify({ steps: actions.map((action) => ({ action, args: [] })) })

describe('faultline replay', () => {
  test('runs a trace again: 1 where it violates something, 0 where it does not', async () => {
    const cwd = project({
      'counter.ts': counter,
      'long.json': trace('increment', 'increment', 'increment', 'increment'),
      'short.json': trace('increment'),
    })
    const violated = await faultline(['replay', 'counter.ts', 'long.json', '--mutant', 'offByOne'], { cwd })
    expect(violated).toMatchObject({ code: 1, stderr: '' })
    expect(violated.stdout).toContain(
      'counter (mutant offByOne, max=3), 4 steps replayed: violated\n  invariant bounded is violated after 4 steps  counter.ts:',
    )
    const held = await faultline(['replay', 'counter.ts', 'short.json'], { cwd })
    expect(held).toMatchObject({ code: 0, stderr: '' })
    expect(held.stdout).toContain('counter (max=3), 1 step replayed: nothing violated\n')
  })

  test('takes what check printed, with the mutant and the parameters of that check', async () => {
    const cwd = project({ 'counter.ts': counter })
    const { stdout } = await faultline(['check', 'counter.ts', '--mutant', 'offByOne', '--set', 'max=2', '--reporter', 'json'], {
      cwd,
    })
    write(join(cwd, 'result.json'), stdout)
    const { code, stdout: replayed } = await faultline(['replay', 'counter.ts', 'result.json', '--reporter', 'json'], { cwd })
    expect(code).toBe(1)
    expect(JSON.parse(replayed)).toMatchObject({
      schema: 'faultline.replay/1',
      file: 'counter.ts',
      mutant: 'offByOne',
      parameters: { max: 2 },
      violated: ['bounded'],
      behaviour: { property: 'bounded', length: 3 },
    })
  })

  test('does what the command of a report says, as it is pasted into a shell', async () => {
    const checked = ['check', 'specs/lock-lease-fencing.ts', '--mutant', 'noFence', '--reporter', 'json']
    const result: Result = JSON.parse((await faultline(checked, { cwd: root })).stdout)
    const [counterexample] = result.counterexamples
    const command = counterexample === undefined ? undefined : replayCommand(result, counterexample)
    const script = `faultline() { ${JSON.stringify(process.execPath)} ${JSON.stringify(bin)} "$@"; }\n${command}\n`
    const printed = await new Promise<string>((resolve) => {
      execFile('sh', ['-c', script], { cwd: root }, (_, stdout) => resolve(stdout))
    })
    expect(printed).toContain('5 steps replayed: violated\n  invariant noStaleWrite is violated after 5 steps')
  })

  const mistakes: readonly (readonly [what: string, args: readonly string[], message: string, hint: string])[] = [
    [
      'a step that is not enabled',
      ['counter.ts', 'reset.json'],
      'error: step 1: reset() is not enabled',
      'enabled there: increment()',
    ],
    ['a file that is not there', ['counter.ts', 'gone.json'], 'error: the trace gone.json cannot be read', 'name a JSON file'],
    [
      'a file of several specs',
      ['two.ts', 'one.json'],
      'error: two.ts exports several specs, and a trace is of one',
      "name it: --spec 'first of two'",
    ],
    ['nothing on stdin', ['counter.ts'], 'error: stdin is empty', 'faultline replay specs/my-protocol.ts trace.json'],
    [
      'an unknown flag',
      ['counter.ts', 'reset.json', '--mutants', 'x'],
      'error: no such flag: --mutants',
      'did you mean --mutant?',
    ],
    [
      'an unknown property',
      ['counter.ts', 'one.json', '--property', 'bound'],
      "has no property 'bound'",
      "did you mean 'bounded'?",
    ],
  ]
  test.each(mistakes)('says what is wrong about %s, and ends with 2', async (_, args, message, hint) => {
    const two = `import { machine, spec } from 'faultline'

const idle = () => machine({ init: 0, actions: { stay: (n) => n } })
export const first = spec('first of two', {}, idle)
export const second = spec('second of two', {}, idle)
`
    const cwd = project({ 'counter.ts': counter, 'two.ts': two, 'reset.json': trace('reset'), 'one.json': trace('increment') })
    const { code, stdout, stderr } = await faultline(['replay', ...args], { cwd })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
    expect(stderr).toContain(hint)
    expect(stderr).not.toContain(dirname(bin))
  })
})
