import { Set as ImmutableSet } from 'immutable'
import type { Interner } from '../values/interner.js'
import type { BagSlot } from './bag-slot.js'
import { bitsFor, Field } from './field.js'
import { IntMap } from './int-map.js'
import type { QueueSlot } from './queue-slot.js'

/** Words of the values of one slot that are kept built; further ones the interner keeps for a while, or builds again. */
const builtWordsMax = 1 << 17

/** Elements per chunk of a set slot: a chunk must fit a word, and a node of a decision tree branches on a whole chunk. */
export const chunkBits = 16

/** A set whose universe outgrows this is kept as one interned value instead. */
export const universeMax = 1024

/** A leaf of the state kept as the id of its value: ids are dense and per slot, so that they need few bits. */
export class ValueSlot {
  readonly kind = 'value'
  readonly path: readonly string[]
  readonly field = new Field(31)
  /** Index of the read reference for the whole slot. */
  ref = -1
  readonly #interner: Interner
  readonly #local = new IntMap()
  readonly #interned: number[] = []
  readonly #built: unknown[] = []
  #builtWords = 0

  constructor(path: readonly string[], interner: Interner) {
    this.path = path
    this.#interner = interner
  }

  /** The id in this slot of the value with `interned` id; new ones may widen the field, see {@link Field.width}. */
  idOf(interned: number): number {
    const known = this.#local.get(interned)
    if (known >= 0) return known
    const id = this.#interned.push(interned) - 1
    this.#local.add(interned, id)
    this.field.width = bitsFor(id + 1)
    return id
  }

  /** Whether the slot has held the value with `interned` id. */
  holds(interned: number): boolean {
    return this.#local.get(interned) >= 0
  }

  /** The value with this slot's `id`. */
  valueOf(id: number): unknown {
    if (id < this.#built.length) return this.#built[id]
    const interned = this.#interned[id] as number
    const value = this.#interner.valueOf(interned)
    if (id === this.#built.length && this.#builtWords < builtWordsMax) {
      this.#built.push(value)
      this.#builtWords += this.#interner.wordsOf(interned)
    }
    return value
  }

  decode(words: Int32Array, base: number): unknown {
    const { word, shift, mask } = this.field
    return this.valueOf(((words[base + word] as number) >>> shift) & mask)
  }
}

/** A set-valued leaf of the state kept as one bit per element ever seen, in chunks of {@link chunkBits}. */
export class SetSlot {
  readonly kind = 'set'
  readonly path: readonly string[]
  readonly chunks: Field[] = [new Field(chunkBits)]
  /** Read references of the chunks and of the elements. */
  readonly chunkRefs: number[] = []
  readonly elementRefs: number[] = []
  readonly #interner: Interner
  readonly #index = new IntMap()
  readonly #interned: number[] = []

  constructor(path: readonly string[], interner: Interner) {
    this.path = path
    this.#interner = interner
  }

  get size(): number {
    return this.#interned.length
  }

  /** The index of the element with `interned` id, or -1 when it was never seen. */
  indexOf(interned: number): number {
    return this.#index.get(interned)
  }

  /** Adds an element to the universe. */
  append(interned: number): number {
    const element = this.#interned.push(interned) - 1
    this.#index.add(interned, element)
    const chunk = Math.floor(element / chunkBits)
    if (chunk === this.chunks.length) this.chunks.push(new Field(chunkBits))
    // Widened by four bits at a time, so that a growing universe does not make a new layout for each element.
    const field = this.chunks[chunk] as Field
    field.width = Math.min(chunkBits, Math.ceil(((element % chunkBits) + 1) / 4) * 4)
    return element
  }

  /** The interned id of the element at `index`. */
  internedAt(index: number): number {
    return this.#interned[index] as number
  }

  has(words: Int32Array, base: number, element: number): boolean {
    const field = this.chunks[Math.floor(element / chunkBits)] as Field
    const bit = element % chunkBits
    if (field.mask >>> bit === 0) return false
    return (((words[base + field.word] as number) >>> (field.shift + bit)) & 1) === 1
  }

  /** The elements in the set, as interned values in canonical order: an Immutable Set. */
  decode(words: Int32Array, base: number): ImmutableSet<unknown> {
    const elements: unknown[] = []
    for (let element = 0; element < this.#interned.length; element++)
      if (this.has(words, base, element)) elements.push(this.#interner.valueOf(this.#interned[element] as number))
    const set = ImmutableSet(elements)
    return this.#interner.valueOf(this.#interner.idOf(set)) as ImmutableSet<unknown>
  }
}

export type Slot = ValueSlot | SetSlot | BagSlot | QueueSlot
