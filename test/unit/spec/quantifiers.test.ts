import { choose, every, ids, machine, recordOf, type SpecError, some, spec } from 'faultline'
import { Set } from 'immutable'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { check } from '../../../src/check/check.js'
import type { Explanation, Truth } from '../../../src/spec/machine.js'

const positive = (n: number) => n > 0

describe('every', () => {
  test('is true of all, and of none', () => {
    expect(every([1, 2], positive)).toBe(true)
    expect(every([], () => false)).toBe(true)
  })

  test('names the first element of which it is not true', () => {
    expect(every(Set([3, -1, -2]), positive)).toEqual({ because: 'it is false for -1', witness: -1 })
    expect(every([{ id: 'n1' }], () => false)).toEqual({ because: 'it is false for {"id":"n1"}', witness: { id: 'n1' } })
  })

  test('says what its predicate says', () => {
    expect(every(['a', 'b'], (id) => id === 'a' || { because: 'it has two votes', votes: 2 })).toEqual({
      because: 'for b: it has two votes',
      votes: 2,
      witness: 'b',
    })
    expect(every(['a'], () => every([1, 2], (n) => n < 2))).toEqual({ because: 'for a: it is false for 2', witness: 'a' })
  })
})

describe('some', () => {
  test('is true where it is of one', () => {
    expect(some([-1, 1], positive)).toBe(true)
    expect(some([1, 2], (n) => every([2], (m) => m === n))).toBe(true)
  })

  test('names all elements where it is of none', () => {
    expect(some([-1, -2], positive)).toEqual({ because: 'it is true for none of 2 elements', among: [-1, -2] })
    expect(some([], positive)).toEqual({ because: 'there is no element', among: [] })
  })
})

test('both are what a property may return', () => {
  expectTypeOf(every([1], positive)).toEqualTypeOf<true | Explanation>()
  expectTypeOf(some([1], positive)).toExtend<Truth>()
})

/** Processes that become busy one by one. */
const work = (busy: (busy: (id: string) => boolean, all: readonly string[]) => Truth) =>
  spec('work', {}, () => {
    const P = ids('p', 2)
    return machine({
      init: { busy: recordOf(P, false) },
      actions: { begin: (s) => choose(P, (p) => !s.busy[p] && { busy: { [p]: true } }) },
      invariants: { idle: (s) => busy((id) => s.busy[id as (typeof P)[number]], P) },
      terminal: true,
    })
  })

const messageOf = async (body: () => Promise<unknown>) => {
  const error = await body().then(
    () => undefined,
    (thrown: unknown) => thrown as SpecError,
  )
  return [error?.message, error?.hint]
}

describe('in a property', () => {
  test('the witness is in the counterexample', async () => {
    const { counterexamples } = await check(work((busy, all) => every(all, (id) => !busy(id))))
    expect(counterexamples[0]).toMatchObject({ length: 1, because: { because: 'it is false for p1', witness: 'p1' } })
  })

  test('a quantifier within another is passed on', async () => {
    const { verdict } = await check(
      work((busy, all) => some([1, 2], (most) => every([all], (ids) => ids.filter(busy).length <= most))),
    )
    expect(verdict).toBe('holds')
  })

  test.each<[string, Parameters<typeof work>[0], string]>([
    ['in &&', (busy, all) => every(all, (id) => !busy(id)) && true, 'true'],
    ['by !', (busy, all) => !some(all, busy), 'false'],
    ['by ! within another', (busy, all) => every([all], (ids) => !some(ids, busy)), 'false'],
    ['by a comparison', (busy, all) => every(all, (id) => !busy(id)) === true, 'false'],
  ])('an explanation that is lost %s is an error, not an answer', async (_, property, answer) => {
    const [message, hint] = await messageOf(() => check(work(property)))
    expect(message).toBe(
      `invariant 'idle': returned ${answer}, and lost what \`every\` or \`some\` said within it about why it is false`,
    )
    expect(hint).toContain('make two properties')
  })

  test('an explanation may be put in place of one that a quantifier gave', async () => {
    const { counterexamples } = await check(
      work((busy, all) => every([all], (ids) => every(ids, (id) => !busy(id)) === true || { because: 'one is busy' })),
    )
    expect(counterexamples[0]).toMatchObject({ length: 1, because: { because: 'for ["p1","p2"]: one is busy' } })
  })

  test.each<[string, unknown, string]>([
    ['undefined', undefined, 'is a `return` missing?'],
    ['5', 5, "let it return true, false, or { because: 'why it is false' }"],
  ])('a predicate that returns %s is an error', async (shown, returned, hint) => {
    const predicate = (() => returned) as () => boolean
    for (const [name, quantifier] of Object.entries({ every, some }))
      expect(await messageOf(() => check(work((_, all) => quantifier(all, predicate))))).toEqual([
        `invariant 'idle': the predicate of \`${name}\` returned ${shown}, not true or false`,
        hint,
      ])
  })
})

test('an action that asks a quantifier as if it gave a boolean is an error', async () => {
  const guarded = spec('guarded', {}, () =>
    machine({
      init: { n: 0 },
      actions: { never: (s) => every([s.n], (n) => n > 0) && { n: 1 } },
      terminal: true,
    }),
  )
  const [message, hint] = await messageOf(() => check(guarded))
  expect(message).toBe("action 'never': asked `every` or `some`, which said why it is false")
  expect(hint).toContain('use the methods of arrays')
})
