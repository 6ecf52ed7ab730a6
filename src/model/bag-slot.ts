import { Bag } from '../values/bag.js'
import { compareValues } from '../values/compare.js'
import type { Interner } from '../values/interner.js'
import { longer } from '../values/longer.js'
import { bitsFor } from './field.js'
import { IntMap } from './int-map.js'

/** Widths that an entry of a bag may have: those that fill a word well. */
const entryWidths = [4, 5, 6, 8, 10, 16, 32]

/** Where a bag's entries are: so many bits each, packed into words from `start` on. */
export interface BagRegion {
  readonly start: number
  readonly words: number
  readonly entryBits: number
  /** Entries per word. */
  readonly perWord: number
}

/**
 * A multiset kept inside the state: the ids of its elements, ascending, packed into a run of words; 0 stands for no entry. A state's bag is small beside
 * the number of different elements that bags of the search ever hold, so a list of ids is smaller than a count for each.
 */
export class BagSlot {
  readonly kind = 'bag'
  readonly path: readonly string[]
  readonly distinct: boolean
  region: BagRegion = { start: 0, words: 0, entryBits: 4, perWord: 8 }
  /** The most entries that a state was seen to need. */
  entries = 0
  readonly #interner: Interner
  readonly #index = new IntMap()
  readonly #interned: number[] = []
  /** Ids in the canonical order of their elements, and the place of each by id - 1. */
  readonly #order: number[] = []
  readonly #ranks: number[] = []
  #scratch = new Int32Array(64)

  constructor(path: readonly string[], distinct: boolean, interner: Interner) {
    this.path = path
    this.distinct = distinct
    this.#interner = interner
  }

  /** The id of an element, from 1; new ones may need wider entries. */
  idOf(interned: number): number {
    const known = this.#index.get(interned)
    if (known >= 0) return known
    const id = this.#interned.push(interned)
    this.#index.add(interned, id)
    return id
  }

  valueOf(id: number): unknown {
    return this.#interner.valueOf(this.#interned[id - 1] as number)
  }

  /** Whether an id fits the present entries; one that is removed, negative, does. */
  fits(id: number): boolean {
    return id < 0 || bitsFor(id + 1) <= this.region.entryBits
  }

  /** Lays the region out from word `start` on. */
  layOut(start: number): void {
    const needed = bitsFor(this.#interned.length + 1)
    const entryBits = entryWidths.find((width) => width >= needed) ?? 32
    const perWord = Math.floor(32 / entryBits)
    // Where states have many messages, and each more than those before, not every one should lead to a layout of its own.
    const entries = this.entries > 32 ? Math.ceil(this.entries * 1.125) : this.entries
    this.region = { start, words: Math.ceil(entries / perWord), entryBits, perWord }
  }

  /** Reads the ids in a state's bag, ascending and as often as they are in it, for {@link insert} and {@link write}; returns their number. */
  read(words: Int32Array, base: number, region: BagRegion = this.region): number {
    const { start, entryBits, perWord } = region
    const mask = entryBits === 32 ? -1 : (1 << entryBits) - 1
    let count = 0
    if (this.#scratch.length < region.words * perWord + 1) this.#scratch = new Int32Array(region.words * perWord * 2)
    const scratch = this.#scratch
    for (let word = 0; word < region.words; word++) {
      const packed = words[base + start + word] as number
      for (let entry = 0; entry < perWord; entry++) {
        const id = (packed >>> (entry * entryBits)) & mask
        if (id === 0) return count
        scratch[count++] = id
      }
    }
    return count
  }

  /** Writes the `count` ids read, and changed since, as a state's bag. */
  write(words: Int32Array, base: number, count: number): void {
    const { start, entryBits, perWord } = this.region
    const scratch = this.#scratch
    let read = 0
    for (let word = 0; word < this.region.words; word++) {
      let packed = 0
      for (let entry = 0; entry < perWord && read < count; entry++) packed |= (scratch[read++] as number) << (entry * entryBits)
      words[base + start + word] = packed
    }
  }

  /** Writes a state's bag as it stood in a region before to the present one. */
  move(from: Int32Array, fromBase: number, before: BagRegion, to: Int32Array, toBase: number): void {
    const { start, words, entryBits } = this.region
    if (entryBits !== before.entryBits || words < before.words) {
      this.write(to, toBase, this.read(from, fromBase, before))
      return
    }
    for (let word = 0; word < words; word++)
      to[toBase + start + word] = word < before.words ? (from[fromBase + before.start + word] as number) : 0
  }

  /** Writes the different ids in a state's bag, ascending, to `ids` from `at` on; returns their end. */
  distinctIds(words: Int32Array, base: number, ids: Int32Array, at: number): number {
    const { start, words: length, entryBits, perWord } = this.region
    const mask = entryBits === 32 ? -1 : (1 << entryBits) - 1
    let end = at
    let last = 0
    for (let word = 0; word < length; word++) {
      const packed = words[base + start + word] as number
      for (let entry = 0; entry < perWord; entry++) {
        const id = (packed >>> (entry * entryBits)) & mask
        if (id === 0) return end
        if (id !== last) ids[end++] = id
        last = id
      }
    }
    return end
  }

  /** Adds an id to the `count` read, in order; returns their new number. */
  insert(count: number, id: number): number {
    if (this.#scratch.length <= count) this.#scratch = longer(this.#scratch)
    const scratch = this.#scratch
    let at = count
    while (at > 0 && (scratch[at - 1] as number) > id) at--
    if (this.distinct && at > 0 && scratch[at - 1] === id) return count
    // By hand: for so few entries `copyWithin` costs more than it does.
    for (let entry = count; entry > at; entry--) scratch[entry] = scratch[entry - 1] as number
    scratch[at] = id
    return count + 1
  }

  /** A state's bag as a value. */
  decode(words: Int32Array, base: number): Bag<unknown> {
    return new Bag(this.elements(words, base), this.distinct)
  }

  /** The elements of a state's bag, in canonical order. */
  elements(words: Int32Array, base: number): unknown[] {
    const ranks = this.#canonicalRanks()
    const count = this.read(words, base)
    const ascending = this.#scratch.subarray(0, count)
    for (let at = 0; at < count; at++) ascending[at] = ranks[(ascending[at] as number) - 1] as number
    ascending.sort()
    const elements: unknown[] = []
    for (let at = 0; at < count; at++) elements.push(this.valueOf(this.#order[ascending[at] as number] as number))
    return elements
  }

  /** The place of each element, by id - 1, among all in canonical order; brought up to date when there are more. */
  #canonicalRanks(): readonly number[] {
    const order = this.#order
    if (order.length === this.#interned.length) return this.#ranks
    for (let id = order.length + 1; id <= this.#interned.length; id++) order.splice(this.#placeOf(this.valueOf(id)), 0, id)
    order.forEach((id, rank) => {
      this.#ranks[id - 1] = rank
    })
    return this.#ranks
  }

  /** Where a further element stands among those in order. */
  #placeOf(value: unknown): number {
    let low = 0
    let high = this.#order.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (compareValues(this.valueOf(this.#order[middle] as number), value) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}
