import { expect, test } from 'vitest'
import { LateSegmenter } from '../../../src/cli/late-segmenter.js'

test('cuts text as the segmenter does that it stands for', () => {
  const text = 'a👩‍👩‍👧e\u0301'
  expect([...new LateSegmenter('en').segment(text)]).toEqual([...new Intl.Segmenter('en').segment(text)])
})

test('makes the segmenter when it is first used, with what it was given', () => {
  expect(() => new LateSegmenter('no such locale')).not.toThrow()
  expect(() => new LateSegmenter('no such locale').segment('a')).toThrow(RangeError)
})
