import { describe, expect, test } from 'vitest'
import chandyLamport from '../../specs/chandy-lamport.js'
import deadlock from '../../specs/deadlock.js'
import leaseDrift from '../../specs/lease-drift.js'
import redlock from '../../specs/redlock.js'
import sentinelFailover from '../../specs/sentinel-failover.js'
import sessionLock from '../../specs/session-lock.js'
import checkpoints from '../../specs/uncoordinated-checkpoints.js'
import writeSkew from '../../specs/write-skew.js'
import { check } from '../../src/check/check.js'
import { checkExpected } from '../../src/check/check-expected.js'
import { machine } from '../../src/spec/machine.js'
import { type Spec, spec } from '../../src/spec/spec.js'

const shipped: readonly Spec[] = [
  chandyLamport,
  deadlock,
  leaseDrift,
  redlock,
  sentinelFailover,
  sessionLock,
  checkpoints,
  writeSkew,
]

describe('a spec answers as it declares, its mutants do, and every part of it is used', () => {
  const variants = shipped.flatMap((spec) => [spec, ...Object.values(spec.mutants)])
  test.for(variants.map((spec) => [spec.name, spec.mutantName ?? 'as it is', spec] as const))('%s: %s', async ([, , spec]) => {
    const { expectation, coverage } = await checkExpected(spec)
    expect(expectation?.differences).toEqual([])
    if (spec.mutantName !== null) return
    expect(spec.expected).toMatchObject({ states: expect.any(Number), depth: expect.any(Number) })
    expect(coverage.neverFired).toEqual([])
    expect(Object.entries(coverage.parts).filter(([, use]) => /never|only/.test(use))).toEqual([])
  })
})

/** The length of a shortest counterexample to `property`, whatever faults it takes. */
const shortest = async (spec: Spec, property: string) => {
  const { counterexamples } = await check(spec, { minimize: 'steps', continue: true })
  return counterexamples.find((found) => found.property === property)?.length
}

describe('a lease between clocks that drift', () => {
  test.for([1, 2, 3])('needs a margin as wide as clocks are apart: %i', async (drift) => {
    const lease = leaseDrift.with({ ttl: 4, drift, margin: drift })
    expect((await check(lease)).verdict).toBe('holds')
    expect((await check(lease.with({ margin: drift - 1 }))).verdict).toBe('violated')
  })

  test('needs no margin where clocks agree, but even then a lease does not last longer for having been under way', async () => {
    const exact = leaseDrift.with({ drift: 0, margin: 0 })
    expect((await check(exact)).verdict).toBe('holds')
    expect(await shortest(exact.mutant('countFromReceipt').with({ drift: 0, margin: 0 }), 'exclusion')).toBe(5)
  })
})

describe('Redlock', () => {
  test('with a single instance keeps clients apart as long as that instance keeps its key', async () => {
    const single = redlock.with({ instances: 1 })
    expect((await check(single)).verdict).toBe('holds')
    expect(await shortest(single.mutant('noAof'), 'exclusion')).toBe(4)
  })

  test.for(['gcPause', 'validFromReply'] as const)('breaks without any fault: %s', async (name) => {
    const { counterexamples } = await check(redlock.mutant(name))
    expect(counterexamples[0]).toMatchObject({ property: 'exclusion', faults: 0, length: 7 })
  })
})

describe('failover by sentinels', () => {
  test('has two masters, and loses a write, without any fault', async () => {
    const { counterexamples } = await check(sentinelFailover.mutant('async'), { faults: 'none', continue: true })
    expect(counterexamples.map(({ property, length }) => [property, length])).toEqual([['noLostAckedWrite', 4]])
  })
})

describe('transactions', () => {
  test.for([3, 4])(
    '%i doctors: somebody stays on call under locks, and nobody does under snapshot isolation',
    async (doctors) => {
      expect((await check(writeSkew.with({ doctors }))).verdict).toBe('holds')
      // All read, all write, all commit.
      expect(await shortest(writeSkew.mutant('snapshot').with({ doctors }), 'someoneOnCall')).toBe(3 * doctors)
    },
  )

  test.for(['ordered', 'detect', 'waitDie'] as const)('three transactions can always commit: %s', async (policy) => {
    expect((await check(deadlock.with({ transactions: 3, policy }))).verdict).toBe('holds')
  })

  test('as many transactions as there are in a ring wait for each other when each has taken a lock', async () => {
    expect(await shortest(deadlock.mutant('oppositeOrder').with({ transactions: 3 }), 'deadlock')).toBe(3)
  })
})

describe('snapshots', () => {
  // An explorer written for this alone, in another language, has the same numbers.
  test('of three processes take as many states and steps as counted elsewhere', async () => {
    const three = chandyLamport.with({ processes: 3 })
    const { verdict, states } = await check(three)
    expect({ verdict, ...states }).toMatchObject({ verdict: 'holds', distinct: 2_502, generated: 7_246, depth: 13 })
    const { counterexamples } = await check(three.mutant('nonFifo'), { minimize: 'steps' })
    expect(counterexamples.map(({ property, length }) => [property, length])).toEqual([['nothingLostOrMade', 8]])
  })

  test('may begin at several processes at a time', async () => {
    const both = await check(chandyLamport.with({ initiators: 2 }))
    expect({ verdict: both.verdict, ...both.states }).toMatchObject({ verdict: 'holds', distinct: 99, generated: 180 })
  })

  test('have all of several tokens', async () => {
    expect((await check(chandyLamport.with({ tokens: 2, hops: 2 }))).verdict).toBe('holds')
  })
})

describe('checkpoints', () => {
  test('that nobody coordinates make a message that nobody sent, or lose one', async () => {
    const uncoordinated = checkpoints.mutant('uncoordinated')
    expect(await shortest(uncoordinated, 'noOrphanMessage')).toBe(2)
    expect(await shortest(uncoordinated, 'noLostMessage')).toBe(3)
  })

  test('that all take and go back to in one step have the eight states that are known of them', async () => {
    const coarse = spec('coordinated-checkpoints', {}, () =>
      machine({
        init: { sent: 0, received: 0, checkpoint: 0, crashed: false },
        actions: {
          send: (s) => s.sent === 0 && { sent: 1 },
          deliver: (s) => s.received < s.sent && { received: 1 },
          checkpoint: (s) => s.received === s.sent && s.checkpoint < s.sent && { checkpoint: s.sent },
          crash: (s) => !s.crashed && { sent: s.checkpoint, received: s.checkpoint, crashed: true },
        },
        invariants: { noOrphanMessage: (s) => s.received <= s.sent },
        terminal: true,
      }),
    )
    expect((await check(coarse)).states.distinct).toBe(8)
  })

  test('that are coordinated stand a second crash, at any moment of recovery too', async () => {
    expect((await check(checkpoints, { faults: { restart: 2 } })).verdict).toBe('holds')
  })
})
