import { fc, test as propertyTest } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { Contradiction, DecisionTrees, unknown } from '../../../src/model/decision-trees.js'
import { bitsFor, Field, packFields } from '../../../src/model/field.js'

/** One word per read: read r is all of word r >> 1. */
const wholeWords = () => new DecisionTrees((read, place) => Object.assign(place, { word: read >> 1, shift: 0, mask: 0xffff }))

describe('a decision tree', () => {
  test('knows nothing at first', () => {
    expect(wholeWords().find(unknown, Int32Array.of(1, 2))).toBe(unknown)
  })

  test('finds a leaf again by what was read, whatever else the state holds', () => {
    const trees = wholeWords()
    const root = trees.insert(unknown, [2, 0], Int32Array.of(7, 5, 9), -3)
    expect(trees.find(root, Int32Array.of(7, 5, 1))).toBe(-3)
    expect(trees.find(root, Int32Array.of(8, 5, 1))).toBe(unknown)
    expect(trees.find(root, Int32Array.of(7, 6, 1))).toBe(unknown)
  })

  test('is a leaf where nothing was read', () => {
    const trees = wholeWords()
    expect(trees.find(trees.insert(unknown, [], Int32Array.of(1), -4), Int32Array.of(99))).toBe(-4)
  })

  test('tells a function that reads other fields for the same values', () => {
    const trees = wholeWords()
    const frame = Int32Array.of(1, 2, 3)
    const root = trees.insert(unknown, [0, 2], frame, -2)
    expect(() => trees.insert(root, [2, 0], frame, -2)).toThrow(Contradiction)
    expect(() => trees.insert(root, [0], frame, -2)).toThrow(Contradiction)
  })

  propertyTest.prop([fc.array(fc.tuple(fc.nat(3), fc.nat(70_000), fc.nat(3)), { minLength: 1, maxLength: 300 })])(
    'answers as a table of all that was inserted, with few and with many values per field',
    (states) => {
      const trees = new DecisionTrees((read, place) =>
        Object.assign(place, { word: read >> 1, shift: 0, mask: [3, 0x1ffff, 3][read >> 1] }),
      )
      const table = new Map<string, number>()
      let root = unknown
      for (const [a, b, c] of states) {
        const frame = Int32Array.of(a, b, c)
        // Reads c only where a is odd, as a function with a branch would.
        const reads = a % 2 === 1 ? [0, 2, 4] : [0, 2]
        const key = a % 2 === 1 ? `${a},${b},${c}` : `${a},${b}`
        const known = trees.find(root, frame)
        expect(known).toBe(table.get(key) ?? unknown)
        if (known !== unknown) continue
        const leaf = -2 - table.size
        table.set(key, leaf)
        root = trees.insert(root, reads, frame, leaf)
      }
    },
  )
})

describe('packing fields into words', () => {
  propertyTest.prop([fc.array(fc.integer({ min: 0, max: 31 }), { maxLength: 60 })])(
    'gives every field the bits that it needs, none twice, and no word in vain',
    (widths) => {
      const fields = widths.map((width) => Object.assign(new Field(31), { width }))
      const words = packFields(fields)
      const taken = Array.from({ length: words }, () => 0)
      for (const { width, word, shift, mask } of fields) {
        expect(mask >>> 0).toBeGreaterThanOrEqual(2 ** width - 1)
        if (mask === 0) continue
        const bits = 32 - Math.clz32(mask)
        expect(shift + bits).toBeLessThanOrEqual(32)
        const run = mask << shift
        expect((taken[word] ?? 0) & run).toBe(0)
        taken[word] = (taken[word] ?? 0) | run
      }
      const needed = widths.reduce((sum, width) => sum + width, 0)
      expect(words).toBeLessThanOrEqual(Math.max(1, Math.ceil(needed / 16)))
    },
  )

  test('so many bits tell so many values apart', () => {
    expect([0, 1, 2, 3, 4, 5, 256, 257].map(bitsFor)).toEqual([0, 0, 1, 2, 2, 3, 8, 9])
  })
})
