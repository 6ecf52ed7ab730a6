import { LIVE } from '../values/live.js'
import type { BagSlot } from './bag-slot.js'
import type { QueueSlot } from './queue-slot.js'
import type { FrameIndex, StateVector } from './state-vector.js'

/**
 * What a bag slot holds in a frame, at the moment that it is asked. `add` and `remove` read nothing, and what is removed must be there in the frame; `choose`
 * goes through it element by element; everything else reads all of it, and is not learned.
 */
export class BagView implements Iterable<unknown> {
  readonly [LIVE] = true
  readonly slot: BagSlot
  readonly frame: FrameIndex
  /** What was added (ids) and removed (negative ids), in order. */
  readonly edits: readonly number[]
  readonly #vector: StateVector

  constructor(vector: StateVector, slot: BagSlot, frame: FrameIndex, edits: readonly number[]) {
    this.#vector = vector
    this.slot = slot
    this.frame = frame
    this.edits = edits
  }

  add(element: unknown): BagView {
    return new BagView(this.#vector, this.slot, this.frame, [...this.edits, this.#idOf(element)])
  }

  remove(element: unknown): BagView {
    return new BagView(this.#vector, this.slot, this.frame, [...this.edits, -this.#idOf(element)])
  }

  /** The elements as they are in the state, without the edits. */
  get elements(): readonly unknown[] {
    const { log, frames } = this.#vector
    if (log.active) log.unlearnable = true
    return this.slot.elements(frames, this.#vector.base(this.frame))
  }

  get size(): number {
    return this.elements.length
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.elements[Symbol.iterator]()
  }

  #idOf(element: unknown): number {
    return this.slot.idOf(this.#vector.interner.idOf(element))
  }
}

/** What a queue slot holds in a frame, at the moment that it is asked. `push` and `pop` read nothing; `choose` takes the oldest element, if any. */
export class QueueView implements Iterable<unknown> {
  readonly [LIVE] = true
  readonly slot: QueueSlot
  readonly frame: FrameIndex
  /** What was pushed (ids), and 0 for each pop, in order. */
  readonly edits: readonly number[]
  readonly #vector: StateVector

  constructor(vector: StateVector, slot: QueueSlot, frame: FrameIndex, edits: readonly number[]) {
    this.#vector = vector
    this.slot = slot
    this.frame = frame
    this.edits = edits
  }

  push(element: unknown): QueueView {
    const id = this.slot.elementOf(this.#vector.interner.idOf(element))
    return new QueueView(this.#vector, this.slot, this.frame, [...this.edits, id])
  }

  pop(): QueueView {
    return new QueueView(this.#vector, this.slot, this.frame, [...this.edits, 0])
  }

  /** The elements as they are in the state, oldest first, without the edits. */
  get elements(): readonly unknown[] {
    const { log, frames } = this.#vector
    if (log.active) log.record(this.slot.ref * 2 + this.frame)
    return this.slot.contentOf(this.slot.current(frames, this.#vector.base(this.frame)))
  }

  get size(): number {
    return this.elements.length
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.elements[Symbol.iterator]()
  }
}
