import { longer } from './longer.js'

/**
 * Tuples of 32-bit integers, each stored once and numbered 0, 1, 2, ... in order of arrival.
 *
 * A tuple is found by hash and then compared word by word: a collision costs time, never a wrong answer. Everything lives in
 * `Int32Array`s, because a JS Map holds at most 2^24 entries and tens of bytes for each.
 */
export class TupleTable {
  #words = new Int32Array(1 << 12)
  /** Where tuple `index` starts; the entry behind the last tuple is the end of the arena. */
  #starts = new Int32Array(1 << 10)
  #hashes = new Int32Array(1 << 10)
  /** Open addressing with linear probing: index + 1, or 0 where free. At most half full. */
  #slots = new Int32Array(1 << 11)
  #size = 0
  #missedHash = 0
  readonly #hashMask: number

  /** @param hashMask - bits of the hash that count; tests narrow it to force collisions. */
  constructor(hashMask: number) {
    this.#hashMask = hashMask
  }

  get size(): number {
    return this.#size
  }

  get byteLength(): number {
    return this.#words.byteLength + this.#starts.byteLength + this.#hashes.byteLength + this.#slots.byteLength
  }

  /** Index of the tuple `source[from..to)`, or -1. */
  find(source: Int32Array, from: number, to: number): number {
    const hash = hashOf(source, from, to) & this.#hashMask
    const slots = this.#slots
    const mask = slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const index = (slots[slot] as number) - 1
      if (index < 0) break
      if (this.#hashes[index] === hash && this.#equals(index, source, from, to)) return index
    }
    this.#missedHash = hash
    return -1
  }

  /** Adds the tuple that the last call of {@link find} did not find; returns its index. */
  add(source: Int32Array, from: number, to: number): number {
    const index = this.#size++
    if (this.#size === this.#hashes.length) {
      this.#starts = longer(this.#starts)
      this.#hashes = longer(this.#hashes)
      this.#rehash()
    }
    const start = this.#starts[index] as number
    const end = start + to - from
    while (end > this.#words.length) this.#words = longer(this.#words)
    for (let i = from; i < to; i++) this.#words[start + i - from] = source[i] as number
    this.#starts[index + 1] = end
    this.#hashes[index] = this.#missedHash
    this.#place(index)
    return index
  }

  /** How many words tuple `index` has. */
  lengthOf(index: number): number {
    return (this.#starts[index + 1] as number) - (this.#starts[index] as number)
  }

  /** Word `position` of tuple `index`. */
  word(index: number, position: number): number {
    return this.#words[(this.#starts[index] as number) + position] as number
  }

  #equals(index: number, source: Int32Array, from: number, to: number): boolean {
    const start = this.#starts[index] as number
    if ((this.#starts[index + 1] as number) - start !== to - from) return false
    const words = this.#words
    for (let i = from, at = start; i < to; i++, at++) if (words[at] !== source[i]) return false
    return true
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 2)
    for (let index = 0; index < this.#size - 1; index++) this.#place(index)
  }

  #place(index: number): void {
    const mask = this.#slots.length - 1
    let slot = (this.#hashes[index] as number) & mask
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
    this.#slots[slot] = index + 1
  }
}

/** MurmurHash3 over 32-bit words, with its finaliser: linear probing needs the low bits well mixed. */
function hashOf(source: Int32Array, from: number, to: number): number {
  let hash = to - from
  for (let i = from; i < to; i++) {
    let k = Math.imul(source[i] as number, 0xcc9e2d51)
    k = (k << 15) | (k >>> 17)
    hash ^= Math.imul(k, 0x1b873593)
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
