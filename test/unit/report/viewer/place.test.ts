import { describe, expect, test } from 'vitest'
import type { ReportData } from '../../../../src/report/html/report-data.js'
import { fragmentOf, placeOf } from '../../../../src/report/viewer/place.js'
import { BehaviourBuilder } from '../../../report/fixtures/behaviour-builder.js'
import { reportOn } from '../../../report/fixtures/every-kind.js'

const two = new BehaviourBuilder(['a']).step('one', 'a').step('two', 'a').build()
const witness = { ...two, role: 'witness' as const }

/** A report of one run for each list of behaviours. */
function reportWith(...runs: readonly ReportData['runs'][number]['behaviours'][]): ReportData {
  const data = reportOn(two)
  const [run] = data.runs
  if (run === undefined) throw new Error('the fixture has no run')
  return {
    ...data,
    runs: runs.map((behaviours) => {
      const verdict = behaviours[0]?.role === 'counterexample' ? 'violated' : 'holds'
      return { ...run, result: { ...run.result, verdict }, behaviours }
    }),
  }
}

describe('an address', () => {
  const report = reportWith([witness], [two, witness])

  test.each([
    ['', { run: 1, behaviour: 0, step: 2 }],
    ['#run=1', { run: 0, behaviour: null, step: 0 }],
    ['#run=1&behaviour=1', { run: 0, behaviour: 0, step: 0 }],
    ['#run=2&behaviour=2&step=1', { run: 1, behaviour: 1, step: 1 }],
    ['#run=2&behaviour=1&step=3', { run: 1, behaviour: 0, step: 2 }],
    ['#run=0&behaviour=-1&step=1.5', { run: 1, behaviour: 0, step: 2 }],
    ['#%&=', { run: 1, behaviour: 0, step: 2 }],
  ])('%s leads to %o', (fragment, place) => {
    expect(placeOf(fragment, report)).toEqual(place)
  })

  test('of a report that only holds leads to the first run as a whole', () => {
    expect(placeOf('', reportWith([witness], []))).toEqual({ run: 0, behaviour: null, step: 0 })
  })

  test('leads back to where it was taken', () => {
    for (const place of [
      { run: 1, behaviour: 1, step: 0 },
      { run: 0, behaviour: null, step: 0 },
    ])
      expect(placeOf(fragmentOf(place), report)).toEqual(place)
  })
})
