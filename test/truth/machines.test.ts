import { describe, expect, test } from 'vitest'
import alternatingBit from '../../specs/alternating-bit.js'
import bakery from '../../specs/bakery.js'
import changRoberts from '../../specs/chang-roberts.js'
import dieHard, { wholeSpace as jugs } from '../../specs/die-hard.js'
import ewd840 from '../../specs/ewd840.js'
import lamportMutex from '../../specs/lamport-mutex.js'
import missionaries, { wholeSpace as crossings } from '../../specs/missionaries-and-cannibals.js'
import paxos from '../../specs/paxos.js'
import peterson from '../../specs/peterson.js'
import tcommit from '../../specs/tcommit.js'
import twoPhaseCommit from '../../specs/two-phase-commit.js'
import { check } from '../../src/check/check.js'
import type { Spec } from '../../src/spec/spec.js'
import { increment, incrementLock } from './increment.js'

/**
 * Published counts, measured with TLC and Stateright: [spec, distinct, generated, depth in steps]. `generated` is `null` where
 * it depends on how a tool enumerates choices.
 */
type Row = readonly [spec: Spec, distinct: number, generated: number | null, depth: number]

const spaces: readonly Row[] = [
  [jugs, 16, 97, 7],
  [crossings, 64, null, 12],
  [tcommit.with({ rms: 3 }), 34, 94, 6],
  [tcommit.with({ rms: 7 }), 2_314, 15_758, 14],
  [twoPhaseCommit.with({ rms: 3 }), 288, 1_146, 10],
  [twoPhaseCommit.with({ rms: 5 }), 8_832, 58_146, 16],
  [twoPhaseCommit.with({ rms: 6 }), 50_816, 402_306, 19],
  [twoPhaseCommit.with({ rms: 7 }), 296_448, 2_744_706, 22],
  [twoPhaseCommit.with({ rms: 8 }), 1_745_408, 18_507_778, 25],
  [changRoberts.with({ nodes: 3 }), 137, 227, 9],
  [changRoberts.with({ nodes: 4 }), 823, 1_791, 14],
  [changRoberts.with({ nodes: 5 }), 5_455, 15_113, 20],
  [changRoberts.with({ nodes: 6 }), 40_261, 138_221, 27],
  [paxos.with({ ballots: 2 }), 3_921, null, 16],
  [paxos.with({ ballots: 3 }), 185_369, null, 24],
  [alternatingBit, 240, 1_392, 9],
  [peterson, 42, 77, 10],
  [lamportMutex.with({ processes: 2, clock: 4 }), 401, 787, 27],
  [lamportMutex.with({ processes: 2, clock: 10 }), 3_215, 6_061, 63],
  [lamportMutex.with({ processes: 3, clock: 6 }), 724_274, 2_729_079, 60],
  // TLC counts a successor for each true disjunct of a guard here, so its 2,001, 15,986 and 114,211 are its own.
  [ewd840.with({ nodes: 3 }), 302, null, 8],
  [ewd840.with({ nodes: 4 }), 1_566, null, 11],
  [ewd840.with({ nodes: 5 }), 7_742, null, 14],
  [incrementLock.with({ threads: 3 }), 61, 61, 12],
  [incrementLock.with({ threads: 8 }), 438_401, 438_401, 32],
]

/** Takes minutes and gigabytes. */
const largeSpaces: readonly Row[] = [[twoPhaseCommit.with({ rms: 9 }), 10_340_352, 123_558_402, 28]]

/** Spaces with violations in them, explored past the violation. */
const violatedSpaces: readonly Row[] = [
  [increment.with({ threads: 2 }), 13, 15, 4],
  [increment.with({ threads: 3 }), 84, 112, 6],
  [increment.with({ threads: 5 }), 8_638, 15_206, 10],
]

const title = (spec: Spec) =>
  [spec.name, ...Object.entries(spec.parameters ?? {}).map(([name, value]) => `${name}=${value}`)].join(' ')
const titled = (rows: readonly Row[]) => rows.map((row) => [title(row[0]), ...row] as const)

const large = process.env.FAULTLINE_LARGE === '1'

