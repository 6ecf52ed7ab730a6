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
import { toJson } from '../../../src/values/json.js'

it.each<[string, unknown, string]>([
  ['null and undefined', [null, undefined], '[null,null]'],
  ['an undefined field, which stays', { a: undefined }, '{"a":null}'],
  ['numbers', [1, -0, 1.5, Infinity, -Infinity], '[1,0,1.5,"Infinity","-Infinity"]'],
  ['a bigint', 12345678901234567890n, '"12345678901234567890n"'],
  ['a Set, in canonical order', ImmutableSet(['b', 10, 'a', 9]), '[9,10,"a","b"]'],
  ['an OrderedSet, in its own order', OrderedSet(['b', 'a']), '["b","a"]'],
  ['a List and a Stack', [List([2, 1]), Stack([2, 1])], '[[2,1],[2,1]]'],
  ['a Map with string keys', ImmutableMap<string, unknown>({ b: 1, a: ImmutableSet([2]) }), '{"a":[2],"b":1}'],
  ['an empty Map', ImmutableMap(), '{}'],
  [
    'an OrderedMap with string keys',
    OrderedMap([
      ['b', 1],
      ['a', 2],
    ]),
    '{"b":1,"a":2}',
  ],
  [
    'a Map with other keys',
    ImmutableMap<unknown, unknown>()
      .set('b', 1)
      .set(2, List(['x'])),
    '[[2,["x"]],["b",1]]',
  ],
  ['a Record', ImmutableRecord({ b: 1, a: List() }, 'R')(), '{"a":[],"b":1}'],
  ['a bag, in canonical order', new Bag([{ b: 1 }, 'x', 'x'], false), '["x","x",{"b":1}]'],
  ['a queue, in its own', { q: new Queue([2, 1]) }, '{"q":[2,1]}'],
  ['a plain object', { b: { d: 1, c: 2 }, a: 1 }, '{"a":1,"b":{"c":2,"d":1}}'],
  ['a field called __proto__', JSON.parse('{"__proto__": {"a": 1}}'), '{"__proto__":{"a":1}}'],
  ['a Map key called __proto__', ImmutableMap([['__proto__', 1]]), '{"__proto__":1}'],
  ['what a state cannot hold', { d: new Date(0), n: NaN, f: () => 1 }, '{"d":"(Date)","f":"(function)","n":"NaN"}'],
])('%s', (_, value, json) => {
  expect(JSON.stringify(toJson(value))).toBe(json)
})

it('a cycle ends', () => {
  const a: { a?: unknown } = {}
  a.a = [a, a]
  expect(toJson(a)).toEqual({ a: ['(cycle)', '(cycle)'] })
})
