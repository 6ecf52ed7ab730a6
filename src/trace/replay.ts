import { allAsValues, compile, type Model } from '../model/model.js'
import { withTraps } from '../model/purity.js'
import { type EnabledStep, Stepper } from '../model/stepper.js'
import type { Spec } from '../spec/spec.js'
import { SpecError } from '../spec/spec-error.js'
import { type Json, toJson } from '../values/json.js'
import type { Step } from './counterexample.js'
import type { RunOptions } from './explore.js'
import { stepOf } from './rebuild.js'

/** A behaviour to replay: a counterexample, or anything with its steps; without `initial` it begins in the first initial state. */
export interface Trace {
  readonly initial?: Json
  readonly steps: readonly Pick<Step, 'action' | 'args' | 'outcome'>[]
}

/** A behaviour run again. */
export interface Replay<S> {
  /** The states along the way, as properties see them: one more than there are steps. */
  readonly states: readonly S[]
  readonly steps: readonly Step[]
  /** For every invariant, `sometimes` and goal, whether it is true in each state; for every transition property, of each step. */
  readonly properties: readonly { readonly name: string; readonly truth: readonly boolean[] }[]
}

/**
 * Runs a behaviour again, step by step, with the spec's functions.
 *
 * @param spec - the spec, with the parameters and mutant that the trace was found with.
 * @param trace - a counterexample or witness of a result, or steps written by hand: `{ steps: [{ action: 'tmAbort', args: [] }] }`.
 * @param options.faults - the budgets of faults that the trace was found with, when they were not the spec's own.
 * @returns the states and the truth of every property along the way.
 * @throws SpecError when a step is not enabled where it is due; the hint lists the steps that are.
 */
export function replay<S>(spec: Spec<unknown, string, string, S>, trace: Trace, { faults }: RunOptions = {}): Replay<S> {
  return withTraps(() => run(compile(spec, allAsValues, faults), trace)) as Replay<S>
}

function run(model: Model, trace: Trace): Replay<unknown> {
  const { vector } = model
  const stepper = new Stepper(model)
  vector.load(initialState(model, trace.initial))
  const { world } = model.source
  const states = [world(vector.decode(0))]
  let before = vector.decode(0)
  const steps: Step[] = []
  const truths = new Map<string, boolean[]>()
  const note = (name: string, truth: unknown): void => {
    truths.set(name, [...(truths.get(name) ?? []), truth === true])
  }
  const noteState = (): void => {
    for (const { predicate, run } of [...model.invariants, ...model.sometimes, ...model.alwaysPossible])
      note(predicate.name, run())
  }
  noteState()
  for (const wanted of trace.steps) {
    const step = pick(stepper.enabled(), wanted, steps.length + 1)
    stepper.take(step)
    const label = { action: step.action.name, args: step.transition.args }
    for (const { predicate, run } of model.transitions) note(predicate.name, run(label))
    const after = vector.decode(1)
    steps.push(stepOf(model, step, steps.length + 1, before, after))
    states.push(world(after))
    before = after
    stepper.advance()
    noteState()
  }
  return { states, steps, properties: [...truths].map(([name, truth]) => ({ name, truth })) }
}

function initialState(model: Model, wanted: Json | undefined): unknown {
  if (wanted === undefined) return model.initialStates[0]
  const { vector } = model
  const found = model.initialStates.find((state) => {
    vector.load(state)
    return sameJson(toJson(model.source.display(vector.decode(0))), wanted)
  })
  if (found === undefined)
    throw new SpecError('the trace begins in a state that is not an initial state of the spec', {
      state: wanted,
      hint: 'replay it with the parameters and the mutant that it was found with',
    })
  return found
}

function pick(enabled: readonly EnabledStep[], wanted: Trace['steps'][number], index: number): EnabledStep {
  const labelled = enabled.filter(
    ({ action, transition }) => action.name === wanted.action && sameJson(transition.args.map(toJson), wanted.args),
  )
  const found = labelled.find(({ outcome }) => outcome === (wanted.outcome ?? 0))
  if (found !== undefined) return found
  const names = [...new Set(enabled.map(({ action, transition }) => label(action.name, transition.args.map(toJson))))]
  throw new SpecError(`step ${index}: ${label(wanted.action, wanted.args)} is not enabled`, {
    hint: names.length === 0 ? 'nothing is enabled there' : `enabled there: ${names.slice(0, 20).join(', ')}`,
  })
}

function label(action: string, args: readonly Json[]): string {
  return `${action}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`
}

/** `toJson` gives keys in canonical order, but a trace may have been through other hands. */
function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a, sortedKeys) === JSON.stringify(b, sortedKeys)
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
