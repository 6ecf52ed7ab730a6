import type { Effects } from '../model/effects.js'
import { outcomeLength } from '../model/effects.js'
import { Expander, type SuccessorSink } from '../model/expander.js'
import type { Model } from '../model/model.js'
import type { ActionModel, Transition } from '../model/transition.js'
import { type ActionGroups, groupsOf } from './action-groups.js'
import { BreakingBudgets } from './breaking-budgets.js'
import { PropertyWatch } from './property-watch.js'
import { rowHash } from './row-hash.js'
import { Schedule } from './schedule.js'
import type { SearchEnd, SearchOptions } from './search-options.js'
import { SleepSets } from './sleep-sets.js'
import { SuccessorBatch } from './successor-batch.js'
import { VerificationTimes } from './verification-times.js'
import { VisitedStore } from './visited-store.js'

/** Successors that are looked up together. */
const batchSize = 256

/**
 * Level-synchronous breadth-first search of a model: every state is found with the fewest faults, and among those in the fewest steps (or in the
 * fewest steps alone), and so every finding is of least length.
 *
 * The search goes on in slices ({@link advance}) so that its owner can report progress, and stop it.
 */
export class Search implements SuccessorSink {
  readonly store: VisitedStore
  readonly schedule: Schedule
  readonly watch: PropertyWatch
  readonly budgets: BreakingBudgets | null
  end: SearchEnd = 'running'
  /** Distinct states within the state constraints. */
  distinct = 0
  /** Initial states and successors, duplicates included. */
  generated = 0
  /** Depth of the deepest distinct state. */
  depth = 0
  /** Distinct states expanded. */
  expanded = 0
  /** Steps that were left out, because another order of steps leads to the same state. */
  leftOut = 0
  readonly #model: Model
  readonly #options: SearchOptions
  readonly #batch: SuccessorBatch
  readonly #expander: Expander
  readonly #actions: ActionGroups
  readonly #verificationTimes = new VerificationTimes()
  /** What sleeps; `null` for a model of which every step must be taken. */
  readonly #sleep: SleepSets | null
  /** The same while steps are taken of which some may sleep, else `null`. */
  #selective: SleepSets | null = null
  /** Successors left out since successors were last looked up. */
  #leftOutSince = 0
  /** The state being expanded. */
  #current = -1
  /** Whether it was expanded before, so that nothing about its steps is new. */
  #isRevisit = false
  #sum = 0

