import { SpecError } from '../spec/spec-error.js'
import { DecisionTrees, unknown } from './decision-trees.js'
import { Effects } from './effects.js'
import { agree, type Branches, branchTransitions, elementTransition, type Evaluation, evaluate, sameOutcomes } from './evaluation.js'
import { explain, type Role } from './spec-call.js'
import type { ActionModel, Transition } from './transition.js'
import type { SetSlot } from './slots.js'
import type { StateVector } from './state-vector.js'

/** Not enabled: the leaf that most paths end in. Other leaves are -2 minus their number in {@link Effects}. */
const DISABLED = -1

/** Runs that are made twice, at first and then one in so many, to find impure functions. */
const doubleRunsFirst = 16
const doubleRunsEvery = 32

/** Bytes that the trees and effects may take before they start anew. */
const learnedBytesMax = 256 << 20

/** Takes the successors of a state as they are found. */
export interface SuccessorSink {
  /** `count` outcomes, whose masks start at `at` (see {@link Effects}), of a step by `transition`. */
  emit(action: ActionModel, transition: Transition, masks: Int32Array, at: number): void
}

/**
 * Finds the successors of the state in the first frame, from what was learned of each action where it was seen before, else by running it.
 */
export class Expander {
  readonly actions: readonly ActionModel[]
  readonly #vector: StateVector
  readonly #trees: DecisionTrees
  readonly #effects: Effects
  /** By leaf: the branches of its choice, or null. */
  readonly #choices: (Transition[] | null)[] = []
  /** Branches that choose among the elements of a set slot, to be extended when it meets a new element. */
  readonly #choosers = new Map<SetSlot, { readonly from: Transition; readonly branches: Branches; readonly into: Transition[] }[]>()
  #epoch: number
  #sink: SuccessorSink

  constructor(vector: StateVector, actions: readonly ActionModel[], sink: SuccessorSink) {
    this.#vector = vector
    this.actions = actions
    this.#sink = sink
    this.#trees = new DecisionTrees(vector.place)
    this.#effects = new Effects(vector)
    this.#epoch = vector.epoch
    vector.onLayout(() => {
      this.#trees.relocate()
      this.#effects.relocate()
    })
    vector.onElement((slot, element) => {
      for (const { from, branches, into } of this.#choosers.get(slot) ?? []) into.push(elementTransition(vector, from, branches, slot, element))
    })
  }

  get byteLength(): number {
    return this.#trees.byteLength + this.#effects.byteLength
  }

  /** Emits every successor of the state in the first frame. */
  expand(): void {
    if (this.#epoch !== this.#vector.epoch || this.byteLength > learnedBytesMax) this.#forget()
    for (const action of this.actions) {
      if (action.account.isDirect) this.#direct(action, action.start)
      else this.#learned(action, action.start)
    }
  }

  /**
   * Runs every action again on the state in the first frame, and compares with what was learned.
   *
   * @throws SpecError when they differ: a function is not pure.
   */
  verify(): void {
    for (const action of this.actions) if (!action.account.isDirect) this.#verify(action, action.start)
  }

  #verify(action: ActionModel, transition: Transition): void {
    const known = this.#trees.find(transition.root, this.#vector.frames)
    if (known === unknown) return
    const evaluation = this.#evaluate(action, transition)
    const leaf = -2 - known
    const choice = known === DISABLED ? null : (this.#choices[leaf] as Transition[] | null)
    const outcomes = known === DISABLED ? [] : this.#effects.outcomesOf(leaf)
    if ((evaluation.branches === null) !== (choice === null) || !sameOutcomes(evaluation.outcomes, outcomes)) throw this.#impure(action, transition)
    for (const branch of choice ?? []) this.#verify(action, branch)
  }

  #forget(): void {
    this.#epoch = this.#vector.epoch
    this.#trees.clear()
    this.#effects.clear()
    this.#choices.length = 0
    this.#choosers.clear()
    for (const action of this.actions) {
      action.start.root = unknown
      action.start.propertyRoots.length = 0
    }
  }

  #learned(action: ActionModel, transition: Transition): void {
    const { account } = action
    account.lookups++
    let code = this.#trees.find(transition.root, this.#vector.frames)
    if (code === unknown) code = this.#learn(action, transition)
    if (code === DISABLED) return
    const leaf = -2 - code
    const choice = this.#choices[leaf] as Transition[] | null
    if (choice === null) this.#sink.emit(action, transition, this.#effects.masks, this.#effects.startOf(leaf))
    else for (let index = 0; index < choice.length; index++) this.#learned(action, choice[index] as Transition)
  }

  #learn(action: ActionModel, transition: Transition): number {
    const vector = this.#vector
    const { log } = vector
    const { account } = action
    account.runs++
    log.start()
    const evaluation = this.#evaluate(action, transition)
    log.stop()
    const reads = [...log.reads]
    if (account.runs <= doubleRunsFirst || account.runs % doubleRunsEvery === 0) {
      if (!agree(vector, evaluation, this.#evaluate(action, transition))) throw this.#impure(action, transition)
    }
    vector.layOut()
    const code = this.#addLeaf(transition, evaluation)
    account.judge()
    // A set got a chunk that the reads do not cover: they tell what happens here, but no path may be made of them.
    if (this.#epoch !== vector.epoch) return code
    try {
      transition.root = this.#trees.insert(transition.root, reads, vector.frames, code)
    } catch (error) {
      if (error instanceof RangeError) throw this.#impure(action, transition)
      throw error
    }
    return code
  }

  #addLeaf(transition: Transition, evaluation: Evaluation): number {
    const { outcomes, branches } = evaluation
    if (outcomes.length === 0 && branches === null) return DISABLED
    const leaf = this.#effects.add(outcomes)
    this.#choices[leaf] = branches === null ? null : this.#transitionsOf(transition, branches)
    return -2 - leaf
  }

  #transitionsOf(from: Transition, branches: Branches): Transition[] {
    const into = branchTransitions(this.#vector, from, branches)
    const { slot } = branches
    if (slot === null) return into
    const choosers = this.#choosers.get(slot)
    if (choosers === undefined) this.#choosers.set(slot, [{ from, branches, into }])
    else choosers.push({ from, branches, into })
    return into
  }

  #evaluate(action: ActionModel, transition: Transition): Evaluation {
    return evaluate(this.#vector, action, transition)
  }

  /** Runs an action without learning it. */
  #direct(action: ActionModel, transition: Transition): void {
    action.account.countDirect()
    const evaluation = this.#evaluate(action, transition)
    if (action.account.runs % doubleRunsEvery === 0 && !agree(this.#vector, evaluation, this.#evaluate(action, transition)))
      throw this.#impure(action, transition)
    if (evaluation.branches !== null) {
      for (const branch of branchTransitions(this.#vector, transition, evaluation.branches)) this.#direct(action, branch)
      return
    }
    if (evaluation.outcomes.length === 0) return
    this.#vector.layOut()
    const leaf = this.#effects.add(evaluation.outcomes)
    this.#sink.emit(action, transition, this.#effects.masks, this.#effects.startOf(leaf))
    this.#effects.dropLast()
  }

  #impure(action: ActionModel, transition: Transition): SpecError {
    const role: Role = { title: `action '${action.name}'`, source: action.source, args: transition.args, frame: 0 }
    return explain(
      this.#vector,
      role,
      new SpecError('did two different things in the same state', {
        hint: 'an action must be a pure function of the state: look for a variable outside it that changes, or an object that it mutates',
      }),
    )
  }
}
