import type { Set } from 'immutable'
import { describe, expect, test } from 'vitest'
import fastPaxos from '../../specs/fast-paxos.js'
import flexiblePaxos from '../../specs/flexible-paxos.js'
import paxosCommit from '../../specs/paxos-commit.js'
import { check } from '../../src/check/check.js'
import { checkExpected } from '../../src/check/check-expected.js'
import { choose } from '../../src/spec/choose.js'
import { Machine } from '../../src/spec/machine.js'
import { type Spec, spec } from '../../src/spec/spec.js'

const shipped: readonly Spec[] = [fastPaxos, flexiblePaxos, paxosCommit]

describe('a spec and its mutants answer what they declare, and every action of the spec is taken', () => {
  const variants = shipped.flatMap((spec) => [spec, ...Object.values(spec.mutants)])
  test.for(variants.map((spec) => [spec.name, spec.mutantName ?? 'itself', spec] as const))('%s: %s', async ([, , spec]) => {
    const { expectation, coverage } = await checkExpected(spec)
    expect(expectation?.differences).toEqual([])
    if (spec.mutantName === null) expect(coverage.neverFired).toEqual([])
  })
})

describe('flexible Paxos', () => {
  test('has as many states as published for two acceptors', async () => {
    const { states } = await check(flexiblePaxos.with({ acceptors: 2, q1: 1, q2: 2, values: 3, ballots: 3 }))
    expect(states.distinct).toBe(36_953)
  })
  test('is Paxos where both phases ask a majority', async () => {
    const { states } = await check(flexiblePaxos.with({ acceptors: 3, q1: 2, q2: 2 }))
    expect([states.distinct, states.depth]).toEqual([3_921, 16])
  })

  const sizes = [1, 2, 3]
  test.for(sizes.flatMap((q1) => sizes.map((q2) => [q1, q2] as const)))(
    'with three acceptors and quorums of %i and %i, agreement holds exactly where these meet',
    async ([q1, q2]) => {
      const { verdict } = await check(flexiblePaxos.with({ acceptors: 3, q1, q2 }))
      expect(verdict).toBe(q1 + q2 > 3 ? 'holds' : 'violated')
    },
  )
})

describe('fast Paxos', () => {
  const sizes = [2, 3].flatMap((classic) => [2, 3].map((fast) => [classic, fast] as const))
  test.for(sizes)('with three acceptors and quorums of %i and %i, agreement holds exactly where these meet', async (row) => {
    const [classic, fast] = row
    const { verdict } = await check(fastPaxos.with({ acceptors: 3, classic, fast }), { continue: true })
    expect(verdict).toBe(2 * fast + classic > 6 ? 'holds' : 'violated')
  })
})

/** Paxos Commit where a leader announces an outcome once for each way to know it, as TLC counts. */
const announcedByProof = () => {
  const RMS = ['rm1', 'rm2']
  const MAJORITIES = ['a1 a2', 'a1 a3', 'a2 a3'].map((some) => some.split(' '))
  const proofs = (messages: Set<string>, rm: string, outcome: string) =>
    [0, 1].flatMap((b) =>
      MAJORITIES.filter((some) => some.every((a) => messages.has(`accepted ${rm} ${outcome} in ${b} by ${a}`))),
    )
  const messagesOf = (state: unknown) => (state as { readonly messages: Set<string> }).messages
  const { init, actions, invariants = {} } = paxosCommit.machine.definition
  return spec('paxos-commit-announced-by-proof', {}, () => {
    const announceCommit = (state: unknown) => {
      const messages = messagesOf(state)
      return choose(proofs(messages, 'rm1', 'prepared'), () =>
        choose(proofs(messages, 'rm2', 'prepared'), () => ({ messages: messages.add('commit') })),
      )
    }
    const announceAbort = (state: unknown) => {
      const messages = messagesOf(state)
      return choose(RMS, (rm) => choose(proofs(messages, rm, 'aborted'), () => ({ messages: messages.add('abort') })))
    }
    return new Machine({ init, actions: { ...actions, announceCommit, announceAbort }, invariants }, undefined)
  })
}

test('Paxos Commit generates as many states as published where every proof of an outcome counts', async () => {
  const { distinct, generated, depth } = (await check(announcedByProof())).states
  expect({ distinct, generated, depth }).toEqual({ distinct: 1_321_761, generated: 16_959_159, depth: 27 })
})
