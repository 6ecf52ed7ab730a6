import { Set as ImmutableSet, isOrdered } from 'immutable'
import { Whole } from '../spec/whole.js'
import { Bag, Queue } from '../values/bag.js'
import type { Interner } from '../values/interner.js'
import { ValueError } from '../values/value-error.js'
import { BagSlot } from './bag-slot.js'
import type { Place } from './decision-trees.js'
import { type Field, packFields } from './field.js'
import { Marks } from './marks.js'
import { QueueSlot } from './queue-slot.js'
import { ReadLog } from './read-log.js'
import { References } from './references.js'
import { refusedValue } from './refused.js'
import { conversionOf, type RowConversion } from './row-conversion.js'
import { familyOf, type Leaf, recordWith, type Shape, shapeOf } from './shape.js'
import { chunkBits, SetSlot, type Slot, universeMax, ValueSlot } from './slots.js'

/** The state and the next state, side by side in {@link StateVector.frames}: functions read the first, transition properties both. */
export type FrameIndex = 0 | 1

/** Thrown when a slot can no longer be kept as a set of elements: the search starts again with it kept as one value. */
export class NotASetOfElements extends Error {
  readonly slot: number

  constructor(slot: number) {
    super(`slot ${slot} cannot be kept by element`)
    this.slot = slot
  }
}

/**
 * How states are kept: a vector of 32-bit words in which every leaf of the state has just the bits that it needs.
 *
 * A leaf is a slot: the id of its interned value or, for a Set, one bit per element ever seen. When an id or an element does not fit, the
 * words are laid out anew ({@link layOut}) and whoever keeps rows converts them. Equal states have equal words, so equality is exact.
 */
export class StateVector {
  readonly interner: Interner
  readonly root: Shape
  readonly slots: readonly Slot[]
  readonly log = new ReadLog()
  readonly references = new References()
  readonly marks = new Marks(this.references)
  /** Words of one state. */
  words = 1
  /** Two states: the one that functions read, and the next. */
  frames = new Int32Array(2)
  /** A decoded state as users know it; for error messages. */
  display: (state: unknown) => unknown = (state) => state
  /** Where users find what stands at a path; `null` for what they do not see. */
  displayPath: (path: readonly string[]) => readonly string[] | null = (path) => path
  /** Whether an id or an element that was met does not fit the present layout. */
  stale = false
  /** Counts the times that a set read as a whole got a chunk which earlier reads of it did not cover: what was learned before is void. */
  epoch = 0
  readonly #fields: Field[] = []
  readonly #readWhole = new Set<SetSlot>()
  readonly #listeners: ((convert: RowConversion, wordsBefore: number) => void)[] = []
  #overflowed: NotASetOfElements | null = null
  readonly #onElement: ((slot: SetSlot, element: number) => void)[] = []

  /**
   * @param initialStates - give the fields that all states have.
   * @param kept - indices of leaves that are kept as one value though they are sets.
   * @throws SpecError when the initial states are malformed.
   */
  constructor(initialStates: readonly unknown[], interner: Interner, kept: { has(leaf: number): boolean }) {
    this.interner = interner
    const { root, leaves } = shapeOf(initialStates)
    this.root = root
    this.slots = leaves.map((leaf, index) => this.#slotFor(leaf, kept.has(index)))
    for (const slot of this.slots) if (slot.kind === 'value') slot.field.family = familyOf(root, slot.path)
  }

  #slotFor(leaf: Leaf, keptAsValue: boolean): Slot {
    if (!keptAsValue && leaf.path.length > 0 && leaf.initial.every(isUnorderedSet)) {
      const slot = new SetSlot(leaf.path, this.interner)
      this.#addChunk(slot, 0)
      return slot
    }
    const first = leaf.initial[0]
    if (first instanceof Bag) return new BagSlot(leaf.path, first.distinct, this.interner)
    const slot = first instanceof Queue ? new QueueSlot(leaf.path, this.interner) : new ValueSlot(leaf.path, this.interner)
    slot.ref = this.references.add(slot.field, -1)
    this.#fields.push(slot.field)
    return slot
  }

