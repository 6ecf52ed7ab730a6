import { describe, expect, test } from 'vitest'
import kafkaIsr from '../../specs/kafka-isr.js'
import raftLog from '../../specs/raft-log.js'
import raftReconfig from '../../specs/raft-reconfig.js'
import zab from '../../specs/zab.js'
import { check } from '../../src/check/check.js'
import { judgeViolated } from '../../src/check/expectations.js'
import type { Spec } from '../../src/spec/spec.js'

const shipped: readonly Spec[] = [kafkaIsr, raftLog, raftReconfig, zab]

/** Lengths are of plain shortest counterexamples, whatever faults they take. */
const checkAll = (spec: Spec) => check(spec, { continue: true, minimize: 'steps' })

describe('a spec holds in as many states as it declares, and every part of it is used', () => {
  test.for(shipped.map((spec) => [spec.name, spec] as const))('%s', { timeout: 300_000 }, async ([, spec]) => {
    const { verdict, states, coverage } = await checkAll(spec)
    expect({ verdict, states: states.distinct, depth: states.depth }).toEqual({ verdict: 'holds', ...spec.expected })
    expect(coverage.neverFired).toEqual([])
    expect(Object.entries(coverage.parts).filter(([, use]) => /never|only/.test(use))).toEqual([])
  })
})

describe('a mutant is caught by the property that it declares, in the steps that it declares, and first by that', () => {
  const mutants = shipped.flatMap((spec) => Object.values(spec.mutants))
  test.for(mutants.map((spec) => [spec.name, spec.mutantName, spec] as const))(
    '%s: %s',
    { timeout: 300_000 },
    async ([, , spec]) => {
      const { violates = '', steps } = spec.expected ?? {}
      const result = await check(spec, { minimize: 'steps' })
      expect(judgeViolated(result, violates, steps === undefined ? {} : { steps })).toMatchObject({ answer: 'yes' })
    },
  )
})

describe('the rules of Kafka, with two replicas, in the published states and steps', () => {
  test('KIP-279 holds', async () => {
    const { verdict, states } = await checkAll(kafkaIsr.with({ rules: 'kip279' }))
    expect({ verdict, distinct: states.distinct }).toEqual({ verdict: 'holds', distinct: 9027 })
  })
  test.each([
    ['truncateToHighWatermark', 9],
    ['kip101', 11],
  ] as const)('%s: the ISR of the controller lacks a record after %i', async (rules, steps) => {
    expect(judgeViolated(await checkAll(kafkaIsr.with({ rules })), 'strongIsr', { steps })).toMatchObject({ answer: 'yes' })
  })
})

test('KIP-320 holds with three replicas', { timeout: 300_000 }, async () => {
  const { verdict, states } = await checkAll(kafkaIsr.with({ replicas: 3 }))
  expect({ verdict, distinct: states.distinct }).toEqual({ verdict: 'holds', distinct: 737_794 })
})

test('with four terms and one entry, where figure 8 could happen, the rules of Raft hold', async () => {
  const { verdict, states } = await checkAll(raftLog.with({ terms: 4, entries: 1 }))
  expect({ verdict, distinct: states.distinct }).toEqual({ verdict: 'holds', distinct: 13_069 })
})

test('entries of a leader of an earlier term cost a committed one, besides making logs that contradict', async () => {
  const result = await checkAll(raftLog.mutants.staleAppend)
  expect(judgeViolated(result, 'leaderCompleteness', { steps: 8 })).toMatchObject({ answer: 'yes' })
})

test('a leader that counts any entry loses none with three terms', async () => {
  expect((await check(raftLog.mutants.commitAnyTerm.with({ terms: 3, entries: 2 }))).verdict).toBe('holds')
})

test('one change at a time is safe from three servers, whatever the rule', { timeout: 300_000 }, async () => {
  expect((await check(raftReconfig.mutants.dissertationRule.with({ servers: 3, members: 3 }))).verdict).toBe('holds')
})

test('two changes one after the other are safe with the rule', async () => {
  const { verdict, states } = await checkAll(raftReconfig.with({ servers: 3, members: 3, terms: 2, changes: 2 }))
  expect({ verdict, distinct: states.distinct }).toEqual({ verdict: 'holds', distinct: 6877 })
})

describe('what is lost when Zab breaks a rule is at last delivered in two orders', () => {
  const rows = [
    ['anyLeader', 12],
    ['commitAlone', 10],
    ['epochBeforeHistory', 16],
  ] as const
  test.each(rows)('%s: after %i', { timeout: 300_000 }, async (name, steps) => {
    expect(judgeViolated(await checkAll(zab.mutant(name)), 'totalOrder', { steps })).toMatchObject({ answer: 'yes' })
  })
})
