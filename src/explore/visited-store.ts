import type { RowConversion } from '../model/row-conversion.js'
import { rowHash, scatter } from './row-hash.js'
import type { SuccessorBatch } from './successor-batch.js'

/** Rows per segment, as a power of two: rows are kept in segments so that growing copies nothing. */
const segmentShift = 16
const segmentRows = 1 << segmentShift
const segmentMask = segmentRows - 1
/** Rows that the first segment begins with; it doubles until it is full, so that few states take little memory however wide they are. */
const segmentRowsFirst = 1 << 10

/** The table is doubled when more than this share of it is taken. */
const loadMax = 0.65

/** Rows that are put together into a new table: a divisor of a segment. */
const fillTogether = 256

/** The sign of a parent marks a state outside a state constraint. */
const outsideBit = 0x80000000 | 0

/**
 * All states found, in breadth-first order, with the state that each was first reached from.
 *
 * A state is its words, in a row; rows stand in order of discovery, so the frontier is a range of indices and the queue costs nothing. An
 * open-addressing table of row index and hash finds a row; the hash only spares visits to rows: equality is decided by the words, so no state
 * is ever lost to a collision.
 */
export class VisitedStore {
  count = 0
  /** Nothing to read here: it keeps the reads that fill it from being optimised away. */
  touched = 0
  #words: number
  readonly #hashMask: number
  #rows: Int32Array[] = []
  readonly #parents: Int32Array[] = []
  /** Pairs of row index + 1 (0: free) and scattered hash. */
  #table = new Int32Array(2 << 10)

  /** @param hashMask - bits of the hash that are used; narrowed in tests to force collisions. */
  constructor(words: number, hashMask = -1) {
    this.#words = words
    this.#hashMask = hashMask
  }

