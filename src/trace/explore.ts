import { allAsValues, compile } from '../model/model.js'
import { withTraps } from '../model/purity.js'
import { Stepper } from '../model/stepper.js'
import type { Spec } from '../spec/spec.js'

/** A step that a state enables, and where it leads. */
export interface EnabledStepView<S> {
  readonly action: string
  /** The elements chosen by `choose`, outermost first. */
  readonly args: readonly unknown[]
  /** Which of several outcomes of the same action and arguments, from 0. */
  readonly outcome: number
  /** The next state. */
  readonly state: S
}

/** A spec to look around in, step by step. */
export interface Exploration<S> {
  readonly initial: readonly S[]
  /**
   * The steps that a state enables, in the order of the actions.
   *
   * @throws SpecError when the state does not have the fields of the initial states, or an action throws.
   */
  enabled(state: S): readonly EnabledStepView<S>[]
}

/**
 * Opens a spec for looking around: its initial states, and the steps enabled in a state.
 *
 * @example
 * const { initial, enabled } = explore(twoPhaseCommit)
 * enabled(initial[0]).map((step) => step.action)
 */
export function explore<S>(spec: Spec<unknown, string, string, S>): Exploration<S> {
  const model = withTraps(() => compile(spec, allAsValues))
  const { vector } = model
  const stepper = new Stepper(model)
  const initial = model.initialStates.map((state) => {
    vector.load(state)
    return vector.decode(0) as S
  })
  const enabled = (state: S): readonly EnabledStepView<S>[] =>
    withTraps(() => {
      vector.load(state)
      return stepper.enabled().map((step) => {
        stepper.take(step)
        return { action: step.action.name, args: step.transition.args, outcome: step.outcome, state: vector.decode(1) as S }
      })
    })
  return { initial, enabled }
}
