import { describe, expect, test } from 'vitest'
import heartbeat from '../../specs/heartbeat.js'
import lock from '../../specs/lock-lease-fencing.js'
import primaryBackup from '../../specs/primary-backup.js'
import quorumRegister from '../../specs/quorum-register.js'
import rpcRetry from '../../specs/rpc-retry.js'
import { check } from '../../src/check/check.js'
import { checkExpected } from '../../src/check/check-expected.js'
import { judgeViolated } from '../../src/check/expectations.js'
import type { Spec } from '../../src/spec/spec.js'

const shipped: readonly Spec[] = [heartbeat, lock, primaryBackup, quorumRegister, rpcRetry]

/** Lengths are of plain shortest counterexamples, whatever faults they take. */
const checkAll = (spec: Spec) => check(spec, { continue: true, minimize: 'steps' })

describe('a spec holds in as many states as it declares, and every part of it is used', () => {
  test.for(shipped.map((spec) => [spec.name, spec] as const))('%s', async ([, spec]) => {
    const { verdict, coverage, expectation } = await checkExpected(spec)
    expect({ verdict, differences: expectation?.differences }).toEqual({ verdict: 'holds', differences: [] })
    expect(coverage.neverFired).toEqual([])
    expect(Object.entries(coverage.parts).filter(([, use]) => /never|only/.test(use))).toEqual([])
  })
})

describe('a mutant is caught by the property that it declares, in the steps that it declares, and first by that', () => {
  const mutants = shipped.flatMap((spec) => Object.values(spec.mutants))
  test.for(mutants.map((spec) => [spec.name, spec.mutantName, spec] as const))('%s: %s', async ([, , spec]) => {
    const { violates = '', steps } = spec.expected ?? {}
    const result = await checkAll(spec)
    expect(judgeViolated(result, violates, steps === undefined ? {} : { steps })).toMatchObject({ answer: 'yes' })
    expect(Math.min(...result.counterexamples.map(({ length }) => length))).toBe(steps ?? Infinity)
  })
})

describe('what a mutant breaks besides', () => {
  const rows: readonly (readonly [property: string, steps: number, spec: Spec])[] = [
    // A heartbeat that did not come is blamed on the node that lives, so the one that crashed is never suspected.
    ['deadlock', 4, heartbeat.mutants.blameReceiver],
    ['linearizable', 3, primaryBackup.mutants.promoteOnSuspicion],
    ['noLostAckedWrite', 3, primaryBackup.mutants.promoteOnSuspicion],
    ['linearizable', 5, primaryBackup.mutants.ackBeforeReplicate],
    // To get a free lock takes two deliveries.
    ['noStaleWrite', 7, lock.mutants.noFence.with({ held: false })],
    ['mutualExclusionOfBelief', 5, lock.with({ held: false })],
    // With the lock in its hands, a crash is all that it takes.
    ['free', 1, lock.mutants.noLease.with({ held: true })],
    ['deadlock', 2, lock.mutants.noLease],
    ['deadlock', 2, rpcRetry.mutants.noRetry],
    ['readsLastWritten', 3, quorumRegister.mutants.readBelowQuorum.with({ cuts: 1 })],
  ]
  test.for(rows.map(([property, steps, spec]) => [spec.name, spec.mutantName, property, steps, spec] as const))(
    '%s, %s: %s in %i steps',
    async ([, , property, steps, spec]) => {
      expect(judgeViolated(await checkAll(spec), property, { steps })).toMatchObject({ answer: 'yes' })
    },
  )
})

test('a table of requests that is lost at a restart takes one to run a call twice', async () => {
  const { counterexamples, faults } = await check(rpcRetry.mutants.volatileDedupe, { continue: true })
  const actions = counterexamples[0]?.steps.map(({ action }) => action)
  expect(actions?.sort()).toEqual(['call', 'deliver', 'deliver', 'restart', 'timeout'])
  expect(faults.explored.slice(0, 2).map(({ verdict }) => verdict)).toEqual(['holds', 'violated'])
})

test('a retry alone, without any fault, runs a call twice on a server that does not know what it ran', async () => {
  const { counterexamples } = await check(rpcRetry.mutants.noDedupe)
  expect(counterexamples[0]).toMatchObject({ property: 'atMostOnce', faults: 0, length: 4 })
})

test('a register is read as last written exactly where every quorum to read meets every quorum to write', async () => {
  const sizes = [1, 2, 3, 4]
  for (const replicas of sizes)
    for (const write of sizes.slice(0, replicas))
      for (const read of sizes.slice(0, replicas)) {
        const { verdict } = await check(quorumRegister.with({ replicas, write, read, writes: 1, crashes: 0 }))
        expect([replicas, write, read, verdict]).toEqual([replicas, write, read, read + write > replicas ? 'holds' : 'violated'])
      }
})
