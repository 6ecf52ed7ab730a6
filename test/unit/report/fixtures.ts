import type { Result } from '../../../src/check/result.js'
import { type ErrorReport, errorReport } from '../../../src/report/error-report.js'
import { SpecError } from '../../../src/spec/spec-error.js'
import type { Counterexample, Step } from '../../../src/trace/counterexample.js'

const SPEC = '/home/user/project/specs/two-phase-commit.ts'

function step(index: number, action: string, changes: Step['changes'], more: Partial<Step> = {}): Step {
  return { index, action, label: action, args: [], node: null, fault: null, changes, ...more }
}

const initial = { rm: { rm1: 'working', rm2: 'working' }, tm: 'init', prepared: [], messages: [] }

export const inconsistent: Counterexample = {
  property: 'consistent',
  kind: 'invariant',
  faults: 0,
  length: 3,
  initial,
  steps: [
    step(1, 'tmCommit', [
      { path: ['tm'], before: 'init', after: 'committed' },
      { path: ['messages', 'commit'], after: 'commit', element: true },
    ]),
    step(2, 'rmReceiveCommit', [{ path: ['rm', 'rm1'], before: 'working', after: 'committed' }], {
      label: 'rmReceiveCommit(rm1)',
      args: ['rm1'],
      node: 'rm1',
    }),
    step(3, 'rmChooseToAbort', [{ path: ['rm', 'rm2'], before: 'working', after: 'aborted' }], {
      label: 'rmChooseToAbort(rm2)',
      args: ['rm2'],
      node: 'rm2',
    }),
  ],
  final: { rm: { rm1: 'committed', rm2: 'aborted' }, tm: 'committed', prepared: [], messages: ['commit'] },
  because: { because: 'both outcomes', committed: ['rm1'], aborted: ['rm2'] },
}

const allCommitted: Counterexample = { ...inconsistent, property: 'allCommitted', kind: 'sometimes', length: 11 }

export const holds: Result = {
  schema: 'faultline.result/1',
  spec: 'two-phase-commit',
  file: 'specs/two-phase-commit.ts',
  mutant: null,
  parameters: { rms: 7 },
  faults: { budget: {}, overrides: null, minimize: 'faults', explored: [], breaks: null },
  verdict: 'holds',
  limit: null,
  states: { distinct: 296448, generated: 2744706, depth: 22, queue: 0 },
  seconds: 0.61,
  peakBytes: 81_000_000,
  properties: [
    { name: 'consistent', kind: 'invariant', verdict: 'holds', site: `${SPEC}:48:9` },
    { name: 'allCommitted', kind: 'sometimes', verdict: 'holds', site: `${SPEC}:50:20` },
    { name: 'deadlock', kind: 'deadlock', verdict: 'holds' },
  ],
  coverage: { actions: { tmCommit: 4096 }, neverFired: [], constraints: {}, parts: {} },
  counterexamples: [],
  witnesses: [allCommitted],
  engine: { wordsPerState: 2, learnedHits: 1, functionRuns: 1, userCodeShare: 0.01, leftOut: 0, direct: [] },
}

export const violated: Result = {
  ...holds,
  verdict: 'violated',
  parameters: { rms: 2 },
  states: { distinct: 34, generated: 94, depth: 3, queue: 12 },
  seconds: 0,
  properties: [
    { name: 'consistent', kind: 'invariant', verdict: 'violated', site: `${SPEC}:48:9` },
    { name: 'allCommitted', kind: 'sometimes', verdict: 'incomplete', site: `${SPEC}:50:20` },
    { name: 'deadlock', kind: 'deadlock', verdict: 'incomplete' },
  ],
  counterexamples: [inconsistent],
  witnesses: [],
}

export const mutant: Result = { ...violated, mutant: 'commitWithoutAll' }

export const incomplete: Result = {
  ...holds,
  verdict: 'incomplete',
  limit: 'memory',
  states: { distinct: 1_204_332, generated: 3_918_004, depth: 13, queue: 1_204 },
  seconds: 12.4,
  properties: holds.properties.map((property) => ({ ...property, verdict: 'incomplete' as const })),
  coverage: { actions: {}, neverFired: ['tmAbort'], constraints: { shortLog: 88 }, parts: {} },
  witnesses: [],
}

