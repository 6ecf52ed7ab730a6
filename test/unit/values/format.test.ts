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
import { formatValue } from '../../../src/values/format.js'

it.each<[unknown, string]>([
  [undefined, 'undefined'],
  [null, 'null'],
  [true, 'true'],
  [-0, '0'],
  [-Infinity, '-Infinity'],
  [10n, '10n'],
  ["it's", "'it\\'s'"],
  [{}, '{}'],
  [{ b: 'x', a: 1 }, "{a: 1, b: 'x'}"],
  [{ 'two words': 1, ok_1: 2, '1': 3 }, "{'1': 3, ok_1: 2, 'two words': 1}"],
  [[1, [undefined]], '[1, [undefined]]'],
  [ImmutableSet([2, 1]), 'Set {1, 2}'],
  [OrderedSet([2, 1]), 'OrderedSet {2, 1}'],
  [new Bag([2, 1, 1], false), 'Bag {1, 1, 2}'],
  [new Queue([2, 1]), 'Queue [2, 1]'],
  [
    ImmutableMap([
      ['b', 1],
      ['a', 2],
    ]),
    "Map {'a' → 2, 'b' → 1}",
  ],
  [OrderedMap([[2, 'x']]), "OrderedMap {2 → 'x'}"],
  [List([1, 2]), 'List [1, 2]'],
  [Stack([1, 2]), 'Stack [1, 2]'],
  [ImmutableRecord({ round: 1, by: 'p' }, 'Ballot')(), "Ballot {by: 'p', round: 1}"],
  [ImmutableRecord({ a: 1 })(), 'Record {a: 1}'],
  [new Date(0), '(Date)'],
  [() => 1, '(function)'],
])('%o reads %s', (value, text) => {
  expect(formatValue(value)).toBe(text)
})

it('nothing that a terminal acts on comes through, in strings, keys and names', () => {
  const hostile = '\u001b[2J\u009b1m\n\r\t\0\u202e\u2028\\\ud800'
  const escaped = '\\x1b[2J\\x9b1m\\n\\r\\t\\x00\\u202e\\u2028\\\\\\ud800'
  expect(formatValue(hostile)).toBe(`'${escaped}'`)
  expect(formatValue({ [hostile]: 1 })).toBe(`{'${escaped}': 1}`)
  expect(formatValue(ImmutableRecord({ a: 1 }, hostile)())).toBe(`${escaped} {a: 1}`)
})

it('text beyond ASCII stays readable', () => {
  expect(formatValue('Zürich 😀 日本')).toBe("'Zürich 😀 日本'")
})

it('a long value loses its middle, only when a width is given', () => {
  const long = List(Array.from({ length: 100 }, (_, n) => n))
  expect(formatValue(long).endsWith('98, 99]')).toBe(true)
  expect(formatValue(long, { width: 20 })).toBe('List [0, 1…, 98, 99]')
  expect(formatValue([1, 2], { width: 6 })).toBe('[1, 2]')
  expect(formatValue('😀😀😀😀😀', { width: 5 })).toBe("'😀…😀'")
  expect(formatValue([1, 2], { width: 1 })).toBe('…')
})

it('a cycle ends', () => {
  const a: { a?: unknown } = {}
  a.a = [a]
  expect(formatValue(a)).toBe('{a: [(cycle)]}')
})
