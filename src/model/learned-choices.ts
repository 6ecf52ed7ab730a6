import { longer } from '../values/longer.js'
import type { BagSlot } from './bag-slot.js'
import type { Branches } from './branches.js'
import { branchTransitions, elementTransition, guardedTransition } from './evaluation.js'
import type { QueueSlot } from './queue-slot.js'
import type { SetSlot } from './slots.js'
import type { StateVector } from './state-vector.js'
import type { Transition } from './transition.js'

/** A choice that was learned: its branches, of which those over a bag or queue stand at their element's id, and come as elements do. */
export interface LearnedChoice {
  readonly leaf: number
  readonly from: Transition
  readonly branches: Branches
  readonly transitions: (Transition | undefined)[]
  /** Over a bag or queue, the roots of these transitions' trees: beside each other, since they are looked up for every message of every state. */
  roots: Int32Array
}

const noRoots = new Int32Array(0)

/** The choices among the leaves that were learned. */
export class LearnedChoices {
  readonly #vector: StateVector
  readonly #byLeaf: (LearnedChoice | null)[] = []
  /** Those among the elements of a set slot, to be extended when it meets a new element. */
  readonly #choosers = new Map<SetSlot, LearnedChoice[]>()

  constructor(vector: StateVector) {
    this.#vector = vector
    vector.onElement((slot, element) => {
      for (const { leaf, from, branches, transitions } of this.#choosers.get(slot) ?? [])
        transitions.push(withOrigin(guardedTransition(vector, from, branches, slot, element), leaf))
    })
  }

  /** The choice at a leaf, or `null` where there is none. */
  at(leaf: number): LearnedChoice | null {
    return this.#byLeaf[leaf] as LearnedChoice | null
  }

  /** Notes the choice at the next leaf, which `from` leads to; `null` where there is none. */
  add(leaf: number, from: Transition, branches: Branches | null): void {
    this.#byLeaf[leaf] = branches === null ? null : this.#choiceOf(leaf, from, branches)
  }

  #choiceOf(leaf: number, from: Transition, branches: Branches): LearnedChoice {
    const { slot } = branches
    const isOverSlots = slot !== null && slot.kind !== 'set'
    const transitions = isOverSlots ? [] : branchTransitions(this.#vector, from, branches)
    for (const transition of transitions) withOrigin(transition, leaf)
    const choice = { leaf, from, branches, transitions, roots: noRoots }
    if (slot?.kind === 'set') this.#choosers.set(slot, [...(this.#choosers.get(slot) ?? []), choice])
    return choice
  }

  /** Adds the branch of a choice over a bag or queue for an element that it has not met yet. */
  extend(choice: LearnedChoice, slot: BagSlot | QueueSlot, id: number): Transition {
    const { leaf, from, branches, transitions } = choice
    // Filled without gaps: an array with large gaps becomes a hash table.
    while (transitions.length <= id) transitions.push(undefined)
    const branch = elementTransition(from, branches, slot.kind === 'bag' ? slot.valueOf(id) : slot.elementAt(id))
    branch.origin = { choice: leaf, slot, element: id }
    transitions[id] = branch
    if (id >= choice.roots.length) choice.roots = longer(choice.roots, id + 1)
    return branch
  }

  clear(): void {
    this.#byLeaf.length = 0
    this.#choosers.clear()
  }
}

/** A branch of the choice at a leaf, over elements of no bag or queue. */
function withOrigin(transition: Transition, choice: number): Transition {
  transition.origin = { choice, slot: null, element: 0 }
  return transition
}
