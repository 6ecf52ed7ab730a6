import { describe, expect, test } from 'vitest'
import bully from '../../specs/bully.js'
import cacheAside from '../../specs/cache-aside.js'
import capRegister from '../../specs/cap-register.js'
import checksum from '../../specs/checksum.js'
import chord from '../../specs/chord.js'
import consistentHashing from '../../specs/consistent-hashing.js'
import corruptLog from '../../specs/corrupt-log.js'
import lwwSkew from '../../specs/lww-skew.js'
import raid5WriteHole from '../../specs/raid5-write-hole.js'
import readYourWrites from '../../specs/read-your-writes.js'
import swim from '../../specs/swim.js'
import vectorClock from '../../specs/vector-clock.js'
import { check } from '../../src/check/check.js'
import { checkExpected } from '../../src/check/check-expected.js'
import type { CheckOptions } from '../../src/check/result.js'
import type { Spec } from '../../src/spec/spec.js'

const shipped: readonly Spec[] = [
  bully,
  cacheAside,
  capRegister,
  checksum,
  chord,
  consistentHashing,
  corruptLog,
  lwwSkew,
  raid5WriteHole,
  readYourWrites,
  swim,
  vectorClock,
]

const lengths = async (spec: Spec, options: CheckOptions = {}) => {
  const { counterexamples } = await check(spec, { ...options, continue: true, minimize: 'steps' })
  return Object.fromEntries(counterexamples.map(({ property, length }) => [property, length]))
}

describe('a spec answers what it declares, and every part of it is used', () => {
  test.for(shipped.map((spec) => [spec.name, spec] as const))('%s', async ([, spec]) => {
    const { expectation, coverage } = await checkExpected(spec)
    expect(expectation?.differences).toEqual([])
    expect(coverage.neverFired).toEqual([])
  })
})

describe('a mutant is caught by the property that it declares, in the steps that it declares', () => {
  const mutants = shipped.flatMap((spec) => Object.values(spec.mutants))
  test.for(mutants.map((spec) => [spec.name, spec.mutantName, spec] as const))('%s: %s', async ([, , spec]) => {
    expect(spec.expected?.steps).toBeGreaterThan(0)
    const { expectation } = await checkExpected(spec)
    expect(expectation?.differences).toEqual([])
  })
})

describe('a spec holds with other parameters', () => {
  const rows: readonly (readonly [spec: Spec, states: number])[] = [
    [bully.with({ nodes: 4 }), 6_405],
    [cacheAside.with({ readers: 2 }), 69],
    [checksum.with({ code: 'repeat', flips: 2, words: 4 }), 137],
    [chord.with({ identifiers: 5 }), 8_272],
    [consistentHashing.with({ keys: 2 }), 112],
    [corruptLog.with({ replicas: 5, corruptions: 2 }), 85],
    [swim.with({ suspicions: 2 }), 933],
    [swim.with({ members: 4 }), 581],
    [vectorClock.with({ nodes: 2 }), 569],
  ]
  const name = (spec: Spec) => `${spec.name} ${JSON.stringify(spec.parameters)}`
  test.for(rows.map(([spec, states]) => [name(spec), states, spec] as const))('%s: %i states', async ([, distinct, spec]) => {
    const { verdict, states } = await check(spec)
    expect({ verdict, distinct: states.distinct }).toEqual({ verdict: 'holds', distinct })
  })
})

describe('a checksum', () => {
  const codes = ['parity', 'weighted', 'repeat'] as const

  test.for(codes)('%s finds any one flip, in any word, and does not bring the word back', async (code) => {
    const { properties } = await check(checksum.with({ code, words: 4 }))
    const verdicts = Object.fromEntries(properties.map(({ name, verdict }) => [name, verdict]))
    expect(verdicts).toMatchObject({ noUndetectedCorruption: 'holds', damageIsDetected: 'holds', wordArrives: 'violated' })
  })

  // That it detects two flips is true of the words 01 and 10 alone, and of these only where the checksum itself is not hit.
  test('with weights 1 and 2, modulo 3, is the same for 11 and 00, so that two flips go unseen', async () => {
    const { counterexamples } = await check(checksum.mutants.weightedTwoFlips, { minimize: 'steps' })
    expect(counterexamples[0]?.steps.map(({ label }) => label)).toEqual([
      'send sender (11)',
      'corrupt frame{bits=1100} sender -> receiver into frame{bits=0100}',
      'corrupt frame{bits=0100} sender -> receiver into frame{bits=0000}',
      'deliver frame{bits=0000} sender -> receiver',
    ])
  })

  test('of one bit has 17 states where two of the three bits on the wire may be flipped', async () => {
    const { states } = await check(checksum.mutants.parityTwoFlips, { continue: true })
    expect(states.distinct).toBe(17)
  })

  test('that detects two flips does not detect three', async () => {
    expect(await lengths(checksum.with({ code: 'repeat', flips: 3, words: 4 }))).toMatchObject({ noUndetectedCorruption: 5 })
  })
})

test('a damaged entry is never taken for one that was not written, even where no copy is left', async () => {
  expect(await lengths(corruptLog.mutants.twoCorruptions)).toEqual({ readable: 2 })
})

test('a vector clock that counts for others breaks the clock condition too, with one event more', async () => {
  expect(await lengths(vectorClock.mutants.incrementAll)).toEqual({
    knowledgeBound: 2,
    clockCondition: 3,
    strongClockCondition: 3,
  })
})

describe('the last of two writers with a fast clock between them', () => {
  const { skewed, skewedHybrid } = lwwSkew.mutants

  test('loses even to a write that it had seen', async () => {
    expect(await lengths(skewed)).toEqual({ latestWriteSurvives: 3, seenWriteIsReplaced: 3 })
  })

  test('loses with hybrid clocks only to a write that it had not seen', async () => {
    for (const skew of [1, 2, 3])
      expect(await lengths(skewedHybrid.with({ skew, writes: 4 }))).toEqual({ latestWriteSurvives: 3 })
  })
})

test('a bully that comes back from a crash finds another leader', async () => {
  const faults = { crash: 1, restart: 1 }
  expect(await lengths(bully, { faults })).toEqual({ leaderIsMaxId: 5, atMostOneLeader: 8 })
})

describe('a register on two nodes', () => {
  test('is linearizable and answers, whatever its policy, where there is no partition', async () => {
    for (const policy of ['cp', 'ap'] as const)
      expect(await check(capRegister.with({ policy }), { faults: 'none' })).toMatchObject({ verdict: 'holds' })
  })

  test('answers in the end where a partition heals, and is linearizable then only if it waited', async () => {
    const faults = { partition: 1, heal: 1 }
    expect(await lengths(capRegister, { faults })).toEqual({})
    expect(await lengths(capRegister.mutants.ap, { faults })).toEqual({ linearizable: 3 })
  })
})

describe('Chord as first published', () => {
  const { paper, unchecked } = chord.mutants

  test('falls apart into several rings, or a ring out of order, when two members fail', async () => {
    expect(await lengths(paper)).toMatchObject({ atLeastOneRing: 3, atMostOneRing: 6, orderedRing: 6 })
  })

  test('falls apart even if a base of members never fails', async () => {
    expect(await lengths(unchecked)).toMatchObject({ atLeastOneRing: 11, atMostOneRing: 11, orderedRing: 11 })
  })

  test('keeps one ordered ring as long as members only join', async () => {
    expect(await lengths(paper.with({ identifiers: 5, fails: 0 }))).toEqual({ baseOfPrincipals: 4 })
  })
})
