import { fc, test } from '@fast-check/vitest'
import { Map as ImmutableMap, Set as ImmutableSet, List } from 'immutable'
import { describe, expect } from 'vitest'
import { compareValues } from '../../src/values/compare.js'
import { formatValue } from '../../src/values/format.js'
import { Interner } from '../../src/values/interner.js'
import { toJson } from '../../src/values/json.js'
import { ValueError } from '../../src/values/value-error.js'
import { build, inOrder, naive, plan, shuffle } from './values-arbitrary.js'

const seed = fc.integer({ min: 1, max: 1 << 30 })
const plans = fc.array(plan, { minLength: 2, maxLength: 30, size: 'max' })

describe.each([
  ['the whole hash', -1],
  ['two bits of the hash', 3],
])('an interner with %s', (_, hashMask) => {
  test.prop([plan, seed])('gives a value built in another order the same id', (one, order) => {
    const interner = new Interner({ hashMask })
    expect(interner.idOf(build(one, shuffle(order)))).toBe(interner.idOf(build(one, inOrder)))
  })

  test.prop([plans])('gives two values one id exactly when they are equal', (several) => {
    const interner = new Interner({ hashMask })
    const textById = new Map<number, string>()
    const idByText = new Map<string, number>()
    for (const value of several.map((one) => build(one, inOrder))) {
      const id = interner.idOf(value)
      const text = naive(value)
      expect(textById.get(id) ?? text).toBe(text)
      expect(idByText.get(text) ?? id).toBe(id)
      textById.set(id, text)
      idByText.set(text, id)
    }
  })

  test.prop([plans, seed])('gives back an equal value, whose id is the same', (several, order) => {
    const interner = new Interner({ hashMask })
    for (const one of several) {
      const value = build(one, shuffle(order))
      const id = interner.idOf(value)
      const canonical = interner.valueOf(id)
      expect(naive(canonical)).toBe(naive(value))
      expect(interner.idOf(canonical)).toBe(id)
      // To an interner that did not build it the canonical value is a stranger's: it is read, not recognised.
      const stranger = new Interner({ hashMask })
      expect(stranger.idOf(canonical)).toBe(stranger.idOf(value))
    }
  })
})

test.prop([plan, plans, seed])('a canonical value does not depend on what came before it', (one, before, order) => {
  const fresh = new Interner()
  const used = new Interner()
  for (const other of before) used.idOf(build(other, shuffle(order)))
  const a = fresh.valueOf(fresh.idOf(build(one, inOrder)))
  const b = used.valueOf(used.idOf(build(one, shuffle(order))))
  expect(inIterationOrder(b)).toBe(inIterationOrder(a))
})

test.prop([plan, plan, plan])('compareValues is a total order, consistent with equality', (x, y, z) => {
  const [a, b, c] = [x, y, z].map((one) => canonical(build(one, inOrder)))
  expect(Math.sign(compareValues(a, b))).toBe(0 - Math.sign(compareValues(b, a)))
  expect(compareValues(a, b) === 0).toBe(naive(a) === naive(b))
  const sorted = [a, b, c].sort(compareValues)
  expect(compareValues(sorted[0], sorted[2])).toBeLessThanOrEqual(0)
  expect(compareValues(sorted[0], sorted[1])).toBeLessThanOrEqual(0)
  expect(compareValues(sorted[1], sorted[2])).toBeLessThanOrEqual(0)
})

test.prop([plan, seed])('order of insertion shows neither in JSON nor in text', (one, order) => {
  const a = canonical(build(one, inOrder))
  const b = build(one, shuffle(order))
  const other = canonical(b)
  expect(JSON.stringify(toJson(other))).toBe(JSON.stringify(toJson(a)))
  expect(formatValue(other)).toBe(formatValue(a))
})

test.prop([fc.array(fc.constantFrom('field', 'array', 'list', 'set', 'map', 'key'), { maxLength: 8 }), plan])(
  'a refused value is found wherever it is',
  (nesting, beside) => {
    let value: unknown = new Date(0)
    const path: string[] = []
    for (const place of nesting) [value, path[path.length]] = wrapped(place, value, build(beside, inOrder))
    const error = caught(() => new Interner().idOf(value))
    expect(error).toBeInstanceOf(ValueError)
    expect(error).toMatchObject({ what: 'a Date', path: path.reverse() })
  },
)

function wrapped(place: string, inner: unknown, beside: unknown): [unknown, string] {
  switch (place) {
    case 'field':
      return [{ beside, field: inner }, 'field']
    case 'array':
      return [[beside, inner], '[1]']
    case 'list':
      return [List([beside, inner]), '[1]']
    case 'set':
      return [ImmutableSet([inner]), '{element}']
    case 'map':
      return [ImmutableMap([[7n, inner]]), '7n']
    default:
      return [ImmutableMap([[inner, beside]]), '{key}']
  }
}

function caught(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  return undefined
}

function canonical(value: unknown): unknown {
  const interner = new Interner()
  return interner.valueOf(interner.idOf(value))
}

/** Everything that a spec's function could tell two values apart by. */
function inIterationOrder(value: unknown): string {
  if (typeof value !== 'object' || value === null) return naive(value)
  const parts = Symbol.iterator in value ? [...(value as Iterable<unknown>)] : Object.entries(value)
  return `${naive(value)}[${parts.map(inIterationOrder).join()}]`
}
