import { type Json, toJson } from '../values/json.js'
import type { SetSlot, Slot } from './slots.js'
import type { StateVector } from './state-vector.js'

/** What a reference of a {@link StateVector} stands for: a leaf, or one element of a set. */
export interface Referenced {
  readonly slot: Slot
  /** Index of the element within the set's universe; -1 for the leaf, or for a chunk of the set. */
  readonly element: number
}

/** Tells what the reads in a `ReadLog` read, and which references a step changed. For traces, not for the search. */
export class ReadPaths {
  readonly #vector: StateVector
  readonly #known = new Map<number, Referenced>()

  constructor(vector: StateVector) {
    this.#vector = vector
  }

  /** What a reference stands for; `undefined` for none that there is. */
  at(ref: number): Referenced | undefined {
    if (!this.#known.has(ref)) this.#learn()
    return this.#known.get(ref)
  }

  /** A reference, or those of all elements of the set that it reads as a whole. */
  within(ref: number): readonly number[] {
    const referenced = this.at(ref)
    return referenced?.slot.kind === 'set' && referenced.element < 0 ? referenced.slot.elementRefs : [ref]
  }

  /** The references whose bits differ between the two frames: leaves, and elements of sets. */
  changed(): readonly number[] {
    const { slots, frames, words } = this.#vector
    return slots.flatMap((slot) => {
      if (slot.kind === 'set') return changedElements(slot, frames, words)
      if (slot.kind === 'bag') return []
      const { word, shift, mask } = slot.field
      const differ = (((frames[word] as number) ^ (frames[words + word] as number)) >>> shift) & mask
      return differ === 0 ? [] : [slot.ref]
    })
  }

  /** The value of what a reference stands for, in the first frame; of an element, whether it is in the set. */
  valueOf({ slot, element }: Referenced): Json {
    const { frames } = this.#vector
    return slot.kind === 'set' && element >= 0 ? slot.has(frames, 0, element) : toJson(slot.decode(frames, 0))
  }

  /** The element that a reference stands for, as JSON. */
  elementOf({ slot, element }: Referenced): Json {
    return toJson(this.#vector.interner.valueOf((slot as SetSlot).internedAt(element)))
  }

  #learn(): void {
    for (const slot of this.#vector.slots) {
      if (slot.kind === 'bag') continue
      if (slot.kind !== 'set') this.#known.set(slot.ref, { slot, element: -1 })
      else {
        for (const ref of slot.chunkRefs) this.#known.set(ref, { slot, element: -1 })
        slot.elementRefs.forEach((ref, element) => {
          this.#known.set(ref, { slot, element })
        })
      }
    }
  }
}

function changedElements(slot: SetSlot, frames: Int32Array, words: number): readonly number[] {
  return slot.elementRefs.filter((_, element) => slot.has(frames, 0, element) !== slot.has(frames, words, element))
}
