import { Expander, type SuccessorSink } from '../model/expander.js'
import type { Model, StatePredicate } from '../model/model.js'
import type { PropertyKind } from '../model/property-kind.js'
import type { ActionModel, Transition } from '../model/transition.js'
import { rowHash } from './row-hash.js'
import { SuccessorBatch } from './successor-batch.js'
import { VisitedStore } from './visited-store.js'

/** Successors that are looked up together. */
const batchSize = 256

/** States after which the expansion of one is checked against a fresh run of the spec's functions. */
const verifyEvery = 2048

/** Where a property was found false, or a `sometimes` true. */
export interface Finding {
  readonly kind: PropertyKind
  readonly property: string
  /** Index of the state; for a transition property, of the state before the step. */
  readonly state: number
  /** Length of the behaviour in steps. */
  readonly length: number
}

export interface SearchOptions {
  /** Find a shortest counterexample for every property, not only for the first. */
  readonly findAll: boolean
  /** Distinct states after which to stop. */
  readonly maxStates: number
  /** Steps from an initial state beyond which nothing is explored. */
  readonly maxDepth: number
  /** Bits of the states' hashes that are used; narrowed in tests to force collisions. */
  readonly hashMask?: number
}

/** Why a search ended, or that it has not. */
export type SearchEnd = 'running' | 'exhausted' | 'violated' | 'states' | 'depth'

/**
 * Level-synchronous breadth-first search of a model: every state is found at its least depth, and so every finding is of least length.
 *
 * The search goes on in slices ({@link advance}) so that its owner can report progress, and stop it.
 */
export class Search implements SuccessorSink {
  readonly store: VisitedStore
  readonly expander: Expander
  end: SearchEnd = 'running'
  /** Distinct states within the state constraints. */
  distinct = 0
  /** Initial states and successors, duplicates included. */
  generated = 0
  /** Depth of the deepest distinct state. */
  depth = 0
  /** Distinct states expanded. */
  expanded = 0
  readonly violations = new Map<string, Finding>()
  readonly witnesses = new Map<string, Finding>()
  /** Distinct states outside each state constraint. */
  readonly outside = new Map<string, number>()
  readonly #model: Model
  readonly #options: SearchOptions
  readonly #batch: SuccessorBatch
  /** The state being expanded, and the next to be. */
  #current = -1
  #next = 0
  #level = 0
  #levelEnd = 0
  #sum = 0
  #openSometimes: readonly StatePredicate[]
  #openInvariants: readonly StatePredicate[]

  constructor(model: Model, options: SearchOptions) {
    this.#model = model
    this.#options = options
    const { vector } = model
    this.store = new VisitedStore(vector.words, options.hashMask)
    this.#batch = new SuccessorBatch(vector.words)
    this.expander = new Expander(vector, model.actions, this)
    this.#openSometimes = model.sometimes
    this.#openInvariants = model.invariants
    for (const { predicate } of model.constraints) this.outside.set(predicate.name, 0)
    vector.onLayout((convert, wordsBefore) => {
      this.store.convert(convert, wordsBefore, vector.words)
      this.#batch.convert(convert, wordsBefore, vector.words)
      this.#sum = rowHash(vector.frames, 0, vector.words)
    })
  }

  /** States found and not yet expanded. */
  get queue(): number {
    return this.distinct - this.expanded
  }

  /** Depth of the states being expanded. */
  get level(): number {
    return this.#level
  }

