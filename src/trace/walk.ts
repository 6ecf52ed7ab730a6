import type { Model } from '../model/model.js'
import { type EnabledStep, Stepper } from '../model/stepper.js'
import { SpecError } from '../spec/spec-error.js'
import { type Json, toJson } from '../values/json.js'
import type { Step } from './counterexample.js'

/** A behaviour to run: a counterexample, or anything with its steps; without `initial` it begins in the first initial state. */
export interface Trace {
  readonly initial?: Json
  readonly steps: readonly Pick<Step, 'action' | 'args' | 'outcome'>[]
}

/** Thrown where a step is not enabled when it is due. */
export class StepNotEnabled extends SpecError {
  /** Of the step, 1 for the first. */
  readonly index: number

  constructor(index: number, message: string, hint: string) {
    super(message, { hint })
    this.index = index
  }
}

/** What looks on while a behaviour is run. States are those that the model keeps, decoded. */
export interface WalkObserver {
  /**
   * @param index - 0 for the initial state.
   * @param state - also in the first frame.
   * @param enabled - `null` in the last state where asking for it throws: no search went on from there.
   */
  atState?(index: number, state: unknown, enabled: readonly EnabledStep[] | null): void
  /**
   * @param index - 1 for the first step.
   * @param before - also in the first frame.
   * @param after - also in the second frame.
   */
  atStep?(index: number, step: EnabledStep, before: unknown, after: unknown): void
}

/**
 * Runs a behaviour step by step with the spec's functions, and ends with its last state in the first frame.
 *
 * @throws SpecError when it begins in no initial state, or a step does not have the outcome that it names; `StepNotEnabled` when a step is not enabled where it is due; the hint lists the steps that are.
 */
export function walk(model: Model, trace: Trace, observers: readonly WalkObserver[]): void {
  const { vector } = model
  const stepper = new Stepper(model)
  vector.load(initialState(model, trace.initial))
  let before = vector.decode(0)
  trace.steps.forEach((wanted, at) => {
    const enabled = stepper.enabled()
    for (const observer of observers) observer.atState?.(at, before, enabled)
    const step = pick(model, enabled, wanted, at + 1)
    stepper.take(step)
    const after = vector.decode(1)
    for (const observer of observers) observer.atStep?.(at + 1, step, before, after)
    before = after
    stepper.advance()
  })
  const enabled = enabledOrNull(stepper)
  for (const observer of observers) observer.atState?.(trace.steps.length, before, enabled)
}

function enabledOrNull(stepper: Stepper): readonly EnabledStep[] | null {
  try {
    return stepper.enabled()
  } catch (error) {
    if (error instanceof SpecError) return null
    throw error
  }
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
      hint: 'replay it with the parameters, the mutant and the fault budgets that it was found with',
    })
  return found
}

function pick(model: Model, enabled: readonly EnabledStep[], wanted: Trace['steps'][number], index: number): EnabledStep {
  const labelled = enabled.filter(
    ({ action, transition }) => action.name === wanted.action && sameJson(transition.args.map(toJson), wanted.args),
  )
  const found = labelled.find(({ outcome }) => outcome === (wanted.outcome ?? 0))
  if (found !== undefined) return found
  const step = `step ${index}: ${label(wanted.action, wanted.args)}`
  if (labelled.length > 0)
    throw new SpecError(`${step} has no outcome ${wanted.outcome ?? 0}`, {
      hint: `there it has ${labelled.map(({ outcome }) => outcome).join(', ')}`,
    })
  const names = [...new Set(enabled.map(({ action, transition }) => label(action.name, transition.args.map(toJson))))]
  const actions = model.actions.map(({ name }) => name)
  throw new StepNotEnabled(
    index,
    `${step} is not enabled${actions.includes(wanted.action) ? '' : `: there is no action '${wanted.action}'`}`,
    names.length === 0 ? 'nothing is enabled there' : `enabled there: ${names.slice(0, 20).join(', ')}`,
  )
}

function label(action: string, args: readonly Json[]): string {
  return `${action}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`
}

/** `toJson` gives keys in canonical order, but a trace may have been through other hands. */
export function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a, sortedKeys) === JSON.stringify(b, sortedKeys)
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