  constructor(model: Model, options: SearchOptions) {
    this.#model = model
    this.#options = options
    const { vector } = model
    this.#actions = groupsOf(model)
    this.store = new VisitedStore(vector.words, options.hashMask)
    this.schedule = new Schedule(options.fewestFaultsFirst && this.#actions.faults.length > 0)
    this.budgets = options.findsBreakingBudgets === true ? BreakingBudgets.of(model) : null
    this.#batch = new SuccessorBatch(vector.words)
    this.#expander = new Expander(vector, model.actions, this)
    const { footprints } = this.#expander
    const { leavesOut = true } = options
    this.watch = new PropertyWatch(model, leavesOut ? footprints : null, options.unreachable, this.budgets)
    this.#sleep = leavesOut && commutes(model) ? new SleepSets(footprints) : null
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

  /** Finds the initial states; to be called once, first. */
  start(): void {
    const { vector, initialStates } = this.#model
    for (const state of initialStates) {
      vector.load(state)
      this.#batch.addState(vector, -1)
      this.generated++
    }
    this.#flush()
    this.schedule.endLevel(this.store.count)
    this.#sleep?.endLevel(this.store.count)
    vector.requireSetsOfElements()
    if (this.#mustStop()) this.end = 'violated'
    else if (this.#options.maxDepth === 0 && this.distinct > 0) this.end = 'depth'
    else if (this.distinct === 0) this.end = 'exhausted'
  }

  /** Expands up to `states` further states. Returns whether the search goes on. */
  advance(states: number): boolean {
    for (let left = states; left > 0 && this.end === 'running'; left--) {
      const index = this.schedule.next()
      this.watch.layer = this.schedule.layer
      if (index < 0) this.#endLevel()
      else if (!this.store.isOutside(index)) this.#expand(index)
    }
    this.#model.vector.requireSetsOfElements()
    return this.end === 'running'
  }

  emit(action: ActionModel, transition: Transition, effects: Effects, leaf: number): void {
    const { vector, transitions } = this.#model
    const batch = this.#batch
    const selective = this.#selective
    const count = effects.masks[effects.startOf(leaf)] as number
    this.generated += count
    if (!this.#isRevisit) action.fired += count
    if (selective?.isAsleep(leaf)) {
      this.leftOut += count
      this.#leftOutSince += count
      return
    }
    const ignored = this.watch.ignores(leaf)
    const sleeping = selective === null ? 0 : selective.take(leaf)
    const places = selective === null ? 0 : selective.start
    for (let outcome = 0, at = effects.startOf(leaf) + 1; outcome < count; outcome++) {
      if (!batch.add(vector, this.#sum, this.#current, effects.masks, at)) {
        vector.layOut()
        at = effects.startOf(leaf) + 1
        for (let before = outcome; before > 0; before--) at += outcomeLength(effects.masks, at)
        outcome--
        continue
      }
      batch.note(ignored, sleeping, places)
      at += outcomeLength(effects.masks, at)
      if (transitions.length > 0 && !this.#isRevisit)
        this.watch.checkStep(action, transition, batch, this.#current, this.schedule.level)
    }
  }

  forget(): void {
    this.#sleep?.forget()
    this.#batch.sleeping.fill(0)
  }

  /**
   * Calls `visit` with each state within the constraints that a step of the protocol, or a repair, leads to from the state at `index`. Only for states that
   * the search expanded, once it has ended.
   */
  revisit(index: number, visit: (successor: number) => void): void {
    const { generated } = this
    this.#batch.count = 0
    this.#load(index)
    this.#isRevisit = true
    this.#takeProgress()
    this.#expander.expand(this.#actions.repairs)
    this.#isRevisit = false
    this.generated = generated
    for (let row = 0; row < this.#batch.count; row++) {
      const successor = this.store.indexOf(this.#batch, row)
      if (successor >= 0 && !this.store.isOutside(successor)) visit(successor)
    }
    this.#batch.count = 0
  }

  #load(index: number): void {
    const { vector } = this.#model
    this.store.load(index, vector.frames)
    this.#current = index
    this.#sum = rowHash(vector.frames, 0, vector.words)
  }

  #expand(index: number): void {
    const { schedule } = this
    this.#load(index)
    if (schedule.progress) {
      this.#sleep?.open(index)
      this.#selective = this.#sleep
      if (!this.#takeProgress()) this.#checkDeadlock(index)
      this.expanded++
      this.#selective = null
    }
    if (this.#actions.faults.length > 0 && schedule.faults) this.#expander.expand(this.#actions.faults)
    if (this.#verificationTimes.isDue()) this.#expander.verify()
    // What is left out counts, so that the search looks up after the same states, and ends at the same, as without sleep sets.
    if (this.#batch.count + this.#leftOutSince < batchSize) return
    this.#flush()
    if (this.#mustStop()) this.#stop()
  }

  /** Expands the state by the steps of the protocol; returns whether there was one. */
  #takeProgress(): boolean {
    const before = this.generated
    if (this.#actions.deliveries.length > 0) this.#expander.expand(this.#actions.deliveries)
    const isQuiet = this.generated === before
    this.#expander.expand(this.#actions.progress)
    if (isQuiet && this.#actions.quiet.length > 0) this.#expander.expand(this.#actions.quiet)
    if (this.generated === before && this.#actions.idle.length > 0) this.#expander.expand(this.#actions.idle)
    return this.generated !== before
  }

  #endLevel(): void {
    this.#flush()
    if (this.#mustStop()) this.end = 'violated'
    if (this.end !== 'running') return
    this.#sleep?.endLevel(this.store.count)
    if (!this.schedule.endLevel(this.store.count)) this.end = this.schedule.isCut ? 'depth' : 'exhausted'
    else if (this.schedule.level >= this.#options.maxDepth) this.schedule.skipLevel(this.queue > 0)
  }

  #mustStop(): boolean {
    for (const property of this.watch.violations.keys()) if (this.#options.endsAt(property)) return true
    return false
  }

  #checkDeadlock(index: number): void {
    this.watch.checkDeadlock(index, this.schedule.level)
    if (this.watch.violations.has('deadlock') && this.#mustStop()) this.end = 'violated'
  }

  /** Ends the search at a violation; a deadlock in the rest of the level would be shorter, so that is looked for. */
  #stop(): void {
    const { generated } = this
    this.#isRevisit = true
    while (this.watch.awaitsDeadlock && this.#options.endsAt('deadlock') && this.schedule.progress) {
      const index = this.schedule.next()
      if (index < 0) break
      if (this.store.isOutside(index)) continue
      this.#load(index)
      if (!this.#takeProgress()) this.watch.checkDeadlock(index, this.schedule.level)
      this.#batch.count = 0
    }
    this.generated = generated
    this.end = 'violated'
  }

  /** Looks up the waiting successors, and checks the new ones, as far as the limit on states goes. */
  #flush(): void {
    const first = this.store.count
    this.store.addAll(this.#batch)
    this.#sleep?.arrive(this.#batch, this.store.count - first)
    this.#leftOutSince = 0
    const { watch, store } = this
    const depth = this.schedule.nextDepth
    if (!watch.watchesStates) {
      this.#count(Math.min(store.count - first, this.#options.maxStates - this.distinct), depth)
      if (this.distinct === this.#options.maxStates && store.count > this.distinct) this.end = 'states'
      return
    }
    const { added, ignored } = this.#batch
    let unchecked = 0
    for (let index = first; index < store.count; index++) {
      if (this.distinct === this.#options.maxStates) {
        this.end = 'states'
        break
      }
      if (ignored[added[index - first] as number] === 1) {
        unchecked++
        this.#count(1, depth)
        continue
      }
      store.load(index, this.#model.vector.frames)
      if (watch.checkState(index, depth)) this.#count(1, depth)
      else store.markOutside(index)
    }
    watch.endChecks(unchecked)
  }

  #count(states: number, depth: number): void {
    if (states === 0) return
    this.distinct += states
    this.schedule.found += states
    this.depth = Math.max(this.depth, depth)
  }
}

/**
 * Whether of two orders of independent steps one will do: no state between is left out, no step waits until others are not possible, and no property is about
 * single steps.
 */
function commutes({ actions, constraints, transitions }: Model): boolean {
  return constraints.length + transitions.length === 0 && actions.every(({ waitsFor }) => waitsFor === 'nothing')
}
