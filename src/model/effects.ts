import { longer } from '../values/longer.js'
import type { Place } from './decision-trees.js'
import { inBagOrder } from './network-effects.js'
import type { Writes } from './patch-encoder.js'
import { chunkBits, type SetSlot, type Slot } from './slots.js'
import type { StateVector } from './state-vector.js'

/**
 * What leaves of decision trees do to a state, in two forms: the writes (stable), and masks over the words of the present layout (fast).
 *
 * A leaf has outcomes; in {@link masks}, from {@link startOf} on, stand their number and then for each outcome the number of words that it
 * touches and of network effects that it has, per word its index, the bits kept and the bits set, and the network effects (see
 * network-effects).
 */
export class Effects {
  readonly #vector: StateVector
  readonly #outcomes: (readonly Writes[])[] = []
  #starts = new Int32Array(256)
  #masks = new Int32Array(4096)
  #end = 0
  #keep = new Int32Array(1)
  #set = new Int32Array(1)
  readonly #network: number[] = []

  constructor(vector: StateVector) {
    this.#vector = vector
  }

  get masks(): Int32Array {
    return this.#masks
  }

  /** About how many bytes are held. */
  get byteLength(): number {
    return this.#end * 8
  }

  startOf(leaf: number): number {
    return this.#starts[leaf] as number
  }

  outcomesOf(leaf: number): readonly Writes[] {
    return this.#outcomes[leaf] as readonly Writes[]
  }

  /** Adds a leaf; what it writes must fit the present layout. */
  add(outcomes: readonly Writes[]): number {
    const leaf = this.#outcomes.push(outcomes) - 1
    if (leaf >= this.#starts.length) this.#starts = longer(this.#starts)
    this.#translate(leaf)
    return leaf
  }

  /**
   * Removes the leaf added last. The next has its number: so nothing may be kept of a leaf that is to be dropped, neither that it slept nor what it touches.
   */
  dropLast(): void {
    const leaf = this.#outcomes.length - 1
    this.#end = this.#starts[leaf] as number
    this.#outcomes.pop()
  }

  clear(): void {
    this.#outcomes.length = 0
    this.#starts = new Int32Array(256)
    this.#masks = new Int32Array(4096)
    this.#end = 0
  }

  /** Translates all leaves anew; to be called after a new layout. */
  relocate(): void {
    this.#end = 0
    for (let leaf = 0; leaf < this.#outcomes.length; leaf++) this.#translate(leaf)
  }

  #translate(leaf: number): void {
    const outcomes = this.#outcomes[leaf] as readonly Writes[]
    this.#starts[leaf] = this.#end
    this.#push(outcomes.length)
    for (const writes of outcomes) {
      this.#collect(writes)
      const countAt = this.#end
      this.#push(0)
      this.#push(this.#network.length / 2)
      let touched = 0
      for (let word = 0; word < this.#keep.length; word++) {
        if (this.#keep[word] === -1) continue
        touched++
        this.#push(word)
        this.#push(this.#keep[word] as number)
        this.#push(this.#set[word] as number)
      }
      this.#masks[countAt] = touched
      for (const value of this.#network) this.#push(value)
    }
  }

  #push(value: number): void {
    if (this.#end === this.#masks.length) this.#masks = longer(this.#masks)
    this.#masks[this.#end++] = value
  }

  /** Gathers the masks and network effects of one outcome. */
  #collect(writes: Writes): void {
    const vector = this.#vector
    if (this.#keep.length !== vector.words) {
      this.#keep = new Int32Array(vector.words)
      this.#set = new Int32Array(vector.words)
    }
    this.#keep.fill(-1)
    this.#set.fill(0)
    this.#network.length = 0
    const place: Place = { word: 0, shift: 0, mask: 0 }
    for (let at = 0; at < writes.length; ) {
      const target = writes[at] as number
      const id = writes[at + 1] as number
      if (target >= 0) {
        vector.place(target * 2, place)
        this.#write(place, id)
        at += 2
      } else {
        const rest = writes.slice(at + 2, at + 2 + id)
        const slot = vector.slots[-1 - target] as Slot
        const changes = slot.kind === 'bag' ? inBagOrder(rest, slot.distinct) : rest
        if (slot.kind === 'set') this.#replaceSet(slot, rest)
        else for (const change of changes) this.#network.push(-1 - target, change)
        at += 2 + id
      }
    }
  }

  #write({ word, shift, mask }: Place, id: number): void {
    const bits = mask << shift
    this.#keep[word] = (this.#keep[word] as number) & ~bits
    this.#set[word] = ((this.#set[word] as number) & ~bits) | (id << shift)
  }

  #replaceSet(slot: SetSlot, elements: readonly number[]): void {
    slot.chunks.forEach((field, chunk) => {
      let bits = 0
      for (const element of elements) if (Math.floor(element / chunkBits) === chunk) bits |= 1 << (element % chunkBits)
      this.#write(field, bits)
    })
  }
}

/** The length of an outcome that starts at `at` in the masks of {@link Effects}. */
export function outcomeLength(masks: Int32Array, at: number): number {
  return 2 + 3 * (masks[at] as number) + 2 * (masks[at + 1] as number)
}
