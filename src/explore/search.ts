import type { Effects } from '../model/effects.js'
import { outcomeLength } from '../model/effects.js'
import { Expander, type SuccessorSink } from '../model/expander.js'
import type { Model } from '../model/model.js'
import type { ActionModel, Transition } from '../model/transition.js'
import { BreakingBudgets } from './breaking-budgets.js'
import { PropertyWatch } from './property-watch.js'
import { rowHash } from './row-hash.js'
import { Schedule } from './schedule.js'
import { SuccessorBatch } from './successor-batch.js'
import { VisitedStore } from './visited-store.js'

/** Successors that are looked up together. */
const batchSize = 256

/**
 * Expansions of which one is checked against a fresh run of the spec's functions: so many, and later so large a part of all before. What is impure shows in
 * most states, or in none that are new.
 */
const verifyEvery = 2048
const verifyShare = 1 / 32
/** So many of the first states are checked so too: what reads nothing is learned from one run. */
const verifyFirst = 16

export interface SearchOptions {
  /** Whether the search ends when this property is violated; else it goes on, to a counterexample for every other. */
  readonly endsAt: (property: string) => boolean
  /** Each `sometimes` that is violated when it is reached. Default: none. */
  readonly unreachable?: ReadonlySet<string>
  /** Distinct states after which to stop. */
  readonly maxStates: number
  /** Steps from an initial state beyond which nothing is explored. */
  readonly maxDepth: number
  /** Whether to finish all behaviours with fewer faults before any with more; else steps alone count. */
  readonly fewestFaultsFirst: boolean
  /** Whether to find out all budgets of faults that break properties, where that can be known; only for a search that goes on. Default: false. */
  readonly findsBreakingBudgets?: boolean
  /** Bits of the states' hashes that are used; narrowed in tests to force collisions. */
  readonly hashMask?: number
}

/** Why a search ended, or that it has not. */
export type SearchEnd = 'running' | 'exhausted' | 'violated' | 'states' | 'depth'

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
  readonly #model: Model
  readonly #options: SearchOptions
  readonly #batch: SuccessorBatch
  readonly #expander: Expander
  /** Where something waits for them: the actions that deliver messages. */
  readonly #deliveries: readonly ActionModel[]
  readonly #progressActions: readonly ActionModel[]
  /** Those that wait until no message can be delivered, and those that wait until nothing else can happen. */
  readonly #quietActions: readonly ActionModel[]
  readonly #idleActions: readonly ActionModel[]
  readonly #faultActions: readonly ActionModel[]
  readonly #repairActions: readonly ActionModel[]
  /** The state being expanded. */
  #current = -1
  /** Whether it was expanded before, so that nothing about its steps is new. */
  #isRevisit = false
  #sum = 0
  #expansions = 0
  /** The expansion that is checked next. */
  #verifyAt = 1

  constructor(model: Model, options: SearchOptions) {
    this.#model = model
    this.#options = options
    const { vector, actions } = model
    const progress = actions.filter(({ fault }) => fault === null)
    this.#quietActions = progress.filter(({ waitsFor }) => waitsFor === 'messages')
    const isFirst = ({ delivers }: ActionModel) => delivers && this.#quietActions.length > 0
    this.#deliveries = progress.filter(isFirst)
    this.#progressActions = progress.filter((action) => action.waitsFor === 'nothing' && !isFirst(action))
    this.#idleActions = progress.filter(({ waitsFor }) => waitsFor === 'all')
    this.#faultActions = actions.filter(({ fault }) => fault !== null)
    this.#repairActions = actions.filter(({ repair }) => repair)
    this.store = new VisitedStore(vector.words, options.hashMask)
    this.schedule = new Schedule(options.fewestFaultsFirst && this.#faultActions.length > 0)
    this.budgets = options.findsBreakingBudgets === true ? BreakingBudgets.of(model) : null
    this.watch = new PropertyWatch(model, options.unreachable, this.budgets)
    this.#batch = new SuccessorBatch(vector.words)
    this.#expander = new Expander(vector, model.actions, this)
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
    const count = effects.masks[effects.startOf(leaf)] as number
    for (let outcome = 0, at = effects.startOf(leaf) + 1; outcome < count; outcome++) {
      if (!this.#batch.add(vector, this.#sum, this.#current, effects.masks, at)) {
        vector.layOut()
        at = effects.startOf(leaf) + 1
        for (let before = outcome; before > 0; before--) at += outcomeLength(effects.masks, at)
        outcome--
        continue
      }
      at += outcomeLength(effects.masks, at)
      if (transitions.length > 0 && !this.#isRevisit)
        this.watch.checkStep(action, transition, this.#batch, this.#current, this.schedule.level)
    }
    this.generated += count
    if (!this.#isRevisit) action.fired += count
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
    this.#expander.expand(this.#repairActions)
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
      if (!this.#takeProgress()) this.#checkDeadlock(index)
      this.expanded++
    }
    if (schedule.faults) this.#expander.expand(this.#faultActions)
    if (++this.#expansions === this.#verifyAt) this.#verify()
    if (this.#batch.count < batchSize) return
    this.#flush()
    if (this.#mustStop()) this.#stop()
  }

  #verify(): void {
    this.#expander.verify()
    const { floor, max } = Math
    this.#verifyAt += this.#expansions < verifyFirst ? 1 : floor(max(verifyEvery, this.#expansions * verifyShare))
  }

  /** Expands the state by the steps of the protocol; returns whether there was one. */
  #takeProgress(): boolean {
    const before = this.generated
    if (this.#deliveries.length > 0) this.#expander.expand(this.#deliveries)
    const isQuiet = this.generated === before
    this.#expander.expand(this.#progressActions)
    if (isQuiet && this.#quietActions.length > 0) this.#expander.expand(this.#quietActions)
    if (this.generated === before && this.#idleActions.length > 0) this.#expander.expand(this.#idleActions)
    return this.generated !== before
  }

  #endLevel(): void {
    this.#flush()
    if (this.#mustStop()) this.end = 'violated'
    else if (this.end !== 'running') return
    else if (!this.schedule.endLevel(this.store.count)) this.end = this.schedule.isCut ? 'depth' : 'exhausted'
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
    const { watch, store } = this
    const depth = this.schedule.nextDepth
    if (!watch.watchesStates) {
      this.#count(Math.min(store.count - first, this.#options.maxStates - this.distinct), depth)
      if (this.distinct === this.#options.maxStates && store.count > this.distinct) this.end = 'states'
      return
    }
    for (let index = first; index < store.count; index++) {
      if (this.distinct === this.#options.maxStates) {
        this.end = 'states'
        return
      }
      store.load(index, this.#model.vector.frames)
      if (watch.checkState(index, depth)) this.#count(1, depth)
      else store.markOutside(index)
    }
  }

  #count(states: number, depth: number): void {
    if (states === 0) return
    this.distinct += states
    this.schedule.found += states
    this.depth = Math.max(this.depth, depth)
  }
}
