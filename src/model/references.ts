import type { Place } from './decision-trees.js'
import type { Field } from './field.js'

/**
 * What can be read or changed by itself in a state, each with a number, its *reference*: a field of the words (a value, a queue, a chunk of a set), or one bit of a field (an
 * element of a set).
 */
export class References {
  readonly #fields: Field[] = []
  /** Bit within the field, or -1 for the whole field. */
  readonly #bits: number[] = []
  readonly #wholes: number[] = []

  /** @param whole - what it is part of, if not of itself. */
  add(field: Field, bit: number, whole?: number): number {
    const ref = this.#fields.push(field) - 1
    this.#bits.push(bit)
    this.#wholes.push(whole ?? ref)
    return ref
  }

  /** Whether a reference stands for one element of a set. */
  isElement(ref: number): boolean {
    return (this.#bits[ref] as number) >= 0
  }

  /** What a reference is part of: one for an element of a set, or for some of its elements, of the set; any other of itself. */
  wholeOf(ref: number): number {
    return this.#wholes[ref] as number
  }

  /** The id that a reference has in a state; of the element of a set, whether it is there. */
  idAt(ref: number, words: Int32Array): number {
    const field = this.#fields[ref] as Field
    const bit = this.#bits[ref] as number
    const held = ((words[field.word] as number) >>> field.shift) & field.mask
    return bit < 0 ? held : (held >>> bit) & 1
  }

  /** Puts into `place` where a reference is now, in a state whose words begin at `base`. */
  locate(ref: number, base: number, place: Place): void {
    const field = this.#fields[ref] as Field
    const bit = this.#bits[ref] as number
    place.word = base + field.word
    if (bit < 0) {
      place.shift = field.shift
      place.mask = field.mask
    } else {
      place.shift = field.shift + bit
      place.mask = field.mask >>> bit === 0 ? 0 : 1
      if (place.mask === 0) place.shift = 0
    }
  }
}
