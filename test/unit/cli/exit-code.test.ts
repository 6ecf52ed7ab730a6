import { expect, test } from 'vitest'
import type { Result } from '../../../src/check/result.js'
import { exitCodeOf, worst } from '../../../src/cli/exit-code.js'

/** Only what decides the exit code is of interest here. */
const ending = (verdict: Result['verdict'], limit: Result['limit']): Result => ({
  schema: 'faultline.result/1',
  spec: 'x',
  file: null,
  mutant: null,
  parameters: {},
  faults: { budget: {}, overrides: null, minimize: 'faults', explored: [], breaks: null },
  verdict,
  limit,
  states: { distinct: 1, generated: 1, depth: 0, queue: 0 },
  seconds: 0,
  peakBytes: 0,
  properties: [],
  coverage: { actions: {}, neverFired: [], constraints: {}, parts: {} },
  counterexamples: [],
  witnesses: [],
  engine: { wordsPerState: 1, learnedHits: 0, functionRuns: 0, userCodeShare: 0, leftOut: 0, direct: [] },
})

test('each end has its code', () => {
  expect(exitCodeOf(ending('holds', null), {})).toBe(0)
  expect(exitCodeOf(ending('violated', null), {})).toBe(1)
  expect(exitCodeOf(ending('incomplete', 'memory'), {})).toBe(3)
  expect(exitCodeOf(ending('incomplete', 'interrupt'), {})).toBe(130)
})

test('a limit is as asked only when that very limit was', () => {
  expect(exitCodeOf(ending('incomplete', 'memory'), { maxBytes: 1e9 })).toBe(0)
  expect(exitCodeOf(ending('incomplete', 'memory'), { maxStates: 10 })).toBe(3)
})

test('a violation within a limit is a violation', () => {
  expect(exitCodeOf(ending('violated', 'states'), { maxStates: 10 })).toBe(1)
})

test('of several the worst is the code: an error, then a violation, then incomplete', () => {
  expect(worst([0, 3, 1, 2])).toBe(2)
  expect(worst([0, 3, 1])).toBe(1)
  expect(worst([3, 0])).toBe(3)
})

test('a run that checked nothing did not succeed', () => {
  expect(worst([])).toBe(2)
})
