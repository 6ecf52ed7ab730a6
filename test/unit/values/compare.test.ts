import {
  Map as ImmutableMap,
  Record as ImmutableRecord,
  Set as ImmutableSet,
  List,
  OrderedMap,
  OrderedSet,
  Stack,
} from 'immutable'
import { expect, it } from 'vitest'
import { Bag, Queue } from '../../../src/values/bag.js'
import { compareValues } from '../../../src/values/compare.js'

it('values go by kind, then by size, then element by element', () => {
  const Point = ImmutableRecord({ x: 0, y: 0 }, 'Point')
  const sorted = [
    null,
    false,
    true,
    -Infinity,
    -1,
    0,
    2,
    10,
    Infinity,
    2n,
    10n,
    '',
    '10',
    '2',
    'A',
    'a',
    'é',
    [],
    [9],
    [1, 2],
    [1, 3],
    List(),
    List([1]),
    Stack([1]),
    ImmutableSet([5]),
    ImmutableSet([1, 2]),
    ImmutableSet([1, 3]),
    OrderedSet([2, 1]),
    ImmutableMap({ b: 1 }),
    ImmutableMap({ a: 1, b: 1 }),
    ImmutableMap({ a: 1, b: 2 }),
    OrderedMap({ b: 1, a: 2 }),
    {},
    { a: 1 },
    { a: 2 },
    { b: 0 },
    ImmutableRecord({ x: 9 }, 'Node')(),
    Point(),
    Point({ y: 1 }),
    undefined,
  ]
  for (const [i, a] of sorted.entries())
    for (const [j, b] of sorted.entries()) expect(Math.sign(compareValues(a, b))).toBe(Math.sign(i - j))
})

it('the order of insertion does not count', () => {
  expect(compareValues(ImmutableSet(['b', 'a']), ImmutableSet(['a', 'b']))).toBe(0)
  expect(
    compareValues(
      ImmutableMap([
        ['b', 1],
        ['a', 2],
      ]),
      ImmutableMap([
        ['a', 2],
        ['b', 1],
      ]),
    ),
  ).toBe(0)
  expect(compareValues({ b: 1, a: 2 }, { a: 2, b: 1 })).toBe(0)
})

it('minus zero is zero', () => {
  expect(compareValues(-0, 0)).toBe(0)
  expect(compareValues([-0], [0])).toBe(0)
})

it('bags go by their elements in any order, queues by theirs in their own', () => {
  expect(compareValues(new Bag([1, 2, 2], false), new Bag([2, 1, 2], false))).toBe(0)
  expect(compareValues(new Bag([1, 2], false), new Bag([1, 2, 2], false))).toBeLessThan(0)
  expect(compareValues(new Queue([1, 2]), new Queue([2, 1]))).toBeLessThan(0)
  expect(compareValues(new Queue([1]), new Bag([1], false))).not.toBe(0)
})
