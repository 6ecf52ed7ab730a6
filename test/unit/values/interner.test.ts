import {
  Map as ImmutableMap,
  Record as ImmutableRecord,
  Set as ImmutableSet,
  is,
  List,
  OrderedMap,
  OrderedSet,
  Stack,
} from 'immutable'
import { describe, expect, it } from 'vitest'
import { Interner } from '../../../src/values/interner.js'
import { LIVE } from '../../../src/values/live.js'

const letters = 'abcdefghijklmnopqrstuvwxyz'.split('')

function same(a: unknown, b: unknown): boolean {
  const interner = new Interner()
  return interner.idOf(a) === interner.idOf(b)
}

describe('equal values', () => {
  it.each<[string, unknown, unknown]>([
    ['a Set built in another order', ImmutableSet(letters), ImmutableSet([...letters].reverse())],
    [
      'a Map built in another order',
      ImmutableMap([
        ['a', 1],
        ['b', 2],
      ]),
      ImmutableMap([
        ['b', 2],
        ['a', 1],
      ]),
    ],
    ['a plain object with its keys in another order', { a: 1, b: { c: 1, d: 2 } }, { b: { d: 2, c: 1 }, a: 1 }],
    ['an object without a prototype', { a: 1 }, Object.assign(Object.create(null), { a: 1 })],
    ['minus zero and zero', -0, 0],
    ['a Set of plain objects, one of them twice', ImmutableSet([{ x: 1 }, { x: 1 }]), ImmutableSet([{ x: 1 }])],
    [
      'an OrderedSet of plain objects, one of them again later',
      OrderedSet([{ x: 1 }, { x: 2 }, { x: 1 }]),
      OrderedSet([{ x: 1 }, { x: 2 }]),
    ],
    [
      'a Map with equal entries under two plain objects',
      ImmutableMap([
        [{ x: 1 }, 1],
        [{ x: 1 }, 1],
      ]),
      ImmutableMap([[{ x: 1 }, 1]]),
    ],
    ['a set that became the same by another way', ImmutableSet(letters).delete('a'), ImmutableSet(letters.slice(1))],
    [
      'a field read by a getter',
      {
        get a() {
          return 1
        },
      },
      { a: 1 },
    ],
    ['Records of two factories alike', ImmutableRecord({ a: 1 }, 'R')(), ImmutableRecord({ a: 1 }, 'R')()],
    ['a Record with its default given', ImmutableRecord({ a: 1 }, 'R')(), ImmutableRecord({ a: 1 }, 'R')({ a: 1 })],
  ])('have one id: %s', (_, a, b) => {
    expect(same(a, b)).toBe(true)
  })
})

describe('different values', () => {
  it.each<[string, unknown, unknown]>([
    ['a List and an array', List([1]), [1]],
    ['a List and a Stack', List([1]), Stack([1])],
    ['a Set and an OrderedSet', ImmutableSet([1]), OrderedSet([1])],
    ['a Set and a List', ImmutableSet([1]), List([1])],
    ['a Map and an OrderedMap', ImmutableMap({ a: 1 }), OrderedMap({ a: 1 })],
    ['a Map and a plain object', ImmutableMap({ a: 1 }), { a: 1 }],
    ['empty collections of two kinds', ImmutableSet(), ImmutableMap()],
    ['OrderedSets in two orders', OrderedSet([1, 2]), OrderedSet([2, 1])],
    [
      'OrderedMaps in two orders',
      OrderedMap([
        ['a', 1],
        ['b', 2],
      ]),
      OrderedMap([
        ['b', 2],
        ['a', 1],
      ]),
    ],
    ['a Record and a plain object', ImmutableRecord({ a: 1 })(), { a: 1 }],
    ['Records with two names', ImmutableRecord({ a: 1 }, 'R')(), ImmutableRecord({ a: 1 }, 'Q')()],
    ['Records with two defaults', ImmutableRecord({ a: 1 }, 'R')(), ImmutableRecord({ a: 2 }, 'R')({ a: 1 })],
    ['a missing field and an undefined one', {}, { a: undefined }],
    ['undefined and null', undefined, null],
    ['a number and its text', 1, '1'],
    ['a number and a bigint', 1, 1n],
    ['keys and values the other way round', { a: 'b' }, { b: 'a' }],
    ['a Map the other way round', ImmutableMap([[1, 2]]), ImmutableMap([[2, 1]])],
    ['two nestings of the same elements', [[1], 2], [1, [2]]],
  ])('have two ids: %s', (_, a, b) => {
    expect(same(a, b)).toBe(false)
  })
})

