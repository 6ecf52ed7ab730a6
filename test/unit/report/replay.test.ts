import { machine, replay, spec } from 'faultline'
import { describe, expect, test } from 'vitest'
import lock from '../../../specs/lock-lease-fencing.js'
import twoPhaseCommit from '../../../specs/two-phase-commit.js'
import { replayReport } from '../../../src/report/replay-report.js'
import { replayText } from '../../../src/report/replay-text.js'
import type { Spec } from '../../../src/spec/spec.js'
import type { Trace } from '../../../src/trace/walk.js'

/** A counter beside which a light goes on and off. */
const lit = spec('lit', {}, () =>
  machine({
    init: { n: 0, light: false },
    actions: { increment: (s) => s.n < 3 && { n: s.n + 1 }, toggle: (s) => ({ light: !s.light }) },
    invariants: { small: (s) => s.n < 2 || { because: 'n is too large', n: s.n }, calm: (s) => s.n < 3 },
    transitions: { oneByOne: (before, after) => after.n <= before.n + 1 },
    sometimes: { dark: (s) => !s.light && s.n > 0 },
    alwaysPossible: { canBeLit: (s) => s.light },
  }),
)

const replayed = (actions: readonly string[], property?: string) =>
  replayReport({
    spec: lit,
    file: 'lit.ts',
    trace: { steps: actions.map((action) => ({ action, args: [] })) },
    property,
    faults: undefined,
  })
const printed = (...[actions, property]: Parameters<typeof replayed>) =>
  replayText(replayed(actions, property), { color: false, cwd: import.meta.dirname }).split('\n')

describe('a replay', () => {
  test('says which properties are violated and when, and which steps the first violation needs', () => {
    expect(printed(['increment', 'toggle', 'increment', 'toggle'])).toEqual([
      'lit, 4 steps replayed: violated',
      expect.stringMatching(/^ {2}invariant small is violated after 3 steps {2}replay\.test\.ts:\d+:\d+$/),
      '  sometimes dark is reached after 1 step',
      '  because n is too large',
      '    n: 2',
      '  to small: 2 of 3 steps are essential, each of the others can be left out',
      '  initial',
      '     light: false',
      '     n: 0',
      '  1  increment',
      '     n: 0 → 1',
      '  2  toggle  not essential',
      '     light: false → true',
      '  3  increment',
      '     n: 1 → 2',
      '  4  toggle',
      '     light: true → false',
      '  final',
      '     light: false',
      '     n: 2',
      '  true all the way: invariant calm, transition property oneByOne, no deadlock',
      '',
    ])
  })

  test('is about another property where one is named', () => {
    const report = replayed(['increment', 'increment', 'increment'], 'calm')
    expect([report.violated, report.behaviour?.property, report.behaviour?.length]).toEqual([['small', 'calm'], 'calm', 3])
    expect(printed(['increment'], 'dark')).toContain('  to dark: every step is essential, without any of them dark is not there')
  })

  test('is about what is expected to be false only where nothing else is violated', () => {
    const believed = spec('believed', {}, () => lit.machine, { expected: { violated: { small: 2 } } })
    const about = (steps: number) => {
      const trace = { steps: Array.from({ length: steps }, () => ({ action: 'increment', args: [] })) }
      const report = replayReport({ spec: believed, file: 'believed.ts', trace, property: undefined, faults: undefined })
      const text = replayText(report, { color: false, cwd: import.meta.dirname })
      return [report.behaviour?.property, report.violated, report.violatedAsExpected, text.split('\n').slice(0, 3)]
    }
    expect(about(2)).toEqual([
      'small',
      [],
      ['small'],
      [
        'believed, 2 steps replayed: nothing violated',
        expect.stringMatching(/^ {2}invariant small is violated after 2 steps, as expected {2}replay/),
        '  sometimes dark is reached after 1 step',
      ],
    ])
    expect(about(3)).toEqual([
      'calm',
      ['calm'],
      ['small'],
      [
        'believed, 3 steps replayed: violated',
        '  invariant small is violated after 2 steps, as expected',
        expect.stringMatching(/^ {2}invariant calm is violated after 3 steps {2}replay/),
      ],
    ])
  })

  test('says so where nothing is violated', () => {
    const report = replayed(['toggle'])
    expect(report).toMatchObject({ schema: 'faultline.replay/1', spec: 'lit', violated: [], behaviour: null, notes: null })
    expect(printed(['toggle'])[0]).toBe('lit, 1 step replayed: nothing violated')
  })

  test('says of what it is about that it did not happen, or that a replay cannot tell', () => {
    expect(printed(['toggle'])).not.toContain('  sometimes dark is not reached')
    expect(printed(['toggle'], 'dark')).toContain('  sometimes dark is not reached')
    expect(printed(['toggle'], 'canBeLit')).toContain(
      '  alwaysPossible canBeLit is true at the end; whether it stays possible takes a check to say',
    )
  })

  test('refuses a property that there is not', () => {
    expect(() => replayed(['toggle'], 'smal')).toThrow("spec 'lit' has no property 'smal'")
  })

  test('refuses a step that is not enabled, and says what is, and what the action looked at', () => {
    const tooFar = () => replayed(['increment', 'increment', 'increment', 'increment'])
    expect(tooFar).toThrow('step 4: increment() is not enabled')
    expect(tooFar).toThrow(expect.objectContaining({ hint: 'enabled there: toggle()\nit looked at n (3)' }))
  })

  test('tells an action that there is not from one that is not enabled', () => {
    expect(() => replayed(['incremnt'])).toThrow("step 1: incremnt() is not enabled: there is no action 'incremnt'")
  })

  test('tells an outcome that there is not from a step that is not enabled', () => {
    const trace = { steps: [{ action: 'toggle', args: [], outcome: 7 }] }
    const hint = 'there it has 0'
    expect(() => replay(lit, trace)).toThrow(expect.objectContaining({ message: 'step 1: toggle() has no outcome 7', hint }))
  })

  test.each<readonly [step: string, spec: Spec, trace: Trace, seen: string]>([
    [
      'a branch of a choice',
      twoPhaseCommit.with({ rms: 2 }),
      { steps: [{ action: 'tmReceivePrepared', args: ['rm2'] }] },
      "it looked at tm ('init'), messages ([])",
    ],
    [
      'a message that is ignored',
      lock,
      { steps: [{ action: 'deliver', args: [{ from: 'c2', to: 'locks', message: { type: 'acquire' } }] }] },
      "it looked at locks.holder ('c1')",
    ],
  ])('says of %s what it looked at', (_, of, trace, seen) => {
    const refused = () => replayReport({ spec: of, file: 'spec.ts', trace, property: undefined, faults: undefined })
    expect(refused).toThrow(expect.objectContaining({ hint: expect.stringContaining(seen) }))
  })
})
