import type { Model } from '../model/model.js'
import { type EnabledStep, Stepper } from '../model/stepper.js'
import type { Counterexample } from './counterexample.js'
import { isDeadlock, truthOf } from './property-truths.js'
import type { WalkObserver } from './walk.js'

/** Longer behaviours are not tried: the work grows with the square of the length. */
const lengthMax = 200

/**
 * Runs a behaviour again without each of its steps, and tells whether the property is still violated (a `sometimes`: reached). A behaviour that
 * stays within the state constraints must do so without a step too: nobody asked what is beyond them.
 */
export class EssentialSteps implements WalkObserver {
  readonly #model: Model
  readonly #behaviour: Pick<Counterexample, 'property' | 'kind'>
  readonly #states: unknown[] = []
  readonly #taken: EnabledStep[] = []
  /** The first state outside the state constraints. */
  #outsideFrom = Number.POSITIVE_INFINITY

  constructor(model: Model, behaviour: Pick<Counterexample, 'property' | 'kind'>) {
    this.#model = model
    this.#behaviour = behaviour
  }

  atState(index: number, state: unknown): void {
    this.#states[index] = state
    if (this.#isOutside()) this.#outsideFrom = Math.min(this.#outsideFrom, index)
  }

  atStep(_index: number, step: EnabledStep): void {
    this.#taken.push(step)
  }

  /** By step: whether the violation vanishes without it; `null` where that was not tried. */
  all(): readonly (boolean | null)[] {
    // Whether a goal is lost takes a search to say.
    const tried = this.#taken.length <= lengthMax && this.#behaviour.kind !== 'alwaysPossible'
    return this.#taken.map((_, at) => (tried ? !this.#survives(at) : null))
  }

  /** Whether the violation is there without a step, and without those that are then not enabled. */
  #survives(without: number): boolean {
    const { vector } = this.#model
    const stepper = new Stepper(this.#model)
    const end = this.#taken.length
    const staysWithin = this.#behaviour.kind === 'sometimes' ? this.#outsideFrom > end : this.#outsideFrom >= end
    vector.load(this.#states[without])
    if (this.#isBrokenHere(staysWithin)) return true
    for (const { action, transition, outcome } of this.#taken.slice(without + 1)) {
      const step = stepper.find(action, transition.args, outcome)
      if (step === undefined) continue
      // Only a fault leads on from a deadlock.
      if (action.fault !== null && this.#isDeadlockHere(stepper)) return true
      stepper.take(step)
      if (this.#isBrokenBy(step)) return true
      stepper.advance()
      if (this.#isBrokenHere(staysWithin)) return true
      if (staysWithin && this.#isOutside()) return false
    }
    return this.#isDeadlockHere(stepper)
  }

  #isDeadlockHere(stepper: Stepper): boolean {
    return this.#behaviour.kind === 'deadlock' && isDeadlock(this.#model, stepper.enabled())
  }

  #isOutside(): boolean {
    return this.#model.constraints.some(({ run }) => truthOf(run) !== true)
  }

  #isBrokenHere(staysWithin: boolean): boolean {
    const { kind, property } = this.#behaviour
    // As in a search: beyond the constraints an invariant must hold still, and nothing counts as reached.
    if (kind === 'sometimes' && staysWithin && this.#isOutside()) return false
    const { invariants, sometimes } = this.#model
    if (kind !== 'invariant' && kind !== 'sometimes') return false
    const found = [...invariants, ...sometimes].find(({ predicate }) => predicate.name === property)
    return found !== undefined && (truthOf(found.run) === true) === (kind === 'sometimes')
  }

  #isBrokenBy({ action, transition }: EnabledStep): boolean {
    if (this.#behaviour.kind !== 'transition') return false
    const found = this.#model.transitions.find(({ predicate }) => predicate.name === this.#behaviour.property)
    return found !== undefined && truthOf(() => found.run({ action: action.name, args: transition.args })) !== true
  }
}