describe('an id', () => {
  it('is dense: every id below the size has a value with that id', () => {
    const interner = new Interner()
    interner.idOf({ a: [1, 'x'], b: ImmutableSet([List([2])]) })
    expect(interner.size).toBeGreaterThan(5)
    for (let id = 0; id < interner.size; id++) expect(interner.idOf(interner.valueOf(id))).toBe(id)
    expect(() => interner.valueOf(interner.size)).toThrow(RangeError)
    expect(() => interner.valueOf(-1)).toThrow(RangeError)
    expect(() => interner.valueOf(0.5)).toThrow(RangeError)
  })

  it('stays what it was while tables grow', () => {
    const interner = new Interner()
    const valueOf = (n: number) => ({ n, set: ImmutableSet([n, `s${n}`]) })
    const ids = Array.from({ length: 5000 }, (_, n) => interner.idOf(valueOf(n)))
    expect(new Set(ids).size).toBe(5000)
    expect(Array.from({ length: 5000 }, (_, n) => interner.idOf(valueOf(n)))).toEqual(ids)
    expect(interner.byteLength).toBeGreaterThan(5000 * 2 * 4)
  })

  it('is right for a tuple wider than the whole room so far', () => {
    const interner = new Interner()
    const wide = Array.from({ length: 50_000 }, (_, n) => n)
    const id = interner.idOf(wide)
    expect(interner.idOf([...wide])).toBe(id)
    expect(interner.valueOf(id)).toEqual(wide)
    expect(interner.idOf(ImmutableSet(wide))).toBe(interner.idOf(ImmutableSet([...wide].reverse())))
  })

  it('follows a plain object that was changed since, also inside a collection', () => {
    const interner = new Interner()
    const inner = { n: 1 }
    const outer = List([List([inner])])
    const before = interner.idOf(outer)
    inner.n = 2
    expect(interner.idOf(outer)).not.toBe(before)
    expect(interner.idOf(outer)).toBe(interner.idOf(List([List([{ n: 2 }])])))
  })
})

describe('a live view', () => {
  class View {
    readonly [LIVE] = true
    elements = [1]
    get own() {
      return this.elements
    }
  }

  it('is read afresh each time and left unfrozen, whatever its prototype', () => {
    const interner = new Interner()
    const view = new View()
    const nested = List([view])
    const before = interner.idOf(nested)
    expect(before).toBe(interner.idOf(List([{ elements: [1] }])))
    view.elements = [1, 2]
    expect(interner.idOf(nested)).toBe(interner.idOf(List([{ elements: [1, 2] }])))
    expect(Object.isFrozen(view)).toBe(false)
  })

  it('of a Set counts as the Set, and is not remembered', () => {
    const interner = new Interner()
    let content = ImmutableSet([1, 2])
    const view = new Proxy(ImmutableSet<number>(), {
      get: (_, key) => {
        if (key === LIVE) return true
        const part: unknown = Reflect.get(content, key)
        return typeof part === 'function' ? part.bind(content) : part
      },
    })
    const nested = List([view])
    expect(interner.idOf(nested)).toBe(interner.idOf(List([ImmutableSet([2, 1])])))
    content = ImmutableSet([3])
    expect(interner.idOf(nested)).toBe(interner.idOf(List([ImmutableSet([3])])))
  })

  it('may ask the interner while it is read', () => {
    const interner = new Interner()
    const view = {
      [LIVE]: true,
      a: 1,
      get b() {
        return interner.valueOf(interner.idOf([[1], [2]]))
      },
      c: 3,
    }
    expect(interner.idOf(view)).toBe(interner.idOf({ a: 1, b: [[1], [2]], c: 3 }))
  })
})

