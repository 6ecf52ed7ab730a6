import { expect, test } from 'vitest'
import { pastOf } from '../../../../../src/report/viewer/diagram/past.js'
import { BehaviourBuilder } from '../../../../report/fixtures/behaviour-builder.js'

const behaviour = new BehaviourBuilder(['a', 'b', 'c'], null)
  .step('one', 'a')
  .step('two', 'b')
  .step('three', 'a', [], [1])
  .step('four', 'c', [], [2])
  .step('five', 'a', [], [1, 3])
  .build()

test('the past of a step is what it needed, and what that needed', () => {
  expect(pastOf(behaviour, 5)).toEqual([1, 3])
  expect(pastOf(behaviour, 4)).toEqual([2])
})

test('a step that needed nothing, and the initial state, have no past', () => {
  expect(pastOf(behaviour, 1)).toEqual([])
  expect(pastOf(behaviour, 0)).toEqual([])
})
