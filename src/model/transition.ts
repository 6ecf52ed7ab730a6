import type { Interner } from '../values/interner.js'
import { amongTheSame, type Branches } from './branches.js'
import { unknown } from './decision-trees.js'
import { type LeafOrigin, noOrigin } from './footprints.js'
import type { LearningAccount } from './learning-account.js'

/** A named action of the spec, as the search runs it. */
export interface ActionModel {
  readonly name: string
  readonly source: (...args: never[]) => unknown
  /** The whole action: its part before any choice. */
  readonly start: Transition
  readonly account: LearningAccount
  /** The kind of fault that its steps are, or `null`. */
  readonly fault: string | null
  /** Whether it is a fault that undoes one: a restart of what crashed, a partition that heals. */
  readonly repair: boolean
  /** What must not be possible in a state for it to be taken there: deliveries of messages, or all that waits for nothing. */
  readonly waitsFor: 'nothing' | 'messages' | 'all'
  /** Whether its steps deliver messages, or lose them where they would be delivered. */
  readonly delivers: boolean
  /** Steps generated. */
  fired: number
}

/** An action, or a branch of a choice within one: a function of the state that is learned by itself. */
export class Transition {
  /** Root of its decision tree. */
  root: number = unknown
  /** The elements chosen on the way here, outermost first. */
  readonly args: readonly unknown[]
  readonly run: () => unknown
  /** The read of the set element whose presence enables it, or -1. */
  readonly guard: number
  /** Of a branch of a choice that was learned, where it comes from. */
  origin: LeafOrigin = noOrigin
  /** Roots of the transition properties' trees for this step, by property, and the generation of trees that each belongs to. */
  readonly propertyRoots: number[] = []
  readonly propertyGeneration: number[] = []
  /** Its choice, when it was last run and not learned. */
  directChoice: DirectChoice | null = null

  constructor(args: readonly unknown[], run: () => unknown, guard: number) {
    this.args = args
    this.run = run
    this.guard = guard
  }
}

/** A choice that is run and not learned, over elements of no slot: where the next state's is over equal ones, its transitions serve again. */
export class DirectChoice {
  readonly transitions: readonly Transition[]
  #branches: Branches

  constructor(interner: Interner, from: Transition, branches: Branches) {
    this.#branches = branches
    this.transitions = branches.labels.map((label, index) => {
      const run = () => this.#branches.branch(this.#branches.elements[index])
      return new Transition([...from.args, interner.valueOf(label)], run, -1)
    })
  }

  /** Makes the transitions run these branches; returns false, and does nothing, where they are over other elements. */
  renew(branches: Branches): boolean {
    if (!amongTheSame(branches, this.#branches)) return false
    this.#branches = branches
    return true
  }
}