  /** Finds the initial states; to be called once, first. */
  start(): void {
    const { vector, initialStates } = this.#model
    for (const state of initialStates) {
      vector.load(state)
      this.#batch.addState(vector.frames, -1)
      this.generated++
    }
    this.#flush(0)
    this.#levelEnd = this.store.count
    if (this.#mustStop()) this.end = 'violated'
    else if (this.#options.maxDepth === 0 && this.distinct > 0) this.end = 'depth'
  }

  /** Expands up to `states` further states. Returns whether the search goes on. */
  advance(states: number): boolean {
    for (let left = states; left > 0 && this.end === 'running'; left--) {
      if (this.#next === this.#levelEnd) this.#endLevel()
      else this.#step()
    }
    return this.end === 'running'
  }

  emit(action: ActionModel, transition: Transition, masks: Int32Array, at: number): void {
    const count = masks[at] as number
    const { vector, transitions } = this.#model
    let outcome = at + 1
    for (let left = count; left > 0; left--) {
      this.#batch.add(vector.frames, this.#sum, this.#current, masks, outcome)
      outcome += 1 + 3 * (masks[outcome] as number)
      if (transitions.length > 0) this.#checkStep(action, transition)
    }
    action.fired += count
    this.generated += count
  }

  #step(): void {
    const index = this.#next++
    if (this.store.isOutside(index)) return
    const { vector } = this.#model
    this.store.load(index, vector.frames)
    this.#current = index
    this.#sum = rowHash(vector.frames, 0, vector.words)
    const before = this.generated
    this.expander.expand()
    this.expanded++
    if (this.generated === before) this.#checkDeadlock(index)
    if (index % verifyEvery === 8) this.expander.verify()
    if (this.#batch.count >= batchSize) {
      this.#flush(this.#level + 1)
      if (this.#mustStop()) this.#stop()
      else if (this.distinct >= this.#options.maxStates && this.queue > 0) this.end = 'states'
    }
  }

  #endLevel(): void {
    this.#flush(this.#level + 1)
    if (this.#mustStop()) this.end = 'violated'
    else if (this.store.count === this.#levelEnd || this.queue === 0) this.end = 'exhausted'
    else if (this.distinct >= this.#options.maxStates) this.end = 'states'
    else {
      this.#level++
      this.#levelEnd = this.store.count
      if (this.#level === this.#options.maxDepth) this.end = 'depth'
    }
  }

  #mustStop(): boolean {
    return this.violations.size > 0 && !this.#options.findAll
  }

  /** Ends the search at a violation; a deadlock in the rest of the level would be shorter, so that is looked for. */
  #stop(): void {
    const { vector } = this.#model
    const { distinct, generated, expanded } = this
    for (; this.#next < this.#levelEnd && this.#model.terminal !== true && !this.violations.has('deadlock'); this.#next++) {
      if (this.store.isOutside(this.#next)) continue
      this.store.load(this.#next, vector.frames)
      this.#current = this.#next
      this.#sum = rowHash(vector.frames, 0, vector.words)
      const before = this.generated
      this.expander.expand()
      this.#batch.count = 0
      if (this.generated === before) this.#checkDeadlock(this.#next)
    }
    Object.assign(this, { distinct, generated, expanded })
    this.end = 'violated'
  }

  /** Looks up the waiting successors, which are at `depth`, and checks the new ones. */
  #flush(depth: number): void {
    const first = this.store.count
    this.store.addAll(this.#batch)
    const { vector, constraints } = this.#model
    if (this.store.count > first && constraints.length + this.#openInvariants.length + this.#openSometimes.length === 0) {
      this.distinct += this.store.count - first
      this.depth = depth
      return
    }
    for (let index = first; index < this.store.count; index++) {
      this.store.load(index, vector.frames)
      if (this.#openInvariants.length > 0) this.#checkInvariants(index, depth)
      if (constraints.length > 0 && this.#isOutside()) {
        this.store.markOutside(index)
        continue
      }
      this.distinct++
      this.depth = depth
      if (this.#openSometimes.length > 0) this.#checkSometimes(index, depth)
    }
  }

  #checkInvariants(state: number, length: number): void {
    for (const { predicate, run } of this.#openInvariants) {
      if (predicate.holds(run)) continue
      this.violations.set(predicate.name, { kind: 'invariant', property: predicate.name, state, length })
      this.#openInvariants = this.#openInvariants.filter((other) => other.predicate !== predicate)
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
      this.witnesses.set(predicate.name, { kind: 'sometimes', property: predicate.name, state, length })
      this.#openSometimes = this.#openSometimes.filter((other) => other.predicate !== predicate)
    }
  }

  #checkDeadlock(state: number): void {
    const { terminal } = this.#model
    if (terminal === true || this.violations.has('deadlock')) return
    if (terminal !== false && terminal.predicate.holds(terminal.run)) return
    this.violations.set('deadlock', { kind: 'deadlock', property: 'deadlock', state, length: this.#level })
    if (this.#mustStop()) this.end = 'violated'
  }

  /** Checks the transition properties on the step to the successor added last. */
  #checkStep(action: ActionModel, transition: Transition): void {
    const { vector, transitions } = this.#model
    const { words, frames } = vector
    const base = (this.#batch.count - 1) * words
    for (let word = 0; word < words; word++) frames[words + word] = this.#batch.rows[base + word] as number
    for (let index = 0; index < transitions.length; index++) {
      const { predicate, run } = transitions[index] as (typeof transitions)[number]
      if (this.violations.has(predicate.name)) continue
      const generation = predicate.generation
      if (transition.propertyGeneration[index] !== generation) {
        transition.propertyGeneration[index] = generation
        transition.propertyRoots[index] = 0
      }
      const step = { action: action.name, args: transition.args }
      if (predicate.holdsOf(() => run(step), transition.propertyRoots, index, transition.args)) continue
      const length = this.#level + 1
      this.violations.set(predicate.name, { kind: 'transition', property: predicate.name, state: this.#current, length })
    }
  }
}