describe('a canonical value', () => {
  it('is deeply frozen where it is plain', () => {
    const interner = new Interner()
    const value = interner.valueOf(interner.idOf({ a: [{ b: 1 }] })) as { a: { b: number }[] }
    expect([value, value.a, value.a[0]].every(Object.isFrozen)).toBe(true)
    expect(value).toEqual({ a: [{ b: 1 }] })
    expect(Object.keys(value)).toEqual(['a'])
  })

  it('keeps the element type of each collection', () => {
    const Ballot = ImmutableRecord({ round: 0, by: 'nobody' }, 'Ballot')
    const value = { list: List([1]), stack: Stack([1, 2]), ordered: OrderedSet(['b', 'a']), ballot: Ballot({ round: 2 }) }
    const interner = new Interner()
    const canonical = interner.valueOf(interner.idOf(value)) as typeof value
    for (const key of ['list', 'stack', 'ordered', 'ballot'] as const) expect(is(canonical[key], value[key])).toBe(true)
    expect(canonical.ballot).toBeInstanceOf(Ballot)
    expect(canonical.ballot.round).toBe(2)
  })

  it('of a Record with a constructor of its own is made without calling it', () => {
    class Vote extends ImmutableRecord({ by: '' }) {
      constructor(by: string) {
        super({ by: by.toUpperCase() })
      }
      get label() {
        return `vote of ${this.by}`
      }
    }
    const interner = new Interner()
    const first = interner.idOf(new Vote('a'))
    const second = interner.idOf(new Vote('b'))
    expect((interner.valueOf(second) as Vote).label).toBe('vote of B')
    expect((interner.valueOf(first) as Vote).label).toBe('vote of A')
  })

  it('iterates in one order, whatever was seen first and however it was built', () => {
    const elements = [...letters.map((letter) => ({ letter })), ...letters.map((letter) => [letter])]
    const orders = [elements, [...elements].reverse()].map((insertion) => {
      const interner = new Interner()
      for (const element of insertion) interner.valueOf(interner.idOf(element))
      return (interner.valueOf(interner.idOf(ImmutableSet(insertion))) as ImmutableSet<unknown>).toArray()
    })
    expect(orders[0]).toEqual(orders[1])
  })

  it('of a big Map or Set of primitives is the given one itself, so that it shares its parts with those made from it', () => {
    const interner = new Interner()
    for (const trie of [ImmutableSet(letters), ImmutableMap(letters.map((letter, at) => [letter, at]))])
      expect(interner.valueOf(interner.idOf(trie))).toBe(trie)
  })

  it('of a big Map holds canonical values, and no minus zero', () => {
    const interner = new Interner()
    const big = ImmutableMap<unknown, unknown>(letters.map((letter) => [letter, 1]))
    const list = List([-0])
    const given = [big.set('a', -0), big.set(-0, 1), big.set('a', list), big.set('a', ImmutableSet([1, 2])).set('b', { c: 1 })]
    for (const map of given) {
      const canonical = interner.valueOf(interner.idOf(map)) as ImmutableMap<unknown, unknown>
      expect(canonical).not.toBe(map)
      expect([...canonical.keys(), ...canonical.values()].some((part) => Object.is(part, -0))).toBe(false)
      for (const part of canonical.values()) expect(interner.valueOf(interner.idOf(part))).toBe(part)
    }
    const parts = ImmutableMap(letters.map((letter) => [letter, interner.valueOf(interner.idOf({ letter }))]))
    expect(interner.valueOf(interner.idOf(parts))).toBe(parts)
  })

  it('is never a view that shows a big Set', () => {
    const interner = new Interner()
    let content = ImmutableSet(letters)
    const view = Object.create(Object.getPrototypeOf(content), {
      [LIVE]: { value: true },
      size: { get: () => content.size },
      _map: { get: () => Reflect.get(content, '_map') },
      __ownerID: { value: undefined },
    })
    const canonical = interner.valueOf(interner.idOf(view)) as ImmutableSet<string>
    content = ImmutableSet()
    expect(canonical.size).toBe(26)
  })

  it('of a big Set whose elements have equal hash codes iterates in one order', () => {
    const pairs = letters.flatMap((letter) => [`${letter}Aa`, `${letter}BB`])
    const orders = [pairs, pairs.toReversed()].map((insertion) => {
      const interner = new Interner()
      return (interner.valueOf(interner.idOf(ImmutableSet(insertion))) as ImmutableSet<string>).toArray()
    })
    expect(orders[0]).toEqual(orders[1])
  })

  it('is still found in an older Set after it was built anew', () => {
    const interner = new Interner()
    const message = { type: 'vote', from: 'n1', ballot: [1, 2] }
    const set = interner.valueOf(interner.idOf(ImmutableSet([message, { type: 'other' }]))) as ImmutableSet<unknown>
    const id = interner.idOf(message)
    const before = interner.valueOf(id)
    // More values than the cache holds, so that the message goes out of it.
    for (let n = 0; n < 600; n++) interner.valueOf(interner.idOf(Array.from({ length: 2000 }, (_, at) => at + n)))
    const after = interner.valueOf(id)
    expect(after).not.toBe(before)
    expect(set.has(after)).toBe(true)
    expect(set.delete(after).size).toBe(1)
  })

  it('with a field called __proto__ keeps it as a field', () => {
    const interner = new Interner()
    const value: unknown = JSON.parse('{"__proto__": {"admin": true}, "a": 1}')
    const canonical = interner.valueOf(interner.idOf(value)) as object
    expect(Object.keys(canonical)).toEqual(['__proto__', 'a'])
    expect(Object.getPrototypeOf(canonical)).toBe(Object.prototype)
    expect(interner.idOf(canonical)).not.toBe(interner.idOf({ a: 1 }))
  })
})
