import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { Field, packFields } from '../../../src/model/field.js'
import { conversionOf } from '../../../src/model/row-conversion.js'

const fields = fc.array(
  fc.record({
    width: fc.integer({ min: 0, max: 32 }),
    growth: fc.nat({ max: 12 }),
    value: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  }),
  { minLength: 1, maxLength: 30, size: 'max' },
)

const bits = (field: Field, words: Int32Array) => (((words[field.word] as number) >>> field.shift) & field.mask) >>> 0

test.prop([fields, fc.boolean()], { numRuns: 500 })(
  'every field keeps what it holds, wherever the next layout puts it',
  (all, grows) => {
    const own = all.map(({ width }) => {
      const field = new Field(32)
      field.width = width
      return field
    })
    const wordsBefore = packFields(own)
    const from = new Int32Array(1 + wordsBefore)
    const values = own.map((field, index) => {
      const value = field.width === 0 ? 0 : (all[index]?.value ?? 0) >>> (32 - field.width)
      from[1 + field.word] = (from[1 + field.word] as number) | (value << field.shift)
      return value
    })
    const before = own.map(({ word, shift, mask }) => ({ word, shift, mask }))
    own.forEach((field, index) => {
      field.width = Math.min(32, field.width + (grows ? (all[index]?.growth ?? 0) : 0))
    })
    const words = packFields(own)
    const to = new Int32Array(2 + words).fill(-1)
    conversionOf(own, before, words, [])(from, 1, to, 2)
    const row = to.subarray(2)
    expect(own.map((field) => bits(field, row))).toEqual(values)
    // Nothing else is set, or equal states would not have equal words.
    const again = new Int32Array(words)
    own.forEach((field, index) => {
      again[field.word] = (again[field.word] as number) | ((values[index] as number) << field.shift)
    })
    expect([...row]).toEqual([...again])
    expect([...to.subarray(0, 2)]).toEqual([-1, -1])
  },
)
