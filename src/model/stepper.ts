import { Effects } from './effects.js'
import { branchTransitions, evaluate } from './evaluation.js'
import type { Model } from './model.js'
import { applyNetworkEffects } from './network-effects.js'
import type { Writes } from './patch-encoder.js'
import type { ActionModel, Transition } from './transition.js'

/** An enabled step of a state. */
export interface EnabledStep {
  readonly action: ActionModel
  readonly transition: Transition
  /** Which of the outcomes of the same action and arguments, and how many there are. */
  readonly outcome: number
  readonly outcomes: number
  readonly writes: Writes
}

/** Takes steps one by one, running the spec's functions afresh: for traces and for looking around, not for searching. */
export class Stepper {
  readonly #model: Model
  readonly #effects: Effects

  constructor(model: Model) {
    this.#model = model
    this.#effects = new Effects(model.vector)
  }

  /** The enabled steps of the state in the first frame, in the order of the actions. */
  enabled(): EnabledStep[] {
    const { actions, vector } = this.#model
    const steps: EnabledStep[] = []
    for (const action of actions) if (action.waitsFor === 'nothing') this.#collect(action, action.start, steps)
    // As in the search: what waits for quiet does so for steps of the protocol, not for faults.
    const isIdle = !steps.some(({ action }) => action.fault === null)
    const isQuiet = !steps.some(({ action }) => action.delivers)
    for (const action of actions)
      if ((action.waitsFor === 'messages' && isQuiet) || (action.waitsFor === 'all' && isIdle))
        this.#collect(action, action.start, steps)
    steps.sort((a, b) => actions.indexOf(a.action) - actions.indexOf(b.action))
    vector.layOut()
    return steps
  }

  /** The enabled step with this action, these arguments and this outcome, or `undefined`: as {@link enabled}, without looking at others. */
  find(action: ActionModel, args: readonly unknown[], outcome: number): EnabledStep | undefined {
    const { interner } = this.#model.vector
    const wanted = args.map((arg) => interner.idOf(arg))
    const isWanted = ({ args: own }: Transition) => own.every((arg, index) => interner.idOf(arg) === wanted[index])
    const steps: EnabledStep[] = []
    if (action.waitsFor !== 'nothing') steps.push(...this.enabled())
    else this.#collect(action, action.start, steps, isWanted)
    this.#model.vector.layOut()
    return steps.find(
      (step) =>
        step.action === action &&
        step.outcome === outcome &&
        step.transition.args.length === args.length &&
        isWanted(step.transition),
    )
  }

  /** Puts the state that `step` leads to from the state in the first frame into the second. */
  take(step: EnabledStep): void {
    const { vector } = this.#model
    const leaf = this.#effects.add([step.writes])
    do {
      vector.layOut()
      this.#effects.relocate()
    } while (!this.#apply(this.#effects.startOf(leaf) + 1))
    this.#effects.dropLast()
  }

  #apply(at: number): boolean {
    const { vector } = this.#model
    const { masks } = this.#effects
    const { frames, words } = vector
    frames.copyWithin(words, 0, words)
    const touchesEnd = at + 2 + 3 * (masks[at] as number)
    for (let touch = at + 2; touch < touchesEnd; touch += 3) {
      const target = words + (masks[touch] as number)
      frames[target] = ((frames[target] as number) & (masks[touch + 1] as number)) | (masks[touch + 2] as number)
    }
    return applyNetworkEffects(vector, frames, words, masks, touchesEnd, masks[at + 1] as number)
  }

  /** Makes the state in the second frame the present one. */
  advance(): void {
    const { frames, words } = this.#model.vector
    frames.copyWithin(0, words, 2 * words)
  }

  #collect(
    action: ActionModel,
    transition: Transition,
    steps: EnabledStep[],
    isWanted: (branch: Transition) => boolean = () => true,
  ): void {
    const { vector } = this.#model
    const { outcomes, branches } = evaluate(vector, action, transition)
    outcomes.forEach((writes, outcome) => {
      steps.push({ action, transition, outcome, outcomes: outcomes.length, writes })
    })
    if (branches !== null)
      for (const branch of branchTransitions(vector, transition, branches))
        if (isWanted(branch)) this.#collect(action, branch, steps, isWanted)
  }
}
