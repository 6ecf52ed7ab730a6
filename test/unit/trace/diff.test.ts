import { List, Map, OrderedMap, OrderedSet, Record, Set, Stack } from 'immutable'
import { describe, expect, test } from 'vitest'
import { changesBetween } from '../../../src/trace/diff.js'
import { Bag, Queue } from '../../../src/values/bag.js'

describe('records', () => {
  test('equal states have no changes, however they were built', () => {
    const before = { a: { b: 1 }, s: Set([1, 2]), m: Map({ x: { y: 1 } }) }
    const after = { m: Map({ x: { y: 1 } }), s: Set([2, 1]), a: { b: 1 } }
    expect(changesBetween(before, after)).toEqual([])
  })

  test('are compared field by field at any depth, in the order of the fields', () => {
    const before = { tm: 'init', rm: { rm1: 'working', rm2: 'working' }, n: 1 }
    const after = { tm: 'done', rm: { rm1: 'working', rm2: 'aborted' }, n: 2 }
    expect(changesBetween(before, after)).toEqual([
      { path: ['tm'], before: 'init', after: 'done' },
      { path: ['rm', 'rm2'], before: 'working', after: 'aborted' },
      { path: ['n'], before: 1, after: 2 },
    ])
  })

  test('with other fields are another variant, shown as a whole', () => {
    const before = { last: { type: 'request', from: 1 } }
    const after = { last: { type: 'reply', value: 'x' } }
    expect(changesBetween(before, after)).toEqual([{ path: ['last'], before: before.last, after: after.last }])
  })

  test('becoming null, and undefined, are changes with both sides', () => {
    expect(changesBetween({ lock: { by: 'p1' }, n: undefined }, { lock: null, n: 0 })).toEqual([
      { path: ['lock'], before: { by: 'p1' }, after: null },
      { path: ['n'], before: null, after: 0 },
    ])
  })

  test('of Immutable are compared by field when of the same name, else as a whole', () => {
    const Point = Record({ x: 0, y: 0 }, 'Point')
    const Other = Record({ x: 0, y: 0 }, 'Other')
    expect(changesBetween({ p: Point() }, { p: Point({ y: 3 }) })).toEqual([{ path: ['p', 'y'], before: 0, after: 3 }])
    expect(changesBetween({ p: Point() }, { p: Other({ y: 3 }) })).toEqual([
      { path: ['p'], before: { x: 0, y: 0 }, after: { x: 0, y: 3 } },
    ])
  })
})

describe('sets', () => {
  test('name the element gained or lost, in value order', () => {
    expect(changesBetween({ s: Set(['b', 'x']) }, { s: Set(['x', 'c', 'a']) })).toEqual([
      { path: ['s', 'a'], after: 'a', element: true },
      { path: ['s', 'b'], before: 'b', element: true },
      { path: ['s', 'c'], after: 'c', element: true },
    ])
  })

  test('of plain objects compare elements by value, not by identity', () => {
    const message = (to: string) => ({ type: 'vote', to })
    expect(changesBetween(Set([message('a'), message('b')]), Set([message('b'), message('a'), message('c')]))).toEqual([
      { path: [message('c')], after: message('c'), element: true },
    ])
  })

  test('emptied of many elements are one change', () => {
    expect(changesBetween({ s: Set([1, 2, 3]) }, { s: Set() })).toEqual([{ path: ['s'], before: [1, 2, 3], after: [] }])
  })

  test('with an order are shown as a whole when elements change places', () => {
    expect(changesBetween(OrderedSet([1, 2]), OrderedSet([2, 1]))).toEqual([{ path: [], before: [1, 2], after: [2, 1] }])
    expect(changesBetween(OrderedSet([2, 1]), OrderedSet([2, 1, 0]))).toEqual([{ path: [0], after: 0, element: true }])
    expect(changesBetween(OrderedSet([2, 1]), OrderedSet([0, 2, 1]))).toHaveLength(1)
    expect(changesBetween(OrderedSet([2, 1]), OrderedSet([0, 2, 1]))[0]).toHaveProperty('before')
  })
})

describe('maps', () => {
  test('are compared by key, values nested', () => {
    const before = Map({ a: { term: 1 }, b: { term: 1 }, c: { term: 1 } })
    const after = Map({ d: { term: 4 }, b: { term: 2 }, c: { term: 1 } })
    expect(changesBetween({ m: before }, { m: after })).toEqual([
      { path: ['m', 'a'], before: { term: 1 } },
      { path: ['m', 'b', 'term'], before: 1, after: 2 },
      { path: ['m', 'd'], after: { term: 4 } },
    ])
  })

  test('find keys that are plain objects by value', () => {
    expect(changesBetween(Map([[{ from: 1 }, 'x']]), Map([[{ from: 1 }, 'y']]))).toEqual([
      { path: [{ from: 1 }], before: 'x', after: 'y' },
    ])
  })

  test('an entry whose value equals its key is no element of a set', () => {
    expect(changesBetween(Map({ a: 'a' }), Map({ a: 'a', b: 'b' }))).toEqual([{ path: ['b'], after: 'b' }])
  })

  test('with an order are shown as a whole when keys change places', () => {
    const entries: [string, number][] = [
      ['a', 1],
      ['b', 2],
    ]
    expect(changesBetween(OrderedMap(entries), OrderedMap(entries.toReversed()))).toHaveLength(1)
  })
})

