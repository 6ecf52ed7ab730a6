import { describe, expect, test } from 'vitest'
import { check } from '../../../src/check/check.js'
import { checkExpected } from '../../../src/check/check-expected.js'
import { judgeHolds, judgeReached, judgeViolated } from '../../../src/check/expectations.js'
import {
  type Expected,
  type ExpectedOfSpec,
  integer,
  type Machine,
  machine,
  protocol,
  type Role,
  spec,
} from '../../../src/index.js'
import { formatResult } from '../../../src/report/pretty.js'
import '../../../src/vitest.js'

/** A walk from 0 to `max` and back. */
const walk = (expected: ExpectedOfSpec, far: Expected = {}) =>
  spec(
    'walk',
    { max: integer(4, { min: 1 }) },
    // Of any names, so that those of the test may be wrong ones.
    ({ max }, mutant): Machine<{ readonly n: number }, string> =>
      machine({
        init: { n: 0 },
        actions: {
          up: (s) => s.n < max && { n: s.n + 1 },
          back: (s) => s.n === max && mutant === null && { n: 0 },
        },
        invariants: { belowThree: (s) => s.n < 3, belowFour: (s) => s.n < 4, belowTen: (s) => s.n < 10 },
        sometimes: { five: (s) => s.n === 5, two: (s) => s.n === 2 },
      }),
    { expected, mutants: { far } },
  )

const all = { violated: { belowThree: 3, belowFour: 4 }, unreachable: ['five'] } satisfies ExpectedOfSpec
const plain = { color: false, width: 200 }

describe('a property expected to be violated', () => {
  test('neither fails the check nor ends the search, and is shown with its behaviour among the witnesses', async () => {
    const result = await check(walk(all))
    expect(result.verdict).toBe('holds')
    expect(result.states).toMatchObject({ distinct: 5, queue: 0 })
    expect(result.counterexamples).toEqual([])
    expect(result.witnesses.map(({ property, length }) => [property, length])).toEqual([
      ['two', 2],
      ['belowThree', 3],
      ['belowFour', 4],
    ])
    expect(result.properties).toEqual([
      { name: 'belowThree', kind: 'invariant', verdict: 'violated', expected: 'violated' },
      { name: 'belowFour', kind: 'invariant', verdict: 'violated', expected: 'violated' },
      { name: 'belowTen', kind: 'invariant', verdict: 'holds' },
      { name: 'five', kind: 'sometimes', verdict: 'unreached', expected: 'unreached' },
      { name: 'two', kind: 'sometimes', verdict: 'holds' },
      { name: 'deadlock', kind: 'deadlock', verdict: 'holds' },
    ])
    const text = formatResult(result, plain)
    expect(text).toContain('\n  invariant belowThree violated, as expected (3 steps)\n')
    expect(text).toContain('\n  sometimes five unreached, as expected')
    expect(text).toContain('\n  holds: invariant belowTen, sometimes two (reached in 2 steps), no deadlock')
  })

  test('does not hide another that fails', async () => {
    const result = await check(walk({ violated: { belowThree: 3 }, unreachable: ['five'] }))
    expect(result.verdict).toBe('violated')
    expect(result.counterexamples.map(({ property }) => property)).toEqual(['belowFour'])
    expect(result.properties.map(({ verdict }) => verdict)).toEqual([
      'violated',
      'violated',
      'incomplete',
      'incomplete',
      'holds',
      'incomplete',
    ])
  })

  test('fails the check of the spec as it is declared where it holds', async () => {
    const result = await check(walk({ ...all, violated: { ...all.violated, belowTen: 9 } }))
    expect(result.verdict).toBe('violated')
    expect(result.counterexamples).toEqual([])
    expect(result.properties[2]).toMatchObject({ name: 'belowTen', verdict: 'holds', expected: 'violated' })
    expect(formatResult(result, plain)).toContain('\n  invariant belowTen holds, and is expected to be violated')
    expect(judgeHolds(result).found).toBe('it is violated: belowTen (holds, and should not)')
  })

  test('may hold with other parameters, and be violated', async () => {
    const small = await check(walk(all).with({ max: 2 }))
    expect(small.verdict).toBe('holds')
    expect(small.properties[0]).toEqual({ name: 'belowThree', kind: 'invariant', verdict: 'holds' })
    const middle = await check(walk(all).with({ max: 3 }))
    expect(middle.verdict).toBe('holds')
    expect(middle.properties[0]).toMatchObject({ verdict: 'violated', expected: 'violated' })
    expect(middle.properties[1]).toEqual({ name: 'belowFour', kind: 'invariant', verdict: 'holds' })
  })

  test('is no failure of a mutant either, unless it is what must catch it', async () => {
    const stuck = await check(walk(all, { violates: 'deadlock' }).mutant('far'))
    expect(stuck.counterexamples.map(({ property }) => property)).toEqual(['deadlock'])
    const caught = await check(walk(all, { violates: 'belowFour' }).mutant('far'))
    expect(caught.counterexamples.map(({ property }) => property)).toEqual(['belowFour'])
  })

  test('is judged as any other by the matchers', async () => {
    await expect(walk(all)).toHold()
    await expect(walk(all)).toViolate('belowFour', { steps: 4 })
    await expect(walk(all)).not.toViolate('belowTen')
    await expect(walk(all)).toViolate('five')
    await expect(walk(all)).not.toReach('five')
    await expect(walk({ ...all, violated: { belowTen: 1 } })).not.toHold()
    const result = await check(walk(all))
    expect(judgeViolated(result, 'belowThree', { steps: 3 })).toEqual({
      answer: 'yes',
      found: "the shortest counterexample to 'belowThree' has 3 steps",
    })
  })

  test('takes nothing from what is known of behaviours with few faults', async () => {
    const server: Role<{ readonly up: boolean }, { readonly type: 'ping' }> = { nodes: ['s'], init: { up: true } }
    const crashing = spec(
      'crashing',
      {},
      () =>
        protocol({
          roles: { server },
          faults: { crash: 1 },
          terminal: true,
          invariants: { neverDown: (world) => world.up.s },
          alwaysPossible: { up: (world) => world.up.s },
        }),
      { expected: { violated: { neverDown: 1, up: 1 } } },
    )
    const { verdict, faults, witnesses } = await check(crashing)
    expect(verdict).toBe('holds')
    expect(faults.explored.map((explored) => explored.verdict)).toEqual(['holds', 'holds'])
    expect(witnesses.map(({ property, length }) => [property, length])).toEqual([
      ['neverDown', 1],
      ['up', 1],
    ])
  })
})

