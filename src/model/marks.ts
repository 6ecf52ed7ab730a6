import type { References } from './references.js'

const bitCount = 64

/**
 * Gives everything in a state that can be read or changed by itself a bit, so that sets of such things are masks of 64 bits, kept as two words. Where there are more
 * things than bits, some share one: then a step that changes one of them is taken to change the other too.
 */
export class Marks {
  readonly #references: References
  /** Bits by reference. */
  readonly #bits: number[] = []
  #given = 0

  constructor(references: References) {
    this.#references = references
  }

  /** A bit for something that has no reference. */
  next(): number {
    return this.#given++ % bitCount
  }

  /** Marks what a read (see `ReadLog`) reads in the mask at `at`. A set that is read as a whole is one thing, with the elements that it will meet later. */
  markRead(masks: Int32Array, at: number, read: number): void {
    const ref = read >> 1
    mark(masks, at, this.#bitOf(this.#references.isElement(ref) ? ref : this.#references.wholeOf(ref)))
  }

  /** Marks what is changed where a reference is written. */
  markWrite(masks: Int32Array, at: number, ref: number): void {
    mark(masks, at, this.#bitOf(ref))
  }

  /** Marks everything of which a part is changed where a reference is written: that itself and, for an element of a set, the set. */
  markTouch(masks: Int32Array, at: number, ref: number): void {
    this.markWrite(masks, at, ref)
    this.markWrite(masks, at, this.#references.wholeOf(ref))
  }

  #bitOf(ref: number): number {
    this.#bits[ref] ??= this.next()
    return this.#bits[ref]
  }
}

/** Sets a bit of the mask at `at`. */
export function mark(masks: Int32Array, at: number, bit: number): void {
  const word = at + (bit >> 5)
  masks[word] = (masks[word] as number) | (1 << (bit & 31))
}
