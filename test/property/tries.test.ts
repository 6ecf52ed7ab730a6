import { fc, test } from '@fast-check/vitest'
import { hash, Map as ImmutableMap, Set as ImmutableSet } from 'immutable'
import { describe, expect } from 'vitest'
import { Interner } from '../../src/values/interner.js'
import { listedMax } from '../../src/values/trie-order.js'

/** Numbers near each other and far apart, texts of which many have equal hash codes, and some of each other kind. */
const key = fc.oneof(
  fc.integer({ min: -40, max: 40 }),
  fc.integer(),
  fc.double({ noNaN: true }).map((number) => number + 0),
  fc.array(fc.constantFrom('Aa', 'BB', 'C'), { maxLength: 4 }).map((parts) => parts.join('')),
  fc.bigInt({ min: -20n, max: 20n }),
  fc.constantFrom<unknown>(undefined, null, true, false, '0', '1', Infinity, -Infinity),
)
const keys = fc.uniqueArray(key, { maxLength: 80, size: 'max', comparator: 'SameValueZero' })
const seed = fc.integer()

interface History {
  readonly set: ImmutableSet<unknown>
  readonly map: ImmutableMap<unknown, unknown>
}

/** The same Set and Map by another history: inserted in another order, with others that come, and go again. */
function grown(wanted: readonly unknown[], others: readonly unknown[], order: number): History {
  const rank = (at: number) => Math.imul(at + 1, order | 1) >>> 0
  const steps = [...wanted, ...others].map((part, at) => ({ part, at: rank(at) })).sort((a, b) => a.at - b.at)
  let set = ImmutableSet<unknown>()
  let map = ImmutableMap<unknown, unknown>()
  for (const { part, at } of steps) {
    set = set.add(part)
    map = map.set(part, at).set(part, String(part))
  }
  const unwanted = others.filter((part) => !wanted.includes(part))
  return { set: set.subtract(unwanted), map: map.deleteAll(unwanted) }
}

describe('of two histories that end in the same entries', () => {
  test.prop([keys, keys, keys, seed, seed])(
    'a trie of more than 8 different hash codes iterates in one order',
    (wanted, a, b, x, y) => {
      fc.pre(wanted.length > listedMax && new Set(wanted.map(hash)).size === wanted.length)
      const one = grown(wanted, a, x)
      const other = grown(wanted, b, y)
      expect(other.set.toArray()).toEqual(one.set.toArray())
      expect([...other.map]).toEqual([...one.map])
    },
  )

  test.prop([keys, keys, keys, seed, seed])('both have one id, and canonical values that iterate alike', (wanted, a, b, x, y) => {
    const one = grown(wanted, a, x)
    const other = grown(wanted, b, y)
    const interner = new Interner()
    for (const kind of ['set', 'map'] as const) {
      expect(interner.idOf(other[kind])).toBe(interner.idOf(one[kind]))
      expect(canonicalOf(other[kind], b)).toEqual(canonicalOf(one[kind], a))
    }
  })

  test.prop([keys, seed], { numRuns: 15 })('a canonical value taken over iterates as one built from its parts', (wanted, x) => {
    const interner = new Interner()
    for (const value of Object.values(grown(wanted, [], x))) {
      const id = interner.idOf(value)
      const before = [...(interner.valueOf(id) as Iterable<unknown>)]
      evictAll(interner)
      const after = interner.valueOf(id) as Iterable<unknown>
      expect(wanted.length <= listedMax || after !== value).toBe(true)
      expect([...after]).toEqual(before)
    }
  })
})

/** Entries in the order of the canonical value, to an interner that met `before` first. */
function canonicalOf(value: unknown, before: readonly unknown[]): readonly unknown[] {
  const interner = new Interner()
  interner.idOf(before)
  return [...(interner.valueOf(interner.idOf(value)) as Iterable<unknown>)]
}

const filler = Array.from({ length: 270_000 }, () => 0)

/** Fills both generations of the cache. */
function evictAll(interner: Interner): void {
  for (let n = 1; n <= 5; n++) {
    filler[0] = n
    interner.valueOf(interner.idOf(filler))
  }
}