describe('a sometimes expected to be unreachable', () => {
  test('fails the check where it is reached, by the behaviour to it, which ends the search', async () => {
    const result = await check(walk({ ...all, unreachable: ['five', 'two'] }))
    expect(result.verdict).toBe('violated')
    expect(result.counterexamples.map(({ property, kind, length }) => [property, kind, length])).toEqual([
      ['two', 'sometimes', 2],
    ])
    expect(result.witnesses).toEqual([])
    expect(result.states.queue).toBeGreaterThan(0)
    expect(result.properties[4]).toMatchObject({ name: 'two', verdict: 'holds', expected: 'unreached' })
    const text = formatResult(result, plain)
    expect(text).toContain('\n  sometimes two is reached in 2 steps, and is expected to be unreachable')
    expect(text).toContain('counterexample to sometimes two, 2 steps')
    expect(judgeReached(result, 'two', { steps: 2 }).answer).toBe('yes')
    expect(judgeHolds(result).found).toBe('it is violated: two (reached, and should not)')
  })

  test('may be reached with other parameters', async () => {
    const result = await check(walk(all).with({ max: 5 }))
    expect(result.verdict).toBe('holds')
    expect(result.properties[3]).toEqual({ name: 'five', kind: 'sometimes', verdict: 'holds' })
  })
})

