import { expect, test } from 'vitest'
import { witnessNames } from '../../../../src/report/viewer/witness.js'

test('the witness of an explanation is named, also within a pair or a record', () => {
  expect(witnessNames({ because: 'it is false for p1', witness: 'p1' })).toEqual(new Set(['p1']))
  expect(witnessNames({ because: 'they differ', witness: ['p1', 'p2', 3] })).toEqual(new Set(['p1', 'p2']))
  expect(witnessNames({ because: 'it led', witness: { leader: 'p1', term: 2 } })).toEqual(new Set(['p1']))
})

test('an explanation without a witness names none, whatever else it says', () => {
  expect(witnessNames({ because: 'p1 is down', node: 'p1' })).toEqual(new Set())
  expect(witnessNames('p1')).toEqual(new Set())
  expect(witnessNames(undefined)).toEqual(new Set())
})
