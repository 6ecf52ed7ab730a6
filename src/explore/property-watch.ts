import type { Footprints } from '../model/footprints.js'
import type { Model, StatePredicate } from '../model/model.js'
import type { PropertyKind } from '../model/property-kind.js'
import type { ActionModel, Transition } from '../model/transition.js'
import type { BreakingBudgets } from './breaking-budgets.js'
import type { SuccessorBatch } from './successor-batch.js'

/** Where a property was found false, or a `sometimes` true. */
export interface Finding {
  readonly kind: PropertyKind
  readonly property: string
  /** Index of the state; for a transition property, of the state before the step. */
  readonly state: number
  /** The least number of faults that it takes, where behaviours with fewer come first; else 0. */
  readonly faults: number
  /** Length of the behaviour in steps. */
  readonly length: number
}

/** Evaluates the properties of a model on the states and steps that a search finds, and keeps the first finding for each. */
export class PropertyWatch {
  readonly violations = new Map<string, Finding>()
  readonly witnesses = new Map<string, Finding>()
  /** Distinct states outside each state constraint. */
  readonly outside = new Map<string, number>()
  /** The number of faults of the behaviours that are being watched. */
  layer = 0
  readonly #model: Model
  #openInvariants: readonly StatePredicate[]
  #openSometimes: readonly StatePredicate[]
  /** Violated, and evaluated all the same where fewer faults of some kind may violate them too. */
  #broken: readonly StatePredicate[] = []
  readonly #budgets: BreakingBudgets | null
  readonly #unreachable: ReadonlySet<string>
  readonly #footprints: Footprints | null
  /** What the properties read that are evaluated on states, as a mask; and whether they may read more. */
  readonly #reads = new Int32Array(2)
  #mayReadMore = true

  /**
   * @param footprints - of the steps that lead to the states; `null` to evaluate all properties on every state.
   * @param unreachable - each `sometimes` that is violated when it is reached.
   * @param budgets - where to note the budgets that break properties, for a search that goes on after violations.
   */
  constructor(
    model: Model,
    footprints: Footprints | null,
    unreachable: ReadonlySet<string> = new Set(),
    budgets: BreakingBudgets | null = null,
  ) {
    this.#model = model
    this.#footprints = footprints
    this.#budgets = budgets
    this.#unreachable = unreachable
    this.#openInvariants = model.invariants
    this.#openSometimes = model.sometimes
    for (const { predicate } of model.constraints) this.outside.set(predicate.name, 0)
  }

  /** Whether anything is left to be evaluated on states. */
  get watchesStates(): boolean {
    const { constraints } = this.#model
    return constraints.length + this.#openInvariants.length + this.#openSometimes.length + this.#broken.length > 0
  }

  /** Whether a deadlock would be a violation, and none was found yet. */
  get awaitsDeadlock(): boolean {
    return this.#model.terminal !== true && (this.#budgets !== null || !this.violations.has('deadlock'))
  }

  /**
   * Whether a step leaves everything that properties read as it is. Then they need not be evaluated on the state that it leads to: in the state that it is
   * taken from all that are evaluated were as they are to be, or they would not be evaluated any more.
   */
  ignores(leaf: number): boolean {
    return !this.#mayReadMore && this.#footprints?.touches(leaf, this.#reads) === false
  }

