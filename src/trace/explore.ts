import { allAsValues, compile } from '../model/model.js'
import { withTraps } from '../model/purity.js'
import { Stepper } from '../model/stepper.js'
import type { FaultOverrides } from '../spec/protocol-network.js'
import type { Spec } from '../spec/spec.js'
import { SpecError } from '../spec/spec-error.js'

/** A step that a state enables, and where it leads. */
export interface EnabledStepView<S> {
  readonly action: string
  /** The elements chosen by `choose`, outermost first. */
  readonly args: readonly unknown[]
  /** The step in words that a person reads. */
  readonly label: string
  /** The kind of fault that the step is, or `null` for a step of the protocol. */
  readonly fault: string | null
  /** Which of several outcomes of the same action and arguments, from 0. */
  readonly outcome: number
  /** The next state. */
  readonly state: S
}

/** A spec to look around in, step by step. */
export interface Exploration<S> {
  /** The initial states, as properties see them. */
  readonly initial: readonly S[]
  /**
   * The steps that a state enables, in the order of the actions.
   *
   * @param state - of a machine: any state with the fields of the initial ones; of a protocol: a world that came from this exploration.
   * @throws SpecError when it is none, or an action throws.
   */
  enabled(state: S): readonly EnabledStepView<S>[]
}

/** What a behaviour is run under, beside the spec itself. */
export interface RunOptions {
  /** Budgets of faults that replace those of the spec. */
  readonly faults?: FaultOverrides
}

/**
 * Opens a spec for looking around: its initial states, and the steps enabled in a state.
 *
 * @throws SpecError on a mistake in the spec.
 * @example
 * const { initial, enabled } = explore(twoPhaseCommit)
 * enabled(initial[0]).map((step) => step.action)
 */
export function explore<S>(spec: Spec<unknown, string, string, S>, { faults }: RunOptions = {}): Exploration<S> {
  const model = withTraps(() => compile(spec, allAsValues, faults))
  const { vector, source } = model
  const stepper = new Stepper(model)
  /** What the model keeps, by the world that was shown for it. */
  const kept = new WeakMap<object, unknown>()
  const shown = (state: unknown): S => {
    const world = source.world(state)
    if (world !== state) kept.set(world as object, state)
    return world as S
  }
  const initial = model.initialStates.map((state) => {
    vector.load(state)
    return shown(vector.decode(0))
  })
  const enabled = (state: S): readonly EnabledStepView<S>[] =>
    withTraps(() => {
      const known = kept.get(state as object)
      if (known === undefined && kept.has(initial[0] as object))
        throw new SpecError('the state did not come from this exploration', {
          hint: 'begin with one of `initial`, and go on with the `state` of an enabled step',
        })
      vector.load(known ?? state)
      return stepper.enabled().map((step) => {
        stepper.take(step)
        const { action, transition, outcome } = step
        const { label } = source.label(action.name, transition.args)
        return { action: action.name, args: transition.args, label, fault: action.fault, outcome, state: shown(vector.decode(1)) }
      })
    })
  return { initial, enabled }
}