describe('a name in what is expected that there is no property for', () => {
  test.each<[ExpectedOfSpec, string, string]>([
    [
      { violates: 'belowTree' },
      "spec 'walk': expected: violates: there is no property 'belowTree'",
      "did you mean 'belowThree'?",
    ],
    [
      { violated: { belowTree: 1 } },
      "spec 'walk': expected: violated: there is no property 'belowTree'",
      "did you mean 'belowThree'?",
    ],
    [{ unreachable: ['fife'] }, "spec 'walk': expected: unreachable: there is no sometimes 'fife'", "did you mean 'five'?"],
    [
      { unreachable: ['belowTen'] },
      "spec 'walk': expected: unreachable: there is no sometimes 'belowTen'",
      'there are five, two',
    ],
    [{ violated: { five: 1 } }, "spec 'walk': expected: violated: 'five' is a sometimes", "write unreachable: ['five']"],
    [
      { violates: 'belowTen', violated: { belowTen: 1 } },
      "spec 'walk': expected: 'belowTen' stands in 'violates' and in 'violated'",
      'leave it out of one of them',
    ],
    [
      { violates: 'five', unreachable: ['five'] },
      "spec 'walk': expected: 'five' stands in 'violates', and is expected to be unreachable",
      'name a property that is true of the spec: an invariant that says what must not be reached',
    ],
  ])('%j', async (expected, message, hint) => {
    const error = await check(walk(expected)).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: 'SpecError', message, hint, site: expect.stringContaining('expected.test.ts') })
  })

  test('is refused of a mutant, when that is checked', async () => {
    const mutated = walk(all, { violates: 'belowTree' })
    expect((await check(mutated)).verdict).toBe('holds')
    await expect(check(mutated.mutant('far'))).rejects.toThrow("mutant 'far': violates: there is no property 'belowTree'")
  })

  test('is refused of a mutant that what is never reached is to catch', async () => {
    await expect(check(walk(all, { violates: 'five' }).mutant('far'))).rejects.toThrow(
      "mutant 'far': 'five' stands in 'violates', and is expected to be unreachable",
    )
  })

  test('is refused where a search is to go on until then', async () => {
    await expect(check(walk(all), { until: 'belowTree' })).rejects.toThrow("until: there is no property 'belowTree'")
  })
})

describe('until a property is violated', () => {
  test('the search goes past others, and ends there', async () => {
    const result = await check(walk({}), { until: 'belowFour' })
    expect(result.counterexamples.map(({ property, length }) => [property, length])).toEqual([
      ['belowThree', 3],
      ['belowFour', 4],
    ])
    expect(result.states).toMatchObject({ distinct: 5, queue: 1 })
  })

  test('it explores everything where that never happens', async () => {
    expect((await check(walk({}), { until: 'belowTen' })).states).toMatchObject({ distinct: 5, queue: 0 })
  })
})

describe('a check against what is expected', () => {
  const differences = async (expected: ExpectedOfSpec) => (await checkExpected(walk(expected))).expectation?.differences

  test('compares the length of every counterexample that has one', async () => {
    expect(await differences(all)).toEqual([])
    expect(await differences({ ...all, violated: { belowThree: 3, belowFour: 5 } })).toEqual([
      "the shortest counterexample to 'belowFour' has 4 steps; expected 5 steps",
    ])
  })

  test('tells of each property that is not false as expected', async () => {
    expect(await differences({ ...all, violated: { ...all.violated, belowTen: 3 } })).toEqual([
      'expected to hold: belowTen (holds, and should not)',
    ])
    expect(await differences({ violates: 'five', violated: all.violated, states: 6 })).toEqual(['5 states; expected 6'])
    expect(await differences({ violates: 'five', violated: { belowThree: 3, belowTen: 1 } })).toEqual([
      'expected to violate five alone: belowFour, belowTen (holds, and should not)',
    ])
  })

  test('ends the search of a mutant as soon as all is decided', async () => {
    const decided = await checkExpected(walk({}, { violates: 'belowThree', steps: 3 }).mutant('far'))
    expect(decided).toMatchObject({ states: { distinct: 4, queue: 1 }, expectation: { differences: [] } })
  })

  test('is not as expected within a limit that leaves it open', async () => {
    const limited = await checkExpected(walk({ ...all, states: 5 }), { maxStates: 2 })
    expect(limited.expectation?.differences).toEqual(['undecided: the search stopped at the limit on states'])
  })
})
