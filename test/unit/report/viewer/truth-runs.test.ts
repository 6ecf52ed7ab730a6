import { expect, test } from 'vitest'
import { truthAt, truthRuns, truthText } from '../../../../src/report/viewer/truth-runs.js'
import type { PropertyTruth } from '../../../../src/trace/annotation.js'

const property = (kind: PropertyTruth['kind'], truth: readonly boolean[]): PropertyTruth => ({
  name: 'p',
  kind,
  truth,
  because: truth.map((isTrue) => (isTrue ? null : 'broken')),
  site: null,
})

test('states in a row that are alike are one run', () => {
  expect(truthRuns(property('invariant', [true, true, false, true]))).toEqual([
    { from: 0, to: 1, isTrue: true },
    { from: 2, to: 2, isTrue: false },
    { from: 3, to: 3, isTrue: true },
  ])
  expect(truthRuns(property('invariant', []))).toEqual([])
})

test('a transition property is told by the steps, so the first that it can be false of is 1', () => {
  const appendOnly = property('transition', [true, false])
  expect(truthRuns(appendOnly)).toEqual([
    { from: 1, to: 1, isTrue: true },
    { from: 2, to: 2, isTrue: false },
  ])
  expect(truthText(appendOnly)).toBe('true of step 1, false of step 2')
  expect(truthAt(appendOnly, 0)).toBeUndefined()
  expect(truthAt(appendOnly, 2)).toEqual({ isTrue: false, because: 'broken' })
})

test('the runs in words', () => {
  expect(truthText(property('invariant', [true, true, false]))).toBe('true in states 0 to 1, false in state 2')
})

test('of a state the reason is its own', () => {
  const invariant = property('invariant', [false, true])
  expect(truthAt(invariant, 0)).toEqual({ isTrue: false, because: 'broken' })
  expect(truthAt(invariant, 1)).toEqual({ isTrue: true, because: null })
})
