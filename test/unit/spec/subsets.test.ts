import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { subsets } from '../../../src/spec/subsets.js'

describe('subsets', () => {
  test('of two are all pairs, in the order of the elements', () => {
    expect(subsets(['a', 'b', 'c'], 2)).toEqual([
      ['a', 'b'],
      ['a', 'c'],
      ['b', 'c'],
    ])
  })
  test('of none are one, the empty one, and there are none larger than the whole', () => {
    expect(subsets(['a', 'b'], 0)).toEqual([[]])
    expect(subsets(['a', 'b'], 3)).toEqual([])
  })
  test('of any size are all of them, each once', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(), { maxLength: 7 }), (elements) => {
        const all = subsets(elements)
        expect(all).toHaveLength(2 ** elements.length)
        expect(new Set(all.map((subset) => subset.join())).size).toBe(all.length)
        for (const subset of all) expect(elements.filter((element) => subset.includes(element))).toEqual(subset)
      }),
    )
  })
  test.each([-1, 1.5, Number.NaN])('of size %d are refused', (size) => {
    expect(() => subsets(['a'], size)).toThrow(
      new RangeError(`subsets(..., ${size}): the size must be a whole number, 0 or more`),
    )
  })
})