  #addChunk(slot: SetSlot, chunk: number): void {
    const field = slot.chunks[chunk] as Field
    this.#fields.push(field)
    slot.chunkRefs.push(this.references.add(field, -1, slot.chunkRefs[0]))
  }

  /** The base of a frame in {@link frames}. */
  base(frame: FrameIndex): number {
    return frame === 0 ? 0 : this.words
  }

  /** Where a read (reference * 2 + frame) is now. */
  readonly place = (read: number, place: Place): void => {
    this.references.locate(read >> 1, (read & 1) === 0 ? 0 : this.words, place)
  }

  /** Calls `listener` after every new layout, with a conversion for rows kept in the old one. */
  onLayout(listener: (convert: RowConversion, wordsBefore: number) => void): void {
    this.#listeners.push(listener)
  }

  /** Calls `listener` when a set slot meets a new element. */
  onElement(listener: (slot: SetSlot, element: number) => void): void {
    this.#onElement.push(listener)
  }

  /** The index of an element in a set slot, added to its universe if need be. */
  elementOf(slot: SetSlot, interned: number): number {
    const known = slot.indexOf(interned)
    if (known >= 0) return known
    if (slot.size >= universeMax) throw this.#overflow(slot)
    const chunksBefore = slot.chunks.length
    const element = slot.append(interned)
    if (slot.chunks.length > chunksBefore) {
      this.#addChunk(slot, chunksBefore)
      if (this.#readWhole.has(slot)) this.epoch++
    }
    const chunk = Math.floor(element / chunkBits)
    slot.elementRefs.push(this.references.add(slot.chunks[chunk] as Field, element % chunkBits, slot.chunkRefs[0]))
    if ((slot.chunks[chunk] as Field).mask >>> (element % chunkBits) === 0) this.stale = true
    for (const listener of this.#onElement) listener(slot, element)
    return element
  }

  #overflow(slot: SetSlot): NotASetOfElements {
    this.#overflowed ??= new NotASetOfElements(this.slots.indexOf(slot))
    return this.#overflowed
  }

  /** @throws NotASetOfElements where one was thrown since the search began: a function of the spec may have caught it. */
  requireSetsOfElements(): void {
    if (this.#overflowed !== null) throw this.#overflowed
  }

  /** Records that a function reads all of a set slot. */
  recordWhole(slot: SetSlot, frame: FrameIndex): void {
    if (!this.log.active) return
    this.#readWhole.add(slot)
    for (const ref of slot.chunkRefs) this.log.record(ref * 2 + frame)
  }

  /** The id in a value slot of a value with `interned` id. */
  idIn(slot: ValueSlot, interned: number): number {
    const id = slot.idOf(interned)
    if ((id & ~slot.field.mask) !== 0) this.stale = true
    return id
  }

  /** Lays the words out anew where something met does not fit, and has all kept rows converted. */
  layOut(): void {
    if (!this.stale) return
    this.stale = false
    const wordsBefore = this.words
    const before = this.#fields.map(({ word, shift, mask }) => ({ word, shift, mask }))
    const bags = this.slots.filter((slot) => slot.kind === 'bag').map((slot) => ({ slot, before: slot.region }))
    this.words = packFields(this.#fields)
    for (const { slot } of bags) {
      slot.layOut(this.words)
      this.words += slot.region.words
    }
    const { words } = this
    const convert = conversionOf(this.#fields, before, words, bags)
    const frames = new Int32Array(words * 2)
    convert(this.frames, 0, frames, 0)
    convert(this.frames, wordsBefore, frames, words)
    this.frames = frames
    for (const listener of this.#listeners) listener(convert, wordsBefore)
  }

  /**
   * Puts a whole state into the first frame.
   *
   * @throws SpecError when it has other fields than the initial states.
   */
  load(state: unknown): void {
    const leaves: unknown[] = []
    const visit = (shape: Shape, value: unknown, path: readonly string[]): void => {
      if (shape.kind === 'leaf') leaves[shape.leaf] = value instanceof Whole ? value.value : value
      else {
        const record = recordWith(shape, value, path)
        for (const [key, field] of shape.fields) visit(field, record[key], [...path, key])
      }
    }
    visit(this.root, state, [])
    this.slots.forEach((slot, index) => {
      try {
        this.#meet(slot, leaves[index])
      } catch (error) {
        throw error instanceof ValueError ? refusedValue([...slot.path, ...error.path], error.what, error.hint) : error
      }
    })
    this.layOut()
    this.frames.fill(0, 0, this.words)
    this.slots.forEach((slot, index) => {
      this.#put(slot, leaves[index])
    })
  }

  /** Makes room for a leaf's value. */
  #meet(slot: Slot, value: unknown): void {
    const { interner } = this
    if (slot.kind === 'value') this.idIn(slot, interner.idOf(value))
    else if (slot.kind === 'set') for (const element of value as Iterable<unknown>) this.elementOf(slot, interner.idOf(element))
    else if (slot.kind === 'queue') {
      if ((slot.idOf((value as Queue<unknown>).elements) & ~slot.field.mask) !== 0) this.stale = true
    } else {
      const { elements } = value as Bag<unknown>
      for (const element of elements) if (!slot.fits(slot.idOf(interner.idOf(element)))) this.stale = true
      this.requireEntries(slot, elements.length)
    }
  }

  /** Puts a leaf's value into the first frame, where the leaf's bits are 0. */
  #put(slot: Slot, value: unknown): void {
    const { interner } = this
    if (slot.kind === 'value') this.#set(slot.field, 0, slot.idOf(interner.idOf(value)))
    else if (slot.kind === 'queue') this.#set(slot.field, 0, slot.idOf((value as Queue<unknown>).elements))
    else if (slot.kind === 'set')
      for (const element of value as Iterable<unknown>) {
        const at = slot.indexOf(interner.idOf(element))
        this.#set(slot.chunks[Math.floor(at / chunkBits)] as Field, at % chunkBits, 1)
      }
    else {
      let count = 0
      for (const element of (value as Bag<unknown>).elements) count = slot.insert(count, slot.idOf(interner.idOf(element)))
      slot.write(this.frames, 0, count)
    }
  }

  /** Notes that a bag needs room for so many entries. */
  requireEntries(slot: BagSlot, entries: number): void {
    // Also where there is room: when entries get wider, what fits now must fit then.
    if (entries > slot.entries) slot.entries = entries
    if (entries > slot.region.words * slot.region.perWord) this.stale = true
  }

  #set(field: Field, bit: number, value: number): void {
    this.frames[field.word] = (this.frames[field.word] as number) | (value << (field.shift + bit))
  }

  /** The state in a frame, as frozen plain records with canonical values in their leaves. */
  decode(frame: FrameIndex): unknown {
    const base = this.base(frame)
    const visit = (shape: Shape): unknown => {
      if (shape.kind === 'leaf') return (this.slots[shape.leaf] as Slot).decode(this.frames, base)
      const record: Record<string, unknown> = {}
      for (const [key, field] of shape.fields)
        Object.defineProperty(record, key, { value: visit(field), enumerable: true, configurable: true, writable: true })
      return Object.freeze(record)
    }
    return visit(this.root)
  }
}

/** Whether `value` is an Immutable Set without an order. */
export function isUnorderedSet(value: unknown): value is ImmutableSet<unknown> {
  return ImmutableSet.isSet(value) && !isOrdered(value)
}
