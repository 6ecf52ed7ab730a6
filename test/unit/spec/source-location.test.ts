import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { callSite, placeOfFrame } from '../../../src/spec/call-site.js'
import { locateFunction } from '../../../src/spec/source-location.js'

const here = fileURLToPath(import.meta.url)
const lines = readFileSync(here, 'utf8').split('\n')

/** A pattern for a place on the first line of this file that starts so. */
const onLine = (start: string) => new RegExp(`^${here}:${lines.findIndex((line) => line.trim().startsWith(start)) + 1}:\\d+$`)

interface Shape {
  readonly sides: number
}

const triangular = (shape: Shape): boolean => shape.sides === 3

test('a function is located on the line where it is written, not where it runs', () => {
  expect(locateFunction(triangular)).toMatch(onLine('const triangular'))
})

test('a method of an object is located', () => {
  const definition = {
    square({ sides }: Shape) {
      return sides === 4
    },
  }
  expect(locateFunction(definition.square)).toMatch(onLine('square({ sides }'))
})

test('a native, a bound or an evaluated function has no location, and asking for it does not throw', () => {
  expect(locateFunction(Math.max)).toBeUndefined()
  expect(locateFunction(triangular.bind(null))).toBeUndefined()
  expect(locateFunction(new Function('return 1') as () => number)).toBeUndefined()
})

test('locating a function leaves nothing behind on the global object', () => {
  const before = Object.getOwnPropertySymbols(globalThis)
  locateFunction(triangular)
  expect(Object.getOwnPropertySymbols(globalThis)).toEqual(before)
})

test('a call site is the caller of the function that asks', () => {
  const ask = () => callSite(ask)
  const place = ask()
  expect(place).toMatch(onLine('const place = ask()'))
})

test.each([
  ['    at Object.<anonymous> (/home/me/my specs/raft.ts:3:5)', '/home/me/my specs/raft.ts:3:5'],
  ['    at file:///home/me/my%20specs/raft.ts:3:5', '/home/me/my specs/raft.ts:3:5'],
  ['    at async run (file:///srv/raft%20(copy).ts:10:1)', '/srv/raft (copy).ts:10:1'],
  ['    at <anonymous> (/srv/raft (copy).ts:10:1)', '/srv/raft (copy).ts:10:1'],
  ['    at init (C:\\specs\\raft.ts:3:5)', 'C:\\specs\\raft.ts:3:5'],
  ['    at C:\\my specs\\raft.ts:3:5', 'C:\\my specs\\raft.ts:3:5'],
])('the frame %j is at %s', (frame, place) => {
  expect(placeOfFrame(frame)).toBe(place)
})

test.each([
  '    at node:internal/modules/run_main:123:12',
  '    at Array.map (<anonymous>)',
  'Error: at /srv/x.ts:1:1',
  '    at eval (eval at <anonymous> (/a.js:1:1), <anonymous>:1:1)',
])('%j is no place in a file', (frame) => {
  expect(placeOfFrame(frame)).toBeUndefined()
})