export const unreached: Result = {
  ...holds,
  verdict: 'violated',
  properties: [
    { name: 'consistent', kind: 'invariant', verdict: 'holds', site: `${SPEC}:48:9` },
    { name: 'allCommitted', kind: 'sometimes', verdict: 'unreached', site: `${SPEC}:50:20` },
    { name: 'deadlock', kind: 'deadlock', verdict: 'holds' },
  ],
  coverage: { actions: {}, neverFired: ['tmCommit', 'rmReceiveCommit'], constraints: {}, parts: {} },
  witnesses: [],
}

/** A property is false, and a `sometimes` unreached, as the spec expects. */
export const expectedFalse: Result = {
  ...holds,
  properties: [
    { name: 'consistent', kind: 'invariant', verdict: 'violated', expected: 'violated' },
    { name: 'allCommitted', kind: 'sometimes', verdict: 'unreached', expected: 'unreached' },
    { name: 'deadlock', kind: 'deadlock', verdict: 'holds' },
  ],
  witnesses: [inconsistent],
}

/** A property holds that the spec expects to be false, and a state is reached that should not be. */
export const unexpectedlyTrue: Result = {
  ...violated,
  properties: [
    { name: 'consistent', kind: 'invariant', verdict: 'holds', expected: 'violated', site: `${SPEC}:48:9` },
    { name: 'allCommitted', kind: 'sometimes', verdict: 'holds', expected: 'unreached', site: `${SPEC}:50:20` },
  ],
  counterexamples: [allCommitted],
}

/** A mutant that is caught as it declares, by a search that ended there. */
export const caught: Result = {
  ...mutant,
  expectation: { expected: { violates: 'consistent', steps: 3 }, differences: [] },
}

/** One that is not. */
export const notCaught: Result = {
  ...mutant,
  expectation: {
    expected: { violates: 'consistent', steps: 2 },
    differences: ["the shortest counterexample to 'consistent' has 3 steps; expected 2 steps"],
  },
}

export const deadlock: Result = {
  ...violated,
  spec: 'two-locks',
  file: 'specs/two locks.ts',
  parameters: { order: "don't" },
  properties: [{ name: 'deadlock', kind: 'deadlock', verdict: 'violated' }],
  counterexamples: [
    {
      property: 'deadlock',
      kind: 'deadlock',
      faults: 1,
      length: 2,
      initial: { queue: [3, 1], held: {} },
      steps: [
        step(1, 'crash', [{ path: ['held', 'a'], after: { by: 'p1' } }], {
          label: 'crash p1',
          args: ['p1'],
          node: 'p1',
          fault: 'crash',
        }),
        step(2, 'take', [{ path: ['queue', 0], before: 3 }], { outcome: 1 }),
      ],
      final: { queue: [1], held: { a: { by: 'p1' } } },
    },
  ],
}

export const transition: Result = {
  ...violated,
  file: null,
  properties: [
    { name: 'termGrows', kind: 'transition', verdict: 'violated', site: `${SPEC}:60:3` },
    { name: 'fresh', kind: 'invariant', verdict: 'violated', site: `${SPEC}:61:3` },
  ],
  counterexamples: [
    { ...inconsistent, property: 'termGrows', kind: 'transition', because: 'term went from 2 to 1' },
    { ...inconsistent, property: 'fresh', length: 0, steps: [], final: initial },
  ],
}

/** Every text that a user can write carries an escape sequence, a newline, markup and a character that XML cannot hold. */
const NASTY = '\u001b[31m<&"]]>\r\n::error::%0A\u0000\u2028\u202e\ud800'
export const hostile: Result = {
  ...violated,
  spec: NASTY,
  file: NASTY,
  mutant: NASTY,
  parameters: { [NASTY]: NASTY },
  properties: [
    { name: NASTY, kind: 'invariant', verdict: 'violated', site: `${NASTY}:1:2` },
    { name: `${NASTY}2`, kind: 'sometimes', verdict: 'unreached' },
    { name: `${NASTY}3`, kind: 'transition', verdict: 'holds' },
  ],
  coverage: {
    actions: { [NASTY]: 1 },
    neverFired: [NASTY],
    constraints: { [NASTY]: 2 },
    parts: { [`${NASTY}.on.${NASTY}`]: 'never', [`message ${NASTY}2`]: 'never sent', [`fault ${NASTY}`]: 'never' },
  },
  counterexamples: [
    {
      ...inconsistent,
      property: NASTY,
      initial: {
        [NASTY]: [NASTY, { [NASTY]: NASTY }],
        messages: [{ from: NASTY, message: { type: NASTY, [NASTY]: NASTY }, to: NASTY }],
      },
      steps: [
        step(1, NASTY, [{ path: [NASTY, NASTY], before: NASTY, after: { [NASTY]: NASTY.repeat(3) } }], {
          label: NASTY,
          args: [NASTY],
          fault: NASTY,
        }),
      ],
      because: { because: NASTY, [NASTY]: NASTY },
    },
  ],
}