describe.each([
  ['arrays', (items: readonly unknown[]) => items],
  ['lists', (items: readonly unknown[]) => List(items)],
])('%s', (_, listOf) => {
  const changes = (before: readonly unknown[], after: readonly unknown[]) => changesBetween(listOf(before), listOf(after))

  test('a push is one addition at the end', () => {
    expect(changes([1, 2], [1, 2, 3])).toEqual([{ path: [2], after: 3 }])
  })

  test('a shift is one removal at the front, not a change of every element', () => {
    expect(changes([1, 2, 3, 4], [2, 3, 4])).toEqual([{ path: [0], before: 1 }])
  })

  test('a pop is one removal at the end', () => {
    expect(changes([1, 2, 3], [1, 2])).toEqual([{ path: [2], before: 3 }])
  })

  test('a message taken from the front while another is sent is two changes', () => {
    expect(changes([1, 2, 3, 4], [2, 3, 4, 5])).toEqual([
      { path: [0], before: 1 },
      { path: [3], after: 5 },
    ])
  })

  test('a message dropped from the middle is one removal', () => {
    expect(changes([1, 2, 3, 4], [1, 3, 4])).toEqual([{ path: [1], before: 2 }])
  })

  test('an update in place is nested', () => {
    expect(changes([{ term: 1 }, { term: 1 }], [{ term: 1 }, { term: 2 }])).toEqual([{ path: [1, 'term'], before: 1, after: 2 }])
  })

  test('an update in place beside a push is both', () => {
    expect(changes([{ term: 1 }, { term: 2 }], [{ term: 1 }, { term: 3 }, { term: 4 }])).toEqual([
      { path: [1, 'term'], before: 2, after: 3 },
      { path: [2], after: { term: 4 } },
    ])
  })

  test('emptied of many elements is one change', () => {
    expect(changes([1, 2, 3], [])).toEqual([{ path: [], before: [1, 2, 3], after: [] }])
  })

  test('too long to align are one change at worst, and never a wrong one', () => {
    const long = Array.from({ length: 1_000 }, (_unused, index) => index)
    expect(
      changes(
        [...long, -1],
        long.map((n) => n + 5_000),
      ),
    ).toHaveLength(1)
  })
})

describe('messages in flight', () => {
  const vote = (from: string, yes: boolean) => ({ from, to: 'tm', message: { type: 'vote', yes } })
  const [a, b, c] = [vote('rm1', true), vote('rm2', true), vote('rm2', false)]

  test('without an order are there or not, each as a whole, and as often as it is there', () => {
    const changes = changesBetween({ messages: new Bag([a, b], false) }, { messages: new Bag([c, b, b], false) })
    expect(changes).toEqual([
      { path: ['messages', a], before: a, element: true },
      { path: ['messages', c], after: c, element: true },
      { path: ['messages', b], after: b, element: true },
    ])
  })

  test('are told one by one even where none of them stays', () => {
    expect(changesBetween(new Bag([a], false), new Bag([b, c], false))).toHaveLength(3)
    expect(changesBetween(new Queue([a]), new Queue([b, c]))).toHaveLength(3)
  })

  test('have no changes where only the order in a bag differs', () => {
    expect(changesBetween({ messages: new Bag([a, b], false) }, { messages: new Bag([b, a], false) })).toEqual([])
  })

  test('in a queue leave and join as wholes, with their places', () => {
    expect(changesBetween({ messages: new Queue([a, b]) }, { messages: new Queue([c, b]) })).toEqual([
      { path: ['messages', 0], before: a },
      { path: ['messages', 0], after: c },
    ])
    expect(changesBetween(new Queue([a, b]), new Queue([b, a]))).toEqual([
      { path: [0], before: a },
      { path: [1], after: a },
    ])
  })
})

test('a push on a stack is one addition at the top', () => {
  expect(changesBetween(Stack([1, 2]), Stack([0, 1, 2]))).toEqual([{ path: [0], after: 0 }])
})

test.each([
  ['a list and an array', List([1]), [1]],
  ['a set and an ordered set', Set([1]), OrderedSet([1])],
  ['a list and a stack', List([1]), Stack([1])],
  ['a number and its text', 1, '1'],
])('%s are different, and shown as a whole', (_, before, after) => {
  const [change, ...others] = changesBetween({ v: before }, { v: after })
  expect(change?.path).toEqual(['v'])
  expect(others).toEqual([])
})
