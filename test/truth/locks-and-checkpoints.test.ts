import { describe, expect, test } from 'vitest'
import leaseDrift from '../../specs/lease-drift.js'
import redlock from '../../specs/redlock.js'
import { check } from '../../src/check/check.js'
import type { Spec } from '../../src/spec/spec.js'

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
