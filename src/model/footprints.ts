import { longer } from '../values/longer.js'
import { mark } from './marks.js'
import type { Writes } from './patch-encoder.js'
import type { QueueSlot } from './queue-slot.js'
import type { Slot } from './slots.js'
import type { StateVector } from './state-vector.js'

/** Integers of a footprint: two for each mask, and the element. */
const footprintInts = 5
/** What is read, or changed itself: two changes of the same do not commute. */
const USES = 0
/** All that is changed, or is part of what reads as a whole and is changed. */
const TOUCHES = 2
const ELEMENT = 4

/** In the place of an element: what the leaf does is not known well enough, so it is independent of nothing. */
const dependent = -1

/** What leads to a leaf and is no read of its own. */
export interface LeafOrigin {
  /** The leaf of the choice that it is a branch of, or -1. */
  readonly choice: number
  /** The queue whose oldest element, or the bag one of whose elements, the branch is for, or `null`. */
  readonly slot: Slot | null
  /** The id of that element. */
  readonly element: number
}

/** Of what is no branch of a choice. */
export const noOrigin: LeafOrigin = { choice: -1, slot: null, element: 0 }

/**
 * What each leaf that was learned reads and changes: its footprint. Two steps that are enabled in a state are independent there where neither changes
 * what the other reads, and they do not change the same: either order leads to the same state, and each does after the other what it does before.
 *
 * The reads of a leaf are the path to it, those of the choices above it included. Adding to a bag commutes with everything; taking an element from it, with
 * whatever asks for another element. A queue's ends are two things: taking from one end commutes with adding at the other, as long as
 * there is something to take.
 */
export class Footprints {
  readonly #vector: StateVector
  #ints = new Int32Array(footprintInts * 256)
  /** Bits for the ends of queues, by slot: the oldest element, and the end where elements are added. */
  readonly #ends: number[] = []
  readonly #masks = new Int32Array(footprintInts)

  constructor(vector: StateVector) {
    this.#vector = vector
  }

  get byteLength(): number {
    return this.#ints.byteLength
  }

  /** To be called when leaves get other meanings. */
  clear(): void {
    this.#ints = new Int32Array(footprintInts * 256)
  }

  /** Notes the footprint of a leaf from what it read (see ReadLog), what it writes, and where it comes from. */
  add(leaf: number, reads: readonly number[], outcomes: readonly Writes[], origin: LeafOrigin): void {
    const masks = this.#masks
    masks.fill(0)
    for (const read of reads) this.#vector.marks.markRead(masks, USES, read)
    for (const writes of outcomes) this.#addWrites(writes, reads, origin)
    const { choice, slot, element } = origin
    if (slot?.kind === 'queue') mark(masks, USES, this.#endOf(slot, 0))
    if (slot?.kind === 'bag') this.#ask(this.#numberOf(slot, element))
    if (choice >= 0) this.#addChoice(choice * footprintInts)
    if (masks[ELEMENT] === 0) masks[ELEMENT] = -2 - leaf
    this.#store(leaf)
  }

  /** Notes that nothing is known of a leaf: it may read and change anything. */
  addUnknown(leaf: number): void {
    this.#masks.fill(-1)
    this.#store(leaf)
  }

  /** Whether a step changes something that is marked in a mask (see `Marks`), or may do so. */
  touches(leaf: number, mask: Int32Array): boolean {
    const touches = leaf * footprintInts + TOUCHES
    return (
      (((this.#ints[touches] as number) & (mask[0] as number)) | ((this.#ints[touches + 1] as number) & (mask[1] as number))) !==
      0
    )
  }

  /** Whether a leaf is independent of nothing. */
  isDependent(leaf: number): boolean {
    return this.#ints[leaf * footprintInts + ELEMENT] === dependent
  }

  /**
   * Which of the `count` leaves in `leaves` from `start` on are independent of `leaf`, as a mask: bit by bit, at most 32; none of them may be {@link isDependent}.
   */
  independentOf(leaf: number, leaves: Uint16Array, start: number, count: number): number {
    const ints = this.#ints
    const a = leaf * footprintInts
    const uses0 = ints[a] as number
    const uses1 = ints[a + 1] as number
    const touches0 = ints[a + TOUCHES] as number
    const touches1 = ints[a + TOUCHES + 1] as number
    const element = ints[a + ELEMENT] as number
    let mask = 0
    for (let index = 0; index < count; index++) {
      const b = (leaves[start + index] as number) * footprintInts
      const conflict =
        (uses0 & (ints[b + TOUCHES] as number)) |
        (uses1 & (ints[b + TOUCHES + 1] as number)) |
        (touches0 & (ints[b] as number)) |
        (touches1 & (ints[b + 1] as number))
      const apart = element ^ (ints[b + ELEMENT] as number)
      // Without a branch, which would be taken at random: the sign is set where there is a conflict, or the elements are the same.
      mask |= (1 - ((conflict | -conflict | ~(apart | -apart)) >>> 31)) << index
    }
    return mask
  }

  #store(leaf: number): void {
    const at = leaf * footprintInts
    if (at + footprintInts > this.#ints.length) this.#ints = longer(this.#ints, at + footprintInts)
    this.#ints.set(this.#masks, at)
  }

  #addWrites(writes: Writes, reads: readonly number[], origin: LeafOrigin): void {
    const { marks, references, frames } = this.#vector
    for (let at = 0; at < writes.length; ) {
      const target = writes[at] as number
      const value = writes[at + 1] as number
      if (target >= 0) {
        if (!(reads.includes(target * 2) && references.idAt(target, frames) === value)) {
          marks.markWrite(this.#masks, USES, target)
          marks.markTouch(this.#masks, TOUCHES, target)
        }
        at += 2
      } else {
        this.#addChanges(this.#vector.slots[-1 - target] as Slot, writes.slice(at + 2, at + 2 + value), origin)
        at += 2 + value
      }
    }
  }

  #addChanges(slot: Slot, changes: readonly number[], { slot: from, element }: LeafOrigin): void {
    if (slot.kind === 'queue') {
      for (const change of changes) {
        const end = this.#endOf(slot, change === 0 ? 0 : 1)
        mark(this.#masks, USES, end)
        mark(this.#masks, TOUCHES, end)
      }
      this.#vector.marks.markTouch(this.#masks, TOUCHES, slot.ref)
      return
    }
    const taken = changes.filter((change) => change < 0)
    const isSimple =
      slot.kind === 'bag' && (taken.length === 0 || (!slot.distinct && slot === from && taken.every((id) => id === -element)))
    if (!isSimple) this.#masks.fill(-1)
  }

  #addChoice(from: number): void {
    const masks = this.#masks
    for (let int = USES; int < USES + 2; int++) masks[int] = (masks[int] as number) | (this.#ints[from + int] as number)
    const element = this.#ints[from + ELEMENT] as number
    if (element >= dependent) this.#ask(element)
  }

  /** Notes the element of a bag that the leaf asks for; one that asks for two is independent of nothing. */
  #ask(element: number): void {
    this.#masks[ELEMENT] = this.#masks[ELEMENT] === 0 ? element : dependent
  }

  /** A number for an element of a bag, among those of all bags. */
  #numberOf(slot: Slot, element: number): number {
    const { slots } = this.#vector
    const number = 1 + slots.indexOf(slot) + element * slots.length
    return number <= 0x7fffffff ? number : dependent
  }

  #endOf(slot: QueueSlot, end: 0 | 1): number {
    const at = this.#vector.slots.indexOf(slot) * 2 + end
    this.#ends[at] ??= this.#vector.marks.next()
    return this.#ends[at]
  }
}
