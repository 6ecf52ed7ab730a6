import type { Footprints } from '../model/footprints.js'
import { longer } from '../values/longer.js'
import { SleepLevel, sleepersMax } from './sleep-level.js'
import type { SuccessorBatch } from './successor-batch.js'

/** Leaves that may sleep: those whose numbers are below this, a power of two. */
const leavesMax = 1 << 16

/**
 * Which steps need not be taken from a state, because another order of the same steps leads to the same state: its sleep set (P. Godefroid,
 * "Partial-order methods for the verification of concurrent systems", 1996, chapter 5), here for a search level by level.
 *
 * A step is the leaf that was learned for it. In the successor by a step sleeps what sleeps in the state or was taken from it before, and is independent of the step.
 * Each step that is left out leads to a state that was found already, so everything is found as it would be without sleep sets, in the same order and
 * from the same states: see docs/internals/sleep-sets.md.
 *
 * Each step of a state that may sleep in others has a place, first those that sleep in the state itself. What sleeps in a successor is a mask of places, until it is known to be new.
 */
export class SleepSets {
  readonly #footprints: Footprints
  #level = new SleepLevel()
  #next = new SleepLevel()
  /** The leaves of the steps that have a place, of all states whose successors wait to be looked up. */
  #places = new Uint16Array(1024)
  /** Where the places of the state being expanded begin, and how many of them are taken. */
  #start = 0
  #count = 0
  /** By leaf, the last state in which it slept, plus 1. */
  readonly #asleepIn = new Int32Array(leavesMax)
  #state = 0

  constructor(footprints: Footprints) {
    this.#footprints = footprints
  }

  /** Where the places of the state being expanded begin: what {@link take} gives is a mask of places from there on. */
  get start(): number {
    return this.#start
  }

  /** To be called before the steps of the state at `index` are taken. */
  open(index: number): void {
    const level = this.#level
    const { leaves } = level
    const end = level.endOf(index)
    this.#start += this.#count
    this.#state = index + 1
    if (this.#start + sleepersMax > this.#places.length) this.#places = longer(this.#places)
    let place = this.#start
    for (let at = level.startOf(index); at < end; at++) {
      const leaf = leaves[at] as number
      this.#places[place++] = leaf
      this.#asleepIn[leaf] = this.#state
    }
    this.#count = place - this.#start
  }

  /** Whether a step sleeps in the state being expanded. */
  isAsleep(leaf: number): boolean {
    return this.#asleepIn[leaf & (leavesMax - 1)] === this.#state && leaf < leavesMax
  }

  /**
   * Takes a step that does not sleep.
   *
   * @returns what sleeps in its successors, as a mask of places.
   */
  take(leaf: number): number {
    const footprints = this.#footprints
    if (footprints.isDependent(leaf)) return 0
    const places = this.#places
    const start = this.#start
    const count = this.#count
    const mask = count === 0 ? 0 : footprints.independentOf(leaf, places, start, count)
    if (count < sleepersMax && leaf < leavesMax) {
      places[start + count] = leaf
      this.#count = count + 1
    }
    return mask
  }

  /** Notes what sleeps in the states of a batch that are new, which was looked up. */
  arrive({ added, sleeping, places }: SuccessorBatch, count: number): void {
    const next = this.#next
    for (let at = 0; at < count; at++) {
      const row = added[at] as number
      next.add(this.#places, places[row] as number, sleeping[row] as number)
    }
    this.#start = 0
    this.#count = 0
  }

  /** Ends a level; the states of the one after the next are found from now on, the first of them at `index`. */
  endLevel(index: number): void {
    const level = this.#next
    this.#next = this.#level
    this.#level = level
    this.#next.begin(index)
  }

  /** To be called when leaves get other meanings: nothing sleeps any more in the states that were found. */
  forget(): void {
    this.#count = 0
    this.#asleepIn.fill(0)
    this.#level.clear()
    this.#next.clear()
  }
}
