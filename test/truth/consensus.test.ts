import { describe, expect, test } from 'vitest'
import abd from '../../specs/abd.js'
import raft from '../../specs/raft.js'
import { check } from '../../src/check/check.js'
import { Protocol } from '../../src/spec/protocol.js'
import type { Spec } from '../../src/spec/spec.js'
import { exploreProtocol } from '../reference/naive-protocol.js'
import { abdRoundTrips } from './abd-round-trips.js'

const shipped: readonly Spec[] = [abd, raft]

describe('a check answers what a shipped protocol and its mutants declare', () => {
  const variants = shipped.flatMap((spec) => [spec, ...Object.values(spec.mutants)])
  test.for(variants.map((spec) => [spec.name, spec.mutantName ?? 'itself', spec] as const))(
    '%s: %s',
    { timeout: 600_000 },
    async ([, , spec]) => {
      const { expected } = spec
      const { counterexamples, states, coverage } = await check(spec, { minimize: 'steps' })
      const [found] = counterexamples
      expect([found?.property, found?.length]).toEqual([expected?.violates, expected?.steps])
      if (expected?.states !== undefined) expect(states.distinct).toBe(expected.states)
      if (expected?.violates === undefined) {
        expect(coverage.neverFired).toEqual([])
        expect(Object.entries(coverage.parts).filter(([, how]) => !['fired', 'received'].includes(how))).toEqual([])
      }
    },
  )
})

describe('faults are spent only where a counterexample needs them', () => {
  const faultsOf = async (spec: Spec) => (await check(spec)).counterexamples.map(({ faults, length }) => ({ faults, length }))

  test('two votes in one term need none', async () => {
    expect(await faultsOf(raft.mutants.twoVotes)).toEqual([{ faults: 0, length: 8 }])
  })
  test('a vote that is not on disk is forgotten by a restart', async () => {
    expect(await faultsOf(raft.mutants.volatileVote)).toEqual([{ faults: 1, length: 9 }])
  })
  test('a vote that is not on disk is as good as one that is while nobody restarts', async () => {
    const { verdict } = await check(raft.mutants.volatileVote.with({ entries: 0 }), { faults: 'none' })
    expect(verdict).toBe('holds')
  })
})

test.each([
  ['abd', abd.with({ readers: 1 })],
  ['raft', raft.with({ servers: 2, terms: 2, entries: 1 })],
])('a naive explorer finds the same states of %s', async (_, spec) => {
  const { form } = spec
  if (!(form instanceof Protocol)) throw new Error('not a protocol')
  const { distinct, generated, depth } = (await check(spec, { minimize: 'steps' })).states
  expect(exploreProtocol(form)).toMatchObject({ distinct, generated, depth })
})

describe('raft with one and with two terms', () => {
  test.each([
    [1, 0],
    [1, 1],
    [2, 0],
  ])('%i terms, %i entries: everything holds', async (terms, entries) => {
    const { verdict, properties } = await check(raft.with({ terms, entries }))
    expect({ verdict, properties: properties.filter((property) => property.verdict !== 'holds') }).toEqual({
      verdict: 'holds',
      properties: [],
    })
  })
})

test('raft holds from part b of figure 8 on, where a leader counts only entries of its own term', async () => {
  const { verdict, states } = await check(raft.with({ start: 'figure8b', terms: 3, entries: 2, restarts: 0 }))
  expect({ verdict, distinct: states.distinct }).toEqual({ verdict: 'holds', distinct: 54_018 })
})

test('entries that are not on disk are as good as those that are while nobody restarts', async () => {
  expect((await check(raft.mutants.fsyncAfterReply, { faults: 'none' })).verdict).toBe('holds')
})

test('ABD holds where answers come late, and a reader may then ask all', async () => {
  const { verdict, states } = await check(abd.with({ readers: 1, ask: 'all' }))
  expect({ verdict, distinct: states.distinct }).toEqual({ verdict: 'holds', distinct: 13_114 })
})

test('ABD goes on without one of three replicas where clients ask all, and is stuck where they ask two', async () => {
  const faults = { crash: 1 }
  expect((await check(abd.with({ readers: 1, ask: 'all' }), { faults })).verdict).toBe('holds')
  const { counterexamples } = await check(abd.with({ readers: 1, ask: 'quorum' }), { faults })
  expect(counterexamples.map(({ property, faults }) => [property, faults])).toEqual([['deadlock', 1]])
})

test('two replicas that are a quorum each disagree after 8 steps', async () => {
  const { counterexamples } = await check(abd.with({ readers: 1 }).mutant('halfQuorum').with({ replicas: 2 }))
  expect(counterexamples.map(({ property, length }) => [property, length])).toEqual([['linearizable', 8]])
})

describe('where a round trip is one step, the register of ABD fails after as many steps as published', () => {
  const rows: readonly (readonly [what: string, steps: number, spec: Spec])[] = [
    ['readers do not write back', 10, abdRoundTrips.with({ writeBack: false })],
    ['a reader asks one', 10, abdRoundTrips.with({ readQuorum: 1 })],
    ['two of four are a quorum', 11, abdRoundTrips.with({ replicas: 4 })],
    ['one of two is a quorum', 8, abdRoundTrips.with({ replicas: 2, readQuorum: 1, writeQuorum: 1 })],
  ]
  test.each(rows)('%s: %i', async (_, steps, spec) => {
    const { counterexamples } = await check(spec)
    expect(counterexamples.map(({ property, length }) => [property, length])).toEqual([['atomic', steps]])
  })
  test('and not at all where quorums meet and readers write', async () => {
    expect((await check(abdRoundTrips)).verdict).toBe('holds')
  })
})
