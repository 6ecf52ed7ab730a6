import { fc, test } from '@fast-check/vitest'
import { expect, it } from 'vitest'
import { dropLaterRepeatedRows, dropRepeatedRows, hasAscendingRanks, sortRows } from '../../../src/values/tuple-order.js'

/** Ranks that turn the order of the words around, but for every fourth word, which all share one. */
const ranks = Int32Array.from({ length: 41 }, (_, word) => (word % 4 === 0 ? 0 : 20 - word))
const byRank = (a: number, b: number) => (ranks[a] as number) - (ranks[b] as number) || a - b

const words = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 300, size: 'max' })

test.prop([words])(
  'single words end in the order of their ranks, those of one rank ascending, and neighbours are left alone',
  (unsorted) => {
    const stack = Int32Array.from([99, ...unsorted, -1])
    sortRows(stack, 1, unsorted.length, 1, ranks)
    expect([...stack]).toEqual([99, ...unsorted.toSorted(byRank), -1])
  },
)

test.prop([words])('pairs stay together', (unsorted) => {
  const keys = [...new Set(unsorted)]
  const stack = Int32Array.from(keys.flatMap((key) => [key, key * 10]))
  sortRows(stack, 0, keys.length, 2, ranks)
  expect([...stack]).toEqual(keys.sort(byRank).flatMap((key) => [key, key * 10]))
})

it('ranks ascend only where no two are equal', () => {
  expect(hasAscendingRanks(Int32Array.from([99, 3, 7, 2, 7, 1, 7]), 1, 3, 2, ranks)).toBe(true)
  expect(hasAscendingRanks(Int32Array.from([99, 3, 7, 1, 7, 2, 7]), 1, 3, 2, ranks)).toBe(false)
  expect(hasAscendingRanks(Int32Array.from([3, 4, 8]), 0, 3, 1, ranks)).toBe(false)
})

it('repeated rows are dropped, from sorted rows and from ordered ones', () => {
  const sorted = Int32Array.from([1, 1, 2, 3, 3])
  expect(dropRepeatedRows(sorted, 0, 5, 1)).toBe(3)
  expect([...sorted.subarray(0, 3)]).toEqual([1, 2, 3])
  const ordered = Int32Array.from([3, 1, 3, 2, 1])
  expect(dropLaterRepeatedRows(ordered, 0, 5, 1)).toBe(3)
  expect([...ordered.subarray(0, 3)]).toEqual([3, 1, 2])
})

it('two values under one key are not taken for a repetition', () => {
  expect(dropRepeatedRows(Int32Array.from([1, 5, 1, 6]), 0, 2, 2)).toBe(-1)
  expect(dropLaterRepeatedRows(Int32Array.from([1, 5, 2, 5, 1, 6]), 0, 3, 2)).toBe(-1)
})
