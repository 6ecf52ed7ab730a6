import { allAsValues, compile } from '../model/model.js'
import { withTraps } from '../model/purity.js'
import type { EnabledStep } from '../model/stepper.js'
import type { FaultOverrides } from '../spec/protocol-network.js'
import type { Spec } from '../spec/spec.js'
import type { Step } from './counterexample.js'
import type { RunOptions } from './explore.js'
import { PropertyTruths } from './property-truths.js'
import { stepOf } from './rebuild.js'
import { walkOf } from './step-not-enabled.js'
import type { Trace } from './walk.js'

/** A behaviour run again. */
export interface Replay<S> {
  /** The states along the way, as properties see them: one more than there are steps. */
  readonly states: readonly S[]
  readonly steps: readonly Step[]
  /**
   * For every invariant, `sometimes` and goal, whether it is true in each state; for every transition property, of each step. One that throws is not
   * true: a search may have had no need to ask it there.
   */
  readonly properties: readonly { readonly name: string; readonly truth: readonly boolean[] }[]
}

/**
 * Runs a behaviour again, step by step, with the spec's functions.
 *
 * @param spec - the spec, with the parameters and mutant that the trace was found with.
 * @param trace - a counterexample or witness of a result, or steps written by hand: `{ steps: [{ action: 'tmAbort', args: [] }] }`.
 * @param options.faults - the budgets of faults that the trace was found with, when they were not the spec's own.
 * @returns the states and the truth of every property along the way.
 * @throws SpecError when a step is not enabled where it is due; the hint lists the steps that are, and what the action looked at.
 */
export function replay<S>(spec: Spec<unknown, string, string, S>, trace: Trace, { faults }: RunOptions = {}): Replay<S> {
  return withTraps(() => run(spec, faults, trace)) as Replay<S>
}

function run(spec: Spec, faults: FaultOverrides | undefined, trace: Trace): Replay<unknown> {
  const model = compile(spec, allAsValues, faults)
  const { world } = model.source
  const states: unknown[] = []
  const steps: Step[] = []
  const truths = new PropertyTruths(model)
  const recorder = {
    atState: (_index: number, state: unknown) => void states.push(world(state)),
    atStep: (index: number, step: EnabledStep, before: unknown, after: unknown) =>
      void steps.push(stepOf(model, step, index, before, after)),
  }
  walkOf(spec, faults, model, trace, [recorder, truths])
  const properties = truths.all(() => null).filter(({ kind }) => kind !== 'deadlock')
  return { states, steps, properties: properties.map(({ name, truth }) => ({ name, truth })) }
}