describe('the space of a published model has the published size', () => {
  test.for(titled(large ? [...spaces, ...largeSpaces] : spaces))(
    '%s',
    { timeout: 600_000 },
    async ([, spec, distinct, generated, depth]) => {
      const { verdict, states } = await check(spec)
      expect({ verdict, distinct: states.distinct, depth: states.depth }).toEqual({ verdict: 'holds', distinct, depth })
      if (generated !== null) expect(states.generated).toBe(generated)
    },
  )

  test.for(titled(violatedSpaces))('%s, past the violation', async ([, spec, distinct, generated, depth]) => {
    const { verdict, states } = await check(spec, { continue: true })
    expect({ verdict, ...states }).toEqual({ verdict: 'violated', distinct, generated, depth, queue: 0 })
  })
})

describe('a published violation is found, with a counterexample of the published length', () => {
  const violations: readonly (readonly [property: string, steps: number, spec: Spec])[] = [
    ['bigIsNot4', 6, dieHard],
    ['someoneLeft', 11, missionaries],
    ['fin', 4, increment.with({ threads: 5 })],
    ['consistent', 9, twoPhaseCommit.mutants.abortAfterPrepared],
    ['consistent', 7, twoPhaseCommit.mutants.commitWithoutAll],
    ['consistent', 10, twoPhaseCommit.mutants.abortAfterCommit],
    ['consistent', 7, twoPhaseCommit.with({ rms: 2 }).mutant('abortAfterPrepared')],
    ['consistent', 5, twoPhaseCommit.with({ rms: 2 }).mutant('commitWithoutAll')],
    ['consistent', 8, twoPhaseCommit.with({ rms: 2 }).mutant('abortAfterCommit')],
    ['oneLeader', 9, changRoberts.mutants.noComparison],
    ['oneLeader', 6, changRoberts.mutants.duplicateIds],
    ['mutualExclusion', 8, lamportMutex.mutants.reordering],
    ['agreement', 9, paxos.mutants.sharedBallot],
    ['agreement', 12, paxos.mutants.ignoreReports],
    ['agreement', 12, paxos.mutants.acceptBelowPromise],
    ['agreement', 12, paxos.mutants.promiseNotKept],
    ['agreement', 17, paxos.mutants.adoptLowest],
    ['agreement', 12, paxos.mutants.halfIsAQuorum],
  ]
  test.for(violations.map(([property, steps, spec]) => [title(spec), spec.mutantName ?? '', property, steps, spec] as const))(
    '%s %s: %s in %i steps',
    { timeout: 600_000 },
    async ([, , property, steps, spec]) => {
      const { counterexamples } = await check(spec)
      expect(counterexamples.map((found) => [found.property, found.length, found.steps.length])).toEqual([
        [property, steps, steps],
      ])
    },
  )
})

test('a shortest behaviour in which all commit, and one in which all abort, has the published length', async () => {
  const { witnesses } = await check(twoPhaseCommit)
  expect(Object.fromEntries(witnesses.map((found) => [found.property, found.steps.length]))).toEqual({
    allCommitted: 10,
    allAborted: 3,
  })
})

describe('a check answers what a shipped spec and its mutants declare', () => {
  const shipped: readonly Spec[] = [
    alternatingBit,
    bakery,
    changRoberts,
    dieHard,
    jugs,
    ewd840,
    lamportMutex,
    missionaries,
    crossings,
    paxos,
    peterson,
    tcommit,
    twoPhaseCommit,
  ]
  const variants = shipped.flatMap((spec) => [spec, ...Object.values(spec.mutants)])
  test.for(variants.map((spec) => [spec.name, spec.mutantName ?? 'itself', spec] as const))(
    '%s: %s',
    { timeout: 600_000 },
    async ([, , spec]) => {
      const { expected } = spec
      if (expected === undefined) throw new Error('no expectation is declared')
      const result = await check(spec, { continue: expected.violates === undefined || expected.states !== undefined })
      const [found] = result.counterexamples
      expect([found?.property, found?.length]).toEqual([expected.violates, expected.steps])
      if (expected.states !== undefined) expect(result.states.distinct).toBe(expected.states)
      if (expected.depth !== undefined) expect(result.states.depth).toBe(expected.depth)
      if (expected.violates === undefined) expect(result.coverage.neverFired).toEqual([])
    },
  )
})
