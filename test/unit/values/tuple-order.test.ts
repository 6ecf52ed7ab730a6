import { fc, test } from '@fast-check/vitest'
import { expect, it } from 'vitest'
import { dropLaterRepeatedRows, dropRepeatedRows, sortRows } from '../../../src/values/tuple-order.js'

const words = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 300, size: 'max' })

test.prop([words])('single words end in ascending order, and neighbours are left alone', (unsorted) => {
  const stack = Int32Array.from([99, ...unsorted, -1])
  sortRows(stack, 1, unsorted.length, 1)
  expect([...stack]).toEqual([99, ...unsorted.toSorted((a, b) => a - b), -1])
})

test.prop([words])('pairs stay together', (unsorted) => {
  const keys = [...new Set(unsorted)]
  const stack = Int32Array.from(keys.flatMap((key) => [key, key * 10]))
  sortRows(stack, 0, keys.length, 2)
  expect([...stack]).toEqual(keys.sort((a, b) => a - b).flatMap((key) => [key, key * 10]))
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