/** Of a protocol, explored past its violation: a message is lost, another delivered, and each thing that can be wrong in coverage is. */
export const protocol: Result = {
  ...violated,
  states: { ...violated.states, queue: 0 },
  spec: 'lock',
  file: 'specs/lock.ts',
  parameters: {},
  faults: {
    budget: { drop: 2, 'crash.server': 1, total: 2 },
    overrides: null,
    minimize: 'faults',
    breaks: null,
    explored: [
      { faults: 0, states: 20, verdict: 'holds' },
      { faults: 1, states: 40, verdict: 'holds' },
      { faults: 2, states: 3, verdict: 'violated' },
    ],
  },
  properties: [{ name: 'exclusive', kind: 'invariant', verdict: 'violated' }],
  coverage: {
    actions: { deliver: 3, drop: 1, crash: 1, timeout: 0, ask: 0, tick: 0 },
    neverFired: ['timeout', 'ask', 'tick'],
    constraints: {},
    parts: {
      'server.on.acquire': 'fired',
      'server.on.renew': 'never',
      'server.on.ping': 'ignored only',
      'server.timers.expire': 'ignored only',
      'client.timers.giveUp': 'never',
      'client.operations.ask': 'never',
      'fault drop': 'fired',
      'fault crash': 'fired',
      'message acquire': 'received',
      'message renew': 'never sent',
      'message ping': 'never received',
    },
  },
  counterexamples: [
    {
      property: 'exclusive',
      kind: 'invariant',
      faults: 2,
      length: 3,
      initial: {
        s: { holder: null },
        messages: [{ from: 'c1', message: { type: 'acquire', by: ['c', 1], urgent: true }, to: 's' }],
      },
      steps: [
        step(
          1,
          'deliver',
          [
            {
              path: ['messages', { from: 's', message: { type: 'granted' }, to: 'c1' }],
              after: { from: 's', message: { type: 'granted' }, to: 'c1' },
              element: true,
            },
          ],
          { label: 'deliver acquire c1 -> s', node: 's' },
        ),
        step(2, 'drop', [{ path: ['messages', 0], before: { from: 's', message: { type: 'granted' }, to: 'c1' } }], {
          label: 'drop granted s -> c1',
          fault: 'drop',
        }),
        step(3, 'crash', [{ path: ['up', 's'], before: true, after: false }], { label: 'crash s', node: 's', fault: 'crash' }),
      ],
      final: { s: { holder: null }, messages: [] },
    },
  ],
}

export const hostileExpectation: Result = { ...hostile, expectation: { expected: { violates: NASTY }, differences: [NASTY] } }

export const hostileError: ErrorReport = errorReport(
  new SpecError(NASTY, { hint: NASTY, site: `${NASTY}:1:2`, path: [NASTY], state: { [NASTY]: NASTY } }),
  { spec: NASTY, file: NASTY, mutant: NASTY },
)

export const failure: ErrorReport = errorReport(
  new SpecError("action 'tmCommit' threw a TypeError: s.tmm is undefined", {
    hint: 'guard the access, or fix the name',
    site: `${SPEC}:31:12`,
    path: ['tm'],
    state: { tm: 'init' },
  }),
  { spec: 'two-phase-commit', file: 'specs/two-phase-commit.ts' },
)

export const results = {
  holds,
  violated,
  mutant,
  incomplete,
  unreached,
  expectedFalse,
  unexpectedlyTrue,
  caught,
  notCaught,
  deadlock,
  transition,
  protocol,
  hostile,
}
