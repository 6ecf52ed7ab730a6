import { describe, expect, test } from 'vitest'
import { judgeHolds, judgeReached, judgeViolated, withinLimitsAsked } from '../../../src/check/expectations.js'
import type { Limit } from '../../../src/check/result.js'
import { deadlock, holds, incomplete, transition, unreached, violated } from '../report/fixtures.js'

const asked = { states: { maxStates: 1 }, depth: { maxDepth: 0 }, time: { maxSeconds: 1 }, memory: { maxBytes: 1 } }
const limits = Object.keys(asked) as (keyof typeof asked)[]

describe('a limit', () => {
  test.each(limits)('on %s is within what was asked for only when the options set that one', (limit) => {
    expect(withinLimitsAsked({ limit }, asked[limit])).toBe(true)
    expect(withinLimitsAsked({ limit }, {})).toBe(false)
    for (const other of limits) if (other !== limit) expect(withinLimitsAsked({ limit }, asked[other])).toBe(false)
  })

  test.each([null, 'interrupt'] satisfies (Limit | null)[])('%s is never asked for', (limit) => {
    expect(withinLimitsAsked({ limit }, { maxStates: 1, maxDepth: 1, maxSeconds: 1, maxBytes: 1 })).toBe(false)
  })
})

describe('does it hold?', () => {
  test.each([
    ['yes', holds, {}],
    ['no', violated, {}],
    ['no', unreached, {}],
    ['undecided', incomplete, {}],
    ['undecided', incomplete, { maxStates: 9 }],
    ['yes', incomplete, { maxBytes: 9 }],
  ] as const)('%s', (answer, result, options) => {
    expect(judgeHolds(result, options).answer).toBe(answer)
  })

  test('tells the properties that are violated from those unreached', () => {
    expect(judgeHolds(transition).found).toBe('it is violated: termGrows, fresh')
    expect(judgeHolds(unreached).found).toBe('it is violated: allCommitted (unreached)')
  })
})

describe('is it violated?', () => {
  test('with the length and the faults expected', () => {
    expect(judgeViolated(deadlock, 'deadlock', { steps: 2, faults: 1 }).answer).toBe('yes')
    expect(judgeViolated(deadlock, 'deadlock', { steps: 2, faults: 0 }).answer).toBe('no')
    expect(judgeViolated(deadlock, 'deadlock', { steps: 1 })).toEqual({
      answer: 'no',
      found: "the shortest counterexample to 'deadlock' has 2 steps and 1 fault",
    })
  })

  test('is undecided while the search has not come to an end, unless that end was asked for', () => {
    expect(judgeViolated(incomplete, 'consistent').answer).toBe('undecided')
    expect(judgeViolated(incomplete, 'consistent', {}, { maxBytes: 1 }).answer).toBe('no')
    expect(judgeViolated(violated, 'deadlock').answer).toBe('undecided')
  })

  test('is no for a property that was not checked', () => {
    expect(judgeViolated(holds, 'other')).toEqual({ answer: 'no', found: "'other' was not checked" })
  })
})

describe('is it reached?', () => {
  test('in as many steps as the shortest behaviour to it has', () => {
    expect(judgeReached(holds, 'allCommitted', { steps: 11 }).answer).toBe('yes')
    expect(judgeReached(holds, 'allCommitted', { steps: 12 }).answer).toBe('no')
  })

  test('no, undecided, or nothing to be reached', () => {
    expect(judgeReached(unreached, 'allCommitted').answer).toBe('no')
    expect(judgeReached(incomplete, 'allCommitted').answer).toBe('undecided')
    expect(judgeReached(incomplete, 'allCommitted', {}, { maxBytes: 1 }).answer).toBe('no')
    expect(judgeReached(holds, 'consistent').answer).toBe('no')
  })
})
