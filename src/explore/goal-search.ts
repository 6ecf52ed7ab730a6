import type { Model, StatePredicate } from '../model/model.js'
import { EdgeList } from './edge-list.js'
import type { Finding } from './property-watch.js'
import type { Search } from './search.js'

/** Goals that fit into the bits of one word, and are looked for together. */
export const goalsMax = 31

/**
 * Finds, for goals that must stay possible, the first state from which one is lost: AG EF goal, by backward reachability from the states where the goal
 * is true (E. M. Clarke, E. A. Emerson and A. P. Sistla, "Automatic verification of finite-state concurrent systems using temporal logic
 * specifications", 1986, section 3).
 *
 * The edges are the steps of the protocol and repairs, not other faults: a fault is no way to a goal. They are not stored by the search, so they are found
 * again. A first sweep goes backwards through the states in their order of discovery: most steps lead to later states, so most states that can
 * reach a goal are settled by it. Edges are kept only between the states that are left, and followed backwards.
 *
 * The states stand in the order of their least faults and steps, so the first lost state has a behaviour of least faults, then steps.
 */
export class GoalSearch {
  /** The first state from which each goal is lost, by the goal's name; complete when the search has ended. */
  readonly findings = new Map<string, Finding>()
  readonly #model: Model
  readonly #search: Search
  readonly #goals: readonly StatePredicate[]
  /** By state, the goals that it is known to reach, as bits. */
  readonly #reached: Int32Array
  /** The goals that are true in some state. */
  #met = 0
  /** States from this one on are not followed further. */
  readonly #expanded: number
  readonly #edges = new EdgeList()
  /** Unsettled states whose goals grew, to be told to their predecessors. */
  #queue: number[] = []
  #phase: 'sweep' | 'link' | 'follow' | 'ended' = 'sweep'
  #position: number

  /**
   * @param search - one that has ended.
   * @param goals - at most {@link goalsMax} of the model's.
   * @param expanded - how many of the states, from the first on, the search expanded. Where these are not all, a finding says only
   * that no way to the goal is among them.
   */
  constructor(model: Model, search: Search, goals: readonly StatePredicate[], expanded = search.store.count) {
    this.#model = model
    this.#search = search
    this.#goals = goals
    this.#expanded = expanded
    this.#reached = new Int32Array(search.store.count)
    this.#position = search.store.count
  }

  /** Goes on over up to `states` states. Returns whether there is more to do. */
  advance(states: number): boolean {
    for (let left = states; left > 0 && this.#phase !== 'ended'; left--) {
      if (this.#phase === 'sweep') this.#sweep()
      else if (this.#phase === 'link') this.#link()
      else this.#follow()
    }
    this.#model.vector.requireSetsOfElements()
    return this.#phase !== 'ended'
  }

  /** Backwards: what is true in the state itself, and what its successors are known to reach. */
  #sweep(): void {
    if (--this.#position < 0) {
      this.#phase = 'link'
      this.#position = 0
      return
    }
    const state = this.#position
    if (this.#search.store.isOutside(state)) return
    let reached = this.#trueIn(state)
    this.#met |= reached
    if (reached !== this.#all && state < this.#expanded)
      this.#search.revisit(state, (successor) => {
        reached |= this.#reached[successor] as number
      })
    this.#reached[state] = reached
  }

  /** Forwards over what the sweep did not settle: what was learned since, and the edges among such states. */
  #link(): void {
    if (this.#position === this.#reached.length) {
      this.#edges.sort(this.#reached.length)
      this.#phase = 'follow'
      return
    }
    const state = this.#position++
    if (this.#isSettled(state) || state >= this.#expanded) return
    let reached = this.#reached[state] as number
    this.#search.revisit(state, (successor) => {
      reached |= this.#reached[successor] as number
      if (!this.#isSettled(successor)) this.#edges.add(state, successor)
    })
    this.#set(state, reached)
  }

  #follow(): void {
    const state = this.#queue.pop()
    if (state === undefined) {
      this.#report()
      this.#phase = 'ended'
      return
    }
    const reached = this.#reached[state] as number
    for (const predecessor of this.#edges.predecessorsOf(state))
      this.#set(predecessor, (this.#reached[predecessor] as number) | reached)
  }

  #set(state: number, reached: number): void {
    if (this.#reached[state] === reached) return
    this.#reached[state] = reached
    this.#queue.push(state)
  }

  /** Whether nothing more can be learned about a state: it is outside, or reaches all goals that are true anywhere. */
  #isSettled(state: number): boolean {
    return this.#reached[state] === this.#met || this.#search.store.isOutside(state)
  }

  get #all(): number {
    return 2 ** this.#goals.length - 1
  }

  #trueIn(state: number): number {
    this.#search.store.load(state, this.#model.vector.frames)
    let bits = 0
    this.#goals.forEach(({ predicate, run }, index) => {
      if (predicate.holds(run)) bits |= 1 << index
    })
    return bits
  }

  /** Notes what behaviours to states that lost a goal spent, where with less to spend no goal is lost besides: where nothing is repaired. */
  #noteBudgets(name: string, bit: number): void {
    const { store, budgets } = this.#search
    if (budgets === null || this.#model.actions.some(({ repair }) => repair)) return
    this.#reached.forEach((reached, state) => {
      if ((reached & bit) !== 0 || store.isOutside(state)) return
      store.load(state, this.#model.vector.frames)
      budgets.note(name, 0)
    })
  }

  #report(): void {
    const { store, schedule } = this.#search
    this.#goals.forEach(({ predicate: { name } }, index) => {
      const lost = this.#reached.findIndex((reached, state) => (reached & (1 << index)) === 0 && !store.isOutside(state))
      if (lost < 0) return
      this.#noteBudgets(name, 1 << index)
      let length = 0
      for (let parent = store.parentOf(lost); parent >= 0; parent = store.parentOf(parent)) length++
      this.findings.set(name, { kind: 'alwaysPossible', property: name, state: lost, faults: schedule.layerOf(lost), length })
    })
  }
}
