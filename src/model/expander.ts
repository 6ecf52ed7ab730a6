import { SpecError } from '../spec/spec-error.js'
import { longer } from '../values/longer.js'
import type { BagSlot } from './bag-slot.js'
import type { Branches } from './branches.js'
import { Contradiction, DecisionTrees, unknown } from './decision-trees.js'
import { Effects } from './effects.js'
import { agree, branchTransitions, type Evaluation, evaluate, sameOutcomes } from './evaluation.js'
import { Footprints } from './footprints.js'
import { type LearnedChoice, LearnedChoices } from './learned-choices.js'
import type { QueueSlot } from './queue-slot.js'
import { explain, type Role } from './spec-call.js'
import type { StateVector } from './state-vector.js'
import { type ActionModel, DirectChoice, type Transition } from './transition.js'

/** Not enabled: the leaf that most paths end in. Other leaves are -2 minus their number in {@link Effects}. */
const DISABLED = -1

/** Runs that are made twice, at first and then one in so many, to find impure functions. */
const doubleRunsFirst = 16
const doubleRunsEvery = 32

/** Bytes that the trees, effects and footprints may take before they start anew. */
const learnedBytesMax = 256 << 20

/** Takes the successors of a state as they are found. */
export interface SuccessorSink {
  /** All outcomes of `leaf`, of a step by `transition`. */
  emit(action: ActionModel, transition: Transition, effects: Effects, leaf: number): void
  /** What was learned is forgotten: leaves have other meanings from now on. */
  forget(): void
}

/**
 * Finds the successors of the state in the first frame, from what was learned of each action where it was seen before, else by running it.
 */
export class Expander {
  readonly #vector: StateVector
  readonly #actions: readonly ActionModel[]
  readonly #trees: DecisionTrees
  readonly #effects: Effects
  readonly footprints: Footprints
  readonly #choices: LearnedChoices
  /** Ids of elements being branched on, those of nested choices one after the other. */
  #ids = new Int32Array(64)
  #idsEnd = 0
  #epoch: number
  /** Whether as much was learned as may be. */
  #isFull = false
  readonly #sink: SuccessorSink

  constructor(vector: StateVector, actions: readonly ActionModel[], sink: SuccessorSink) {
    this.#vector = vector
    this.#actions = actions
    this.#sink = sink
    this.#trees = new DecisionTrees(vector.place)
    this.#effects = new Effects(vector)
    this.footprints = new Footprints(vector)
    this.#choices = new LearnedChoices(vector)
    this.#epoch = vector.epoch
    vector.onLayout(() => {
      this.#trees.relocate()
      this.#effects.relocate()
    })
  }

  /** Emits every successor of the state in the first frame by the given actions. */
  expand(actions: readonly ActionModel[]): void {
    if (this.#epoch !== this.#vector.epoch || this.#isFull) this.#forget()
    for (const action of actions) {
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
    for (const action of this.#actions) if (!action.account.isDirect) this.#verify(action, action.start)
  }

  #verify(action: ActionModel, transition: Transition): void {
    const known = this.#trees.find(transition.root, this.#vector.frames)
    if (known === unknown) return
    const evaluation = evaluate(this.#vector, action, transition)
    const leaf = -2 - known
    const choice = known === DISABLED ? null : this.#choices.at(leaf)
    const outcomes = known === DISABLED ? [] : this.#effects.outcomesOf(leaf)
    if ((evaluation.branches === null) !== (choice === null) || !sameOutcomes(evaluation.outcomes, outcomes))
      throw this.#impure(action, transition)
    if (choice === null) return
    const { transitions, branches } = choice
    for (const branch of this.#open(branches, transitions)) if (branch !== undefined) this.#verify(action, branch)
  }

  /** The learned branches of the state in the first frame; one over a bag or queue is only where its element can be taken. */
  #open({ slot }: Branches, transitions: LearnedChoice['transitions']): readonly (Transition | undefined)[] {
    if (slot === null || slot.kind === 'set') return transitions
    const from = this.#idsEnd
    const end = this.#pushPresent(slot)
    this.#idsEnd = from
    return Array.from(this.#ids.subarray(from, end), (id) => transitions[id])
  }

  #forget(): void {
    this.#epoch = this.#vector.epoch
    this.#isFull = false
    this.#trees.clear()
    this.#effects.clear()
    this.footprints.clear()
    this.#choices.clear()
    this.#sink.forget()
    for (const action of this.#actions) {
      action.start.root = unknown
      action.start.propertyRoots.length = 0
    }
  }

  #learned(action: ActionModel, transition: Transition): void {
    const { account } = action
    account.lookups++
    const code = this.#trees.find(transition.root, this.#vector.frames)
    if (code === DISABLED) return
    if (code === unknown) this.#learn(action, transition)
    else this.#follow(action, transition, -2 - code)
  }

  /** Emits what a leaf does, or goes on into the branches of its choice. */
  #follow(action: ActionModel, transition: Transition, leaf: number): void {
    const choice = this.#choices.at(leaf)
    if (choice === null) {
      this.#sink.emit(action, transition, this.#effects, leaf)
      return
    }
    const { transitions, branches } = choice
    const { slot } = branches
    if (slot === null || slot.kind === 'set') {
      for (let index = 0; index < transitions.length; index++) this.#learned(action, transitions[index] as Transition)
      return
    }
    this.#followElements(action, choice, slot)
  }

  /** As {@link #learned} for the branches over the elements of a bag, or over the head of a queue: most look-ups of a protocol are made here. */
  #followElements(action: ActionModel, choice: LearnedChoice, slot: BagSlot | QueueSlot): void {
    // The ids are copied: a branch may itself choose among a bag, and may lead to a new layout.
    const from = this.#idsEnd
    const end = this.#pushPresent(slot)
    action.account.lookups += end - from
    for (let at = from; at < end; at++) {
      const id = this.#ids[at] as number
      const { roots } = choice
      const code = id < roots.length ? this.#trees.find(roots[id] as number, this.#vector.frames) : unknown
      if (code === DISABLED) continue
      const transition = choice.transitions[id] ?? this.#choices.extend(choice, slot, id)
      if (code === unknown) {
        this.#learn(action, transition)
        choice.roots[id] = transition.root
      } else this.#follow(action, transition, -2 - code)
    }
    this.#idsEnd = from
  }

