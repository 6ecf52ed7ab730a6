import { applyNetworkEffects } from '../model/network-effects.js'
import type { RowConversion } from '../model/row-conversion.js'
import type { StateVector } from '../model/state-vector.js'
import { longer } from '../values/longer.js'
import { rowHash, wordHash } from './row-hash.js'

/**
 * Successors waiting to be looked up among the visited states: their words, hashes and parents. Looking up many at a time lets
 * the memory accesses overlap.
 */
export class SuccessorBatch {
  count = 0
  rows: Int32Array
  hashes = new Int32Array(512)
  parents = new Int32Array(512)
  /** What is noted of each state ({@link note}). */
  ignored = new Uint8Array(512)
  sleeping = new Int32Array(512)
  places = new Int32Array(512)
  /** Once the states were looked up, which of them were new. */
  added = new Int32Array(512)
  #words: number

  constructor(words: number) {
    this.#words = words
    this.rows = new Int32Array(512 * words)
  }

  /**
   * Adds the state in the first frame changed by one outcome.
   *
   * @param sum - the sum of word hashes of the state in the first frame.
   * @param at - where the outcome's masks start (see `Effects`).
   * @returns false when the successor does not fit the present layout: nothing was added.
   */
  add(vector: StateVector, sum: number, parent: number, masks: Int32Array, at: number): boolean {
    if (this.count === this.hashes.length) this.#grow()
    const words = this.#words
    const rows = this.rows
    const { frames } = vector
    const base = this.count * words
    for (let word = 0; word < words; word++) rows[base + word] = frames[word] as number
    const end = at + 2 + 3 * (masks[at] as number)
    for (let touch = at + 2; touch < end; touch += 3) {
      const word = masks[touch] as number
      rows[base + word] = ((frames[word] as number) & (masks[touch + 1] as number)) | (masks[touch + 2] as number)
    }
    const network = masks[at + 1] as number
    if (network > 0 && !applyNetworkEffects(vector, rows, base, masks, end, network)) return false
    let hash = sum
    for (let word = 0; word < words; word++) {
      const before = frames[word] as number
      const after = rows[base + word] as number
      if (after !== before) hash = (hash - wordHash(before, word) + wordHash(after, word)) | 0
    }
    this.hashes[this.count] = hash
    this.parents[this.count] = parent
    this.count++
    return true
  }

  /**
   * Notes of the state added last what need not be done there.
   *
   * @param ignored - whether the properties are there as in the state that it is reached from.
   * @param sleeping - what sleeps there, as a mask of places (see `SleepSets`), and `places` where these begin.
   */
  note(ignored: boolean, sleeping: number, places: number): void {
    const row = this.count - 1
    this.ignored[row] = ignored ? 1 : 0
    this.sleeping[row] = sleeping
    this.places[row] = places
  }

  /** Adds the state in the first frame itself. */
  addState(vector: StateVector, parent: number): void {
    this.add(vector, rowHash(vector.frames, 0, this.#words), parent, noMasks, 0)
    this.note(false, 0, 0)
  }

  /** Converts the waiting rows to a new layout. */
  convert(convert: RowConversion, wordsBefore: number, words: number): void {
    const rows = new Int32Array(this.hashes.length * words)
    for (let row = 0; row < this.count; row++) {
      convert(this.rows, row * wordsBefore, rows, row * words)
      this.hashes[row] = rowHash(rows, row * words, words)
    }
    this.rows = rows
    this.#words = words
  }

  #grow(): void {
    this.rows = longer(this.rows)
    this.hashes = longer(this.hashes)
    this.parents = longer(this.parents)
    this.ignored = longer(this.ignored)
    this.sleeping = longer(this.sleeping)
    this.places = longer(this.places)
    this.added = longer(this.added)
  }
}

const noMasks = new Int32Array(2)
