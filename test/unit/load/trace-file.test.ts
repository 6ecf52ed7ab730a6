import { describe, expect, test } from 'vitest'
import { parseTrace } from '../../../src/load/trace-file.js'
import type { SpecError } from '../../../src/spec/spec-error.js'

const step = { action: 'enter', args: ['p1'] }

describe('a trace is read from', () => {
  test('steps written by hand, whose arguments may be left out', () => {
    expect(parseTrace('{ "steps": [{ "action": "tick" }] }', 'trace.json')).toEqual({
      trace: { steps: [{ action: 'tick', args: [] }] },
      property: undefined,
      origin: undefined,
    })
  })

  test('a file that begins with a byte order mark', () => {
    expect(parseTrace('\ufeff{ "steps": [] }', 'trace.json').trace).toEqual({ steps: [] })
  })

  test('a counterexample, with where it begins and what it is about', () => {
    const text = JSON.stringify({
      property: 'exclusion',
      initial: { n: 0 },
      steps: [{ ...step, outcome: 1, index: 1, label: 'enter(p1)' }],
    })
    expect(parseTrace(text, 'trace.json')).toEqual({
      trace: { initial: { n: 0 }, steps: [{ ...step, outcome: 1 }] },
      property: 'exclusion',
      origin: undefined,
    })
  })

  const result = {
    schema: 'faultline.result/1',
    spec: 'mutex',
    mutant: 'noLock',
    parameters: { processes: 2 },
    faults: { budget: {}, overrides: { crash: 1 } },
    counterexamples: [{ property: 'exclusion', steps: [step] }],
    witnesses: [{ property: 'entered', steps: [] }],
  }

  test('a result: its first counterexample, and how it was found', () => {
    const { trace, property, origin } = parseTrace(JSON.stringify(result), 'result.json')
    expect([trace.steps, property]).toEqual([[step], 'exclusion'])
    expect(origin).toEqual({ spec: 'mutex', mutant: 'noLock', parameters: { processes: 2 }, faults: { crash: 1 } })
  })

  test('several results: a counterexample of any before a witness', () => {
    const results = [
      { ...result, mutant: null, counterexamples: [], witnesses: [{ property: 'entered', steps: [] }] },
      { ...result, counterexamples: [{ property: 'exclusion', steps: [step] }] },
    ]
    expect(parseTrace(JSON.stringify(results), 'stdin').property).toBe('exclusion')
    expect(parseTrace(JSON.stringify(results.slice(0, 1)), 'stdin').property).toBe('entered')
  })

  test('one of several results: the first behaviour to the property that is asked for', () => {
    const { trace, property } = parseTrace(
      JSON.stringify([{ ...result, counterexamples: [] }, result]),
      'results.json',
      'entered',
    )
    expect([trace.steps, property]).toEqual([[], 'entered'])
  })
})

describe('what holds no trace is refused, with what to do:', () => {
  const errorOf = (text: string, property?: string) => {
    try {
      parseTrace(text, 'trace.json', property)
    } catch (error) {
      const { message, hint } = error as SpecError
      return { message, hint }
    }
    throw new Error('it is refused')
  }

  test.each([
    ['', 'trace.json is empty'],
    ['{"steps"', 'trace.json is not JSON: '],
    ['42', 'trace.json holds no trace: it has no `steps`'],
    ['{ "steps": {} }', 'trace.json holds no trace: it has no `steps`'],
    ['{ "steps": [7] }', 'step 1 of trace.json is not an object'],
    ['{ "steps": [{ "action": "a" }, {}] }', 'step 2 of trace.json has no `action`'],
    ['{ "steps": [{ "action": "a", "args": "p1" }] }', 'step 1 of trace.json has `args` that are not an array'],
    ['{ "steps": [{ "action": "a", "outcome": "1" }] }', 'step 1 of trace.json has an `outcome` that is not a number'],
    ['{ "schema": "faultline.result/1" }', 'trace.json is a result without any behaviour'],
  ])('%s', (text, message) => {
    const error = errorOf(text)
    expect(error.message).toContain(message)
    expect(error.hint).toMatch(/"action"|trace\.json/)
  })

  test('a result without a behaviour to the property that is asked for', () => {
    expect(errorOf('{ "schema": "faultline.result/1" }', 'bounded').message).toBe(
      'trace.json is a result without a behaviour to bounded',
    )
  })
})