  /** Pushes the ids of the elements of a bag, or of the head of a queue, in the state in the first frame on {@link #ids}; returns their end. */
  #pushPresent(slot: BagSlot | QueueSlot): number {
    const { frames } = this.#vector
    if (slot.kind === 'bag') {
      this.#reserveIds(this.#idsEnd + slot.region.words * slot.region.perWord)
      this.#idsEnd = slot.distinctIds(frames, 0, this.#ids, this.#idsEnd)
      return this.#idsEnd
    }
    const head = slot.headOf(slot.current(frames, 0))
    if (head === 0) return this.#idsEnd
    this.#reserveIds(this.#idsEnd + 1)
    this.#ids[this.#idsEnd] = head
    return ++this.#idsEnd
  }

  #reserveIds(needed: number): void {
    if (needed > this.#ids.length) this.#ids = longer(this.#ids, needed)
  }

  #learn(action: ActionModel, transition: Transition): void {
    const vector = this.#vector
    const { log } = vector
    const { account } = action
    account.runs++
    log.start()
    const evaluation = evaluate(vector, action, transition)
    log.stop()
    const reads = [...log.reads]
    const { unlearnable } = log
    if (account.runs <= doubleRunsFirst || account.runs % doubleRunsEvery === 0)
      this.#checkReadsAgain(action, transition, evaluation, reads)
    account.judge()
    if (unlearnable) {
      this.#emitOnce(action, transition, evaluation)
      return
    }
    vector.layOut()
    const code = this.#addLeaf(transition, evaluation, reads)
    // Where a set got a chunk that the reads do not cover, they tell what happens here, but no path may be made of them.
    if (this.#epoch === vector.epoch) this.#remember(action, transition, reads, code)
    else if (code !== DISABLED) this.footprints.addUnknown(-2 - code)
    this.#isFull = this.#trees.byteLength + this.#effects.byteLength + this.footprints.byteLength > learnedBytesMax
    if (code !== DISABLED) this.#follow(action, transition, -2 - code)
  }

  #checkAgain(action: ActionModel, transition: Transition, evaluation: Evaluation): void {
    if (!agree(evaluation, evaluate(this.#vector, action, transition))) throw this.#impure(action, transition)
  }

  /** As {@link #checkAgain}, and what is read must be the same too: else something was kept from the first run, and would be in other states. */
  #checkReadsAgain(action: ActionModel, transition: Transition, evaluation: Evaluation, reads: readonly number[]): void {
    const { log, epoch } = this.#vector
    log.start()
    this.#checkAgain(action, transition, evaluation)
    log.stop()
    if (!log.isSame(reads) && this.#epoch === epoch) throw this.#impure(action, transition)
  }

  #remember(action: ActionModel, transition: Transition, reads: readonly number[], code: number): void {
    try {
      transition.root = this.#trees.insert(transition.root, reads, this.#vector.frames, code)
    } catch (error) {
      if (error instanceof Contradiction) throw this.#impure(action, transition)
      throw error
    }
  }

  #addLeaf(from: Transition, { outcomes, branches }: Evaluation, reads: readonly number[]): number {
    if (outcomes.length === 0 && branches === null) return DISABLED
    const leaf = this.#effects.add(outcomes)
    this.footprints.add(leaf, reads, outcomes, from.origin)
    this.#choices.add(leaf, from, branches)
    return -2 - leaf
  }

  /** Runs an action without learning it. */
  #direct(action: ActionModel, transition: Transition): void {
    action.account.countDirect()
    const evaluation = evaluate(this.#vector, action, transition)
    if (action.account.runs % doubleRunsEvery === 0) this.#checkAgain(action, transition, evaluation)
    this.#emitOnce(action, transition, evaluation)
  }

  /** The branches of a choice that is not learned; most often they are over the same elements as in the state before. */
  #directBranches(from: Transition, branches: Branches): readonly Transition[] {
    if (branches.slot !== null) return branchTransitions(this.#vector, from, branches)
    if (from.directChoice?.renew(branches) !== true) from.directChoice = new DirectChoice(this.#vector.interner, from, branches)
    return from.directChoice.transitions
  }

  #emitOnce(action: ActionModel, transition: Transition, { outcomes, branches }: Evaluation): void {
    if (branches !== null) for (const branch of this.#directBranches(transition, branches)) this.#direct(action, branch)
    if (outcomes.length === 0) return
    this.#vector.layOut()
    const leaf = this.#effects.add(outcomes)
    this.footprints.addUnknown(leaf)
    this.#sink.emit(action, transition, this.#effects, leaf)
    this.#effects.dropLast()
  }

  #impure(action: ActionModel, transition: Transition): SpecError {
    const role: Role = { title: `action '${action.name}'`, source: action.source, args: transition.args, frame: 0 }
    return explain(
      this.#vector,
      role,
      new SpecError('did two different things in the same state', {
        hint: 'an action must be a pure function of the state: look for a variable outside it that changes, a result kept from an earlier call, or an object that it mutates',
      }),
    )
  }
}
