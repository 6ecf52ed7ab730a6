import {
  Map as ImmutableMap,
  Record as ImmutableRecord,
  Set as ImmutableSet,
  List,
  OrderedMap,
  OrderedSet,
  Range,
  Seq,
  Stack,
} from 'immutable'
import { describe, expect, it } from 'vitest'
import { Interner } from '../../../src/values/interner.js'
import { refusalOf } from '../../../src/values/refusal.js'
import { ValueError } from '../../../src/values/value-error.js'

class Foo {
  n = 1
}
class Numbers extends Array<number> {}
function* generated() {
  yield 1
}

function refusal(value: unknown): ValueError {
  try {
    new Interner().idOf(value)
  } catch (error) {
    if (error instanceof ValueError) return error
    throw error
  }
  throw new Error('was accepted')
}

const plain: { self?: unknown } = {}
plain.self = plain
const list: unknown[] = []
list.push(List([ImmutableMap({ list })]))

describe('refused', () => {
  it.each<[string, unknown]>([
    ['a Date', new Date(0)],
    ['a function', () => 1],
    ['a function', Foo],
    ['a symbol', Symbol('s')],
    ['NaN', NaN],
    ["a JavaScript Map (use Immutable's Map)", new Map()],
    ["a JavaScript Set (use Immutable's Set)", new Set()],
    ['a Promise', Promise.resolve(1)],
    ['a RegExp', /x/],
    ['an Error', new TypeError('x')],
    ['a WeakMap', new WeakMap()],
    ['a WeakSet', new WeakSet()],
    ['a WeakRef', new WeakRef({})],
    ['an ArrayBuffer', new ArrayBuffer(1)],
    ['a SharedArrayBuffer', new SharedArrayBuffer(1)],
    ['a DataView', new DataView(new ArrayBuffer(1))],
    ['a typed array (Uint8Array)', new Uint8Array(1)],
    ['an iterator', generated()],
    ['an iterator', [1].values()],
    ['a boxed Number', Object(1)],
    ['a boxed String', Object('s')],
    ['a boxed Boolean', Object(true)],
    ['an instance of class Foo', new Foo()],
    ['an instance of class Numbers', Numbers.from([1])],
    ['an object with a prototype of its own', Object.create({ inherited: 1 })],
    ['an array with holes', Object.assign(new Array(2), { 1: 'x' })],
    ['a lazy Immutable Seq', Seq([1])],
    ['a lazy Immutable Seq', Range(0, 3)],
    ['an Immutable collection under mutation', List([1]).asMutable()],
    ['an Immutable collection under mutation', Stack([1]).asMutable()],
    ['an Immutable collection under mutation', ImmutableSet([1]).asMutable()],
    ['an Immutable collection under mutation', OrderedSet([1]).asMutable()],
    ['an Immutable collection under mutation', ImmutableMap({ a: 1 }).asMutable()],
    ['an Immutable collection under mutation', OrderedMap({ a: 1 }).asMutable()],
    ['an Immutable collection under mutation', ImmutableRecord({ a: 1 })({ a: 2 }).asMutable()],
  ])('is %s', (what, value) => {
    const error = refusal(value)
    expect(error.what).toBe(what)
    expect(error.message).toBe(`${what} cannot be part of a state`)
    expect(error.path).toEqual([])
    expect(error.hint).not.toBe('')
  })

  it.each<[string, string, readonly string[], unknown]>([
    ['a cycle', 'self', ['self'], plain],
    ['a cycle', '[0][0].list', ['[0]', '[0]', 'list'], list],
    ['NaN', 'rm.rm1', ['rm', 'rm1'], { rm: { rm0: 1, rm1: NaN } }],
    ['NaN', 'log[3]', ['log', '[3]'], { log: List([0, 1, 2, NaN]) }],
    ['NaN', 'acks{element}', ['acks', '{element}'], { acks: ImmutableSet([1, NaN]) }],
    ['NaN', 'votes.n1', ['votes', 'n1'], { votes: ImmutableMap({ n1: NaN }) }],
    ['NaN', "votes.List [1, 'a']", ['votes', "List [1, 'a']"], { votes: ImmutableMap([[List([1, 'a']), NaN]]) }],
    ['NaN', '{key}', ['{key}'], ImmutableMap([[NaN, 1]])],
    ['NaN', 'n', ['n'], ImmutableRecord({ n: NaN })()],
  ])('is named with its place: %s at %s', (what, place, path, value) => {
    const error = refusal(value)
    expect(error.message).toBe(`${what} at ${place} cannot be part of a state`)
    expect(error.path).toEqual(path)
  })

  it('is a Map in which equal plain objects have different values', () => {
    const error = refusal({
      m: ImmutableMap([
        [{ x: 1 }, 'a'],
        [{ x: 1 }, 'b'],
      ]),
    })
    expect(error.what).toBe('a Map with two values for the key {x: 1}')
    expect(error.path).toEqual(['m'])
  })
})

it('what a getter throws passes through, and the interner goes on working', () => {
  const interner = new Interner()
  const thrown = new Error('mine')
  const value = {
    a: [
      1,
      {
        get b(): number {
          throw thrown
        },
      },
    ],
  }
  expect(() => interner.idOf(value)).toThrow(thrown)
  expect(() => interner.idOf([{ a: NaN }])).toThrow(ValueError)
  expect(interner.valueOf(interner.idOf({ a: [1, 2] }))).toEqual({ a: [1, 2] })
})

describe('deep nesting', () => {
  const wrap = (depth: number, one: (inner: unknown) => unknown) => {
    let value: unknown = 'end'
    for (let level = 0; level < depth; level++) value = one(value)
    return value
  }

  it.each<[string, (inner: unknown) => unknown]>([
    ['plain objects', (next) => ({ next })],
    ['arrays', (next) => [next]],
    ['Lists', (next) => List([next])],
    ['Maps', (next) => ImmutableMap([['next', next]])],
    ['OrderedMaps', (next) => OrderedMap([['next', next]])],
  ])('of %s is right up to 255 levels, and refused clearly beyond', (_, one) => {
    const interner = new Interner()
    const id = interner.idOf(wrap(255, one))
    expect(interner.idOf(wrap(255, one))).toBe(id)
    expect(interner.idOf(wrap(254, one))).not.toBe(id)
    expect(refusal(wrap(256, one)).what).toBe('a value nested more than 255 levels deep')
    expect(refusal(wrap(1000, one)).what).toBe('a value nested more than 255 levels deep')
  })

  it('is refused also when it grew step by step from canonical values', () => {
    const interner = new Interner()
    let log: unknown = null
    const grow = () => {
      for (let step = 0; step < 300; step++) log = interner.valueOf(interner.idOf({ head: step, tail: log }))
    }
    expect(grow).toThrow('a value nested more than 255 levels deep')
  })
})

it('refuses a value with more parts than any state needs, before the process ends for it', () => {
  const many = Array(2 ** 22 + 1).fill(0)
  expect(refusalOf({ log: many })).toMatchObject({ what: 'a value with more than 4194304 parts', path: ['log'] })
  expect(refusalOf(List(many))?.what).toBe('a value with more than 4194304 parts')
  expect(() => new Interner().idOf(many)).toThrow(/more than 4194304 parts/)
})