  /** To be called when states were checked, `ignored` others being found by steps that the properties ignore. */
  endChecks(ignored: number): void {
    this.#mayReadMore = this.#broken.length > 0
    this.#reads.fill(0)
    for (const watched of [this.#openInvariants, this.#openSometimes, this.#model.constraints])
      for (const { predicate } of watched) {
        // They count as answered from what was learned.
        predicate.account.lookups += ignored
        this.#mayReadMore ||= predicate.mayReadMore
        for (let word = 0; word < 2; word++) this.#reads[word] = (this.#reads[word] as number) | (predicate.reads[word] as number)
      }
  }

  /** Evaluates the properties on the state in the first frame. Returns whether it is within the state constraints. */
  checkState(state: number, length: number): boolean {
    if (this.#broken.length > 0) this.#checkBroken()
    if (this.#openInvariants.length > 0) this.#checkInvariants(state, length)
    if (this.#model.constraints.length > 0 && this.#isOutside()) return false
    if (this.#openSometimes.length > 0) this.#checkSometimes(state, length)
    return true
  }

  /** Notes a deadlock in the state in the first frame, which has no enabled step of the protocol, unless it is terminal. */
  checkDeadlock(state: number, length: number): void {
    const { terminal } = this.#model
    if (!this.awaitsDeadlock) return
    if (this.#budgets?.isCovered('deadlock', 0)) return
    if (typeof terminal === 'object' && terminal.predicate.holds(terminal.run)) return
    this.#budgets?.note('deadlock', 0)
    if (this.violations.has('deadlock')) return
    this.violations.set('deadlock', { kind: 'deadlock', property: 'deadlock', state, faults: this.layer, length })
  }

  /** Evaluates the transition properties on the step from the state in the first frame to the successor added last to `batch`. */
  checkStep(action: ActionModel, transition: Transition, batch: SuccessorBatch, state: number, level: number): void {
    const { vector, transitions } = this.#model
    const { words, frames } = vector
    const base = (batch.count - 1) * words
    for (let word = 0; word < words; word++) frames[words + word] = batch.rows[base + word] as number
    for (let index = 0; index < transitions.length; index++) {
      const { predicate, run } = transitions[index] as (typeof transitions)[number]
      if (this.#isDecided(predicate.name)) continue
      const { generation } = predicate
      if (transition.propertyGeneration[index] !== generation) {
        transition.propertyGeneration[index] = generation
        transition.propertyRoots[index] = 0
      }
      const step = { action: action.name, args: transition.args }
      if (predicate.holdsOf(() => run(step), transition.propertyRoots, index, transition.args)) continue
      this.#budgets?.note(predicate.name, 1)
      if (this.violations.has(predicate.name)) continue
      this.violations.set(predicate.name, {
        kind: 'transition',
        property: predicate.name,
        state,
        faults: this.layer,
        length: level + 1,
      })
    }
  }

  /** Whether nothing is to be found out by evaluating a transition property on the step to the state in the second frame. */
  #isDecided(property: string): boolean {
    return this.violations.has(property) && (this.#budgets === null || this.#budgets.isCovered(property, 1))
  }

  #checkBroken(): void {
    for (const { predicate, run } of this.#broken) {
      if (this.#budgets?.isCovered(predicate.name, 0) || predicate.holds(run)) continue
      this.#budgets?.note(predicate.name, 0)
      this.#broken = this.#broken.filter((other) => !this.#budgets?.isSettled(other.predicate.name))
    }
  }

  #checkInvariants(state: number, length: number): void {
    for (const { predicate, run } of this.#openInvariants) {
      if (predicate.holds(run)) continue
      this.violations.set(predicate.name, { kind: 'invariant', property: predicate.name, state, faults: this.layer, length })
      this.#openInvariants = this.#openInvariants.filter((other) => other.predicate !== predicate)
      if (this.#budgets === null) continue
      this.#budgets.note(predicate.name, 0)
      if (!this.#budgets.isSettled(predicate.name)) this.#broken = [...this.#broken, { predicate, run }]
    }
  }

  #isOutside(): boolean {
    let outside = false
    for (const { predicate, run } of this.#model.constraints) {
      if (predicate.holds(run)) continue
      this.outside.set(predicate.name, (this.outside.get(predicate.name) ?? 0) + 1)
      outside = true
    }
    return outside
  }

  #checkSometimes(state: number, length: number): void {
    for (const { predicate, run } of this.#openSometimes) {
      if (!predicate.holds(run)) continue
      const findings = this.#unreachable.has(predicate.name) ? this.violations : this.witnesses
      findings.set(predicate.name, { kind: 'sometimes', property: predicate.name, state, faults: this.layer, length })
      this.#openSometimes = this.#openSometimes.filter((other) => other.predicate !== predicate)
    }
  }
}
