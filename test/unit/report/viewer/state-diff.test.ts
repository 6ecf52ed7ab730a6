import { describe, expect, test } from 'vitest'
import { partsOf, rootPart, type StatePart } from '../../../../src/report/viewer/state-diff.js'
import { valueText } from '../../../../src/report/viewer/value-text.js'
import type { Json } from '../../../../src/values/json.js'

/** Every part, those with other parts inside before them: `+ a.0: 1`. */
function marksOf(before: Json | undefined, after: Json): readonly string[] {
  const signs = { added: '+', removed: '-', changed: '~', inside: '>', same: '=' }
  const lines = (part: StatePart): string[] => {
    const text = `${signs[part.mark]} ${part.path.join('.')}: ${part.before !== undefined && part.mark === 'changed' ? `${valueText(part.before)} -> ` : ''}${valueText(part.value)}`
    return part.mark === 'inside' ? [text, ...partsOf(part).flatMap(lines)] : [text]
  }
  return partsOf(rootPart(before, after)).flatMap(lines)
}

describe('fields', () => {
  test('that keep their values are the same, others say what they were', () => {
    expect(marksOf({ a: 1, b: { c: 2, d: 3 } }, { a: 1, b: { c: 2, d: 4 } })).toEqual([
      '= a: 1',
      '> b: {c: 2, d: 4}',
      '= b.c: 2',
      '~ b.d: 3 -> 4',
    ])
  })

  test('that come or go are added or removed', () => {
    expect(marksOf({ map: { a: 1, b: 2 } }, { map: { b: 2, c: 3 } })).toEqual([
      '> map: {b: 2, c: 3}',
      '= map.b: 2',
      '+ map.c: 3',
      '- map.a: 1',
    ])
  })

  test('of another variant replace the value as a whole', () => {
    expect(marksOf({ phase: { waits: 1 } }, { phase: { done: true } })).toEqual(['~ phase: {waits: 1} -> {done: true}'])
    expect(marksOf({ phase: null }, { phase: { done: true } })).toEqual(['~ phase: null -> {done: true}'])
  })

  test('may be called like what every object has', () => {
    expect(marksOf({ a: {} }, { a: { constructor: 1 } })).toEqual(['~ a: {} -> {constructor: 1}'])
    expect(marksOf({ a: { x: 0 } }, { a: { toString: 1, x: 0 } })).toEqual([
      '> a: {toString: 1, x: 0}',
      '+ a.toString: 1',
      '= a.x: 0',
    ])
  })
})

describe('lists', () => {
  test('keep what is in both, wherever it went', () => {
    expect(marksOf({ l: ['a', 'b', 'c'] }, { l: ['b', 'c', 'd'] })).toEqual([
      `> l: ['b', 'c', 'd']`,
      `- l.0: 'a'`,
      `= l.0: 'b'`,
      `= l.1: 'c'`,
      `+ l.2: 'd'`,
    ])
  })

  test('that are emptied, or filled, say with what', () => {
    expect(marksOf({ l: [1] }, { l: [] })).toEqual(['> l: []', '- l.0: 1'])
    expect(marksOf({ l: [] }, { l: [1] })).toEqual(['> l: [1]', '+ l.0: 1'])
  })

  test('an element that keeps half of its fields is the same one, changed', () => {
    expect(marksOf({ log: [{ term: 1, value: 'x' }] }, { log: [{ term: 2, value: 'x' }] })).toEqual([
      `> log: [{term: 2, value: 'x'}]`,
      `> log.0: {term: 2, value: 'x'}`,
      '~ log.0.term: 1 -> 2',
      `= log.0.value: 'x'`,
    ])
  })

  test('a message that gave way to another is gone', () => {
    const message = (type: string, from: string, to: string) => ({ from, message: { type }, to })
    expect(marksOf({ m: [message('ask', 'a', 'b')] }, { m: [message('tell', 'b', 'a')] })).toEqual([
      '> m: [tell b → a]',
      '- m.0: ask a → b',
      '+ m.0: tell b → a',
    ])
  })

  test('the entry of a map under the same key is the same one, changed', () => {
    expect(marksOf({ m: [[1, ['a']]] }, { m: [[1, ['a', 'b']]] })).toEqual([
      `> m: [[1, ['a', 'b']]]`,
      `> m.0: [1, ['a', 'b']]`,
      '= m.0.0: 1',
      `> m.0.1: ['a', 'b']`,
      `= m.0.1.0: 'a'`,
      `+ m.0.1.1: 'b'`,
    ])
  })

  test('of a thousand elements are compared place by place', () => {
    const long = Array.from({ length: 1000 }, (_, index) => index)
    const changed = marksOf({ l: long }, { l: long.with(500, -1) }).filter((line) => !line.startsWith('='))
    expect(changed.slice(1)).toEqual(['- l.500: 500', '+ l.500: -1'])
  })
})

test('the first state of a behaviour has nothing to be compared with', () => {
  expect(marksOf(undefined, { a: 1, b: [2] })).toEqual(['= a: 1', '= b: [2]'])
})