  /** Bytes that growing the table will take, when it is about to grow; else 0. */
  get growthBytes(): number {
    return this.count > (this.#table.length >> 1) * loadMax * 0.9 ? this.#table.byteLength * 2 : 0
  }

  /** Adds those states of a batch that are new, in order, notes which they are, and empties it. */
  addAll(batch: SuccessorBatch): void {
    const { count, hashes, parents, rows, added } = batch
    const needed = this.count + count
    while (needed > (this.#table.length >> 1) * loadMax) this.#growTable()
    const words = this.#words
    this.touched = touch(this.#table, hashes, count, this.#hashMask)
    let end = 0
    for (let row = 0; row < count; row++) {
      const index = this.#insert(rows, row * words, hashes[row] as number)
      if (index < 0) continue
      this.#setParent(index, parents[row] as number)
      added[end++] = row
    }
    batch.count = 0
  }

  /** The index of the state in a row of a batch, or -1 when it was not visited. */
  indexOf({ rows, hashes }: SuccessorBatch, row: number): number {
    const hash = scatter(hashes[row] as number) & this.#hashMask
    const table = this.#table
    const mask = (table.length >> 1) - 1
    const words = this.#words
    for (let place = hash & mask; table[2 * place] !== 0; place = (place + 1) & mask) {
      const index = (table[2 * place] as number) - 1
      if (table[2 * place + 1] === hash && this.equals(index, rows, row * words)) return index
    }
    return -1
  }

  /** Copies a state's words to the first frame. */
  load(index: number, frames: Int32Array): void {
    const rows = this.#rows[index >>> segmentShift] as Int32Array
    const words = this.#words
    const base = (index & segmentMask) * words
    for (let word = 0; word < words; word++) frames[word] = rows[base + word] as number
  }

  /** Whether the state at `index` is the one whose words begin at `base`. */
  equals(index: number, frames: Int32Array, base: number): boolean {
    return sameWords(
      this.#rows[index >>> segmentShift] as Int32Array,
      (index & segmentMask) * this.#words,
      frames,
      base,
      this.#words,
    )
  }

  /** The state that the state at `index` was first reached from, or -1 for an initial state. */
  parentOf(index: number): number {
    return (((this.#parents[index >>> segmentShift] as Int32Array)[index & segmentMask] as number) & 0x7fffffff) - 1
  }

  /** Marks a state as outside a state constraint: it is kept so that it is met once, but not counted or expanded. */
  markOutside(index: number): void {
    const parents = this.#parents[index >>> segmentShift] as Int32Array
    parents[index & segmentMask] = (parents[index & segmentMask] as number) | outsideBit
  }

  isOutside(index: number): boolean {
    return ((this.#parents[index >>> segmentShift] as Int32Array)[index & segmentMask] as number) < 0
  }

  /** Converts all rows to a new layout. */
  convert(convert: RowConversion, wordsBefore: number, words: number): void {
    this.#rows = this.#rows.map((from, segment) => {
      const end = Math.min(segmentRows, this.count - segment * segmentRows)
      const to = new Int32Array((segment === 0 ? capacityFor(end) : segmentRows) * words)
      for (let row = 0; row < end; row++) convert(from, row * wordsBefore, to, row * words)
      return to
    })
    this.#words = words
    this.#table.fill(0)
    this.#fillTable()
  }

  #setParent(index: number, parent: number): void {
    ;(this.#parents[index >>> segmentShift] as Int32Array)[index & segmentMask] = parent + 1
  }

  /** The index of a new row, or -1 when the state is known. */
  #insert(from: Int32Array, base: number, sum: number): number {
    const hash = scatter(sum) & this.#hashMask
    const table = this.#table
    const mask = (table.length >> 1) - 1
    const words = this.#words
    let place = hash & mask
    for (;;) {
      const held = table[2 * place] as number
      if (held === 0) break
      if (table[2 * place + 1] === hash) {
        const index = held - 1
        if (sameWords(this.#rows[index >>> segmentShift] as Int32Array, (index & segmentMask) * words, from, base, words))
          return -1
      }
      place = (place + 1) & mask
    }
    const index = this.count++
    if (((index & segmentMask) + 1) * words > (this.#rows[index >>> segmentShift]?.length ?? -1)) this.#reserve(index)
    const rows = this.#rows[index >>> segmentShift] as Int32Array
    const target = (index & segmentMask) * words
    for (let word = 0; word < words; word++) rows[target + word] = from[base + word] as number
    table[2 * place] = index + 1
    table[2 * place + 1] = hash
    return index
  }

  /** Makes room for the row at `index`. */
  #reserve(index: number): void {
    const segment = index >>> segmentShift
    const capacity = segment === 0 ? capacityFor(index + 1) : segmentRows
    const longer = new Int32Array(capacity * this.#words)
    longer.set(this.#rows[segment] ?? [])
    this.#rows[segment] = longer
    this.#parents[segment] ??= new Int32Array(segmentRows)
  }

  #growTable(): void {
    const old = this.#table
    const table = new Int32Array(old.length * 2)
    const mask = (table.length >> 1) - 1
    for (let at = 0; at < old.length; at += 2) {
      if (old[at] === 0) continue
      let place = (old[at + 1] as number) & mask
      while (table[2 * place] !== 0) place = (place + 1) & mask
      table[2 * place] = old[at] as number
      table[2 * place + 1] = old[at + 1] as number
    }
    this.#table = table
  }

  /** Puts all rows into the table, which is empty. */
  #fillTable(): void {
    const table = this.#table
    const mask = (table.length >> 1) - 1
    const words = this.#words
    const hashes = new Int32Array(fillTogether)
    for (let first = 0; first < this.count; first += fillTogether) {
      const count = Math.min(fillTogether, this.count - first)
      const rows = this.#rows[first >>> segmentShift] as Int32Array
      const base = (first & segmentMask) * words
      for (let row = 0; row < count; row++) hashes[row] = rowHash(rows, base + row * words, words)
      this.touched = touch(table, hashes, count, this.#hashMask)
      for (let row = 0; row < count; row++) {
        const hash = scatter(hashes[row] as number) & this.#hashMask
        let place = hash & mask
        while (table[2 * place] !== 0) place = (place + 1) & mask
        table[2 * place] = first + row + 1
        table[2 * place + 1] = hash
      }
    }
  }
}

/** The rows that the first segment has room for when it must hold so many. */
function capacityFor(rows: number): number {
  let capacity = segmentRowsFirst
  while (capacity < rows) capacity *= 2
  return capacity
}

/** Reads the table places of a batch once, so that the memory accesses overlap instead of waiting for each other. */
function touch(table: Int32Array, hashes: Int32Array, count: number, hashMask: number): number {
  const mask = (table.length >> 1) - 1
  let sum = 0
  for (let row = 0; row < count; row++) sum += table[2 * (scatter(hashes[row] as number) & hashMask & mask)] as number
  return sum
}

function sameWords(a: Int32Array, aBase: number, b: Int32Array, bBase: number, words: number): boolean {
  for (let word = 0; word < words; word++) if (a[aBase + word] !== b[bBase + word]) return false
  return true
}
