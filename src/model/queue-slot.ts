import { Queue } from '../values/bag.js'
import type { Interner } from '../values/interner.js'
import { bitsFor, Field } from './field.js'
import { IntMap } from './int-map.js'

/** A channel kept as the id of its content; pushing and popping are learned per content, so that a step need not read it. */
export class QueueSlot {
  readonly kind = 'queue'
  readonly path: readonly string[]
  readonly field = new Field(31)
  /** Index of the read reference for the whole slot. */
  ref = -1
  readonly #interner: Interner
  /** Ids of contents by interned id of the content, and back; 0 is the empty one. */
  readonly #ids = new IntMap()
  readonly #interned: number[] = []
  /** Ids of elements by interned id, and back. */
  readonly #elements = new IntMap()
  readonly #elementValues: number[] = []
  readonly #heads: number[] = []
  readonly #tails: number[] = []
  readonly #pushed = new Map<number, number>()

  constructor(path: readonly string[], interner: Interner) {
    this.path = path
    this.#interner = interner
    this.idOf([])
  }

  /** The id of an element, from 1. */
  elementOf(interned: number): number {
    const known = this.#elements.get(interned)
    if (known >= 0) return known
    const id = this.#elementValues.push(interned)
    this.#elements.add(interned, id)
    return id
  }

  elementAt(id: number): unknown {
    return this.#interner.valueOf(this.#elementValues[id - 1] as number)
  }

  /** The id of a content. */
  idOf(content: readonly unknown[]): number {
    const interned = this.#interner.idOf(content)
    const known = this.#ids.get(interned)
    if (known >= 0) return known
    const id = this.#interned.push(interned) - 1
    this.#ids.add(interned, id)
    this.#heads[id] = content.length === 0 ? 0 : this.elementOf(this.#interner.idOf(content[0]))
    this.field.width = bitsFor(id + 1)
    return id
  }

  contentOf(id: number): readonly unknown[] {
    return this.#interner.valueOf(this.#interned[id] as number) as readonly unknown[]
  }

  /** The id of the oldest element in a content, or 0 when it is empty. */
  headOf(id: number): number {
    return this.#heads[id] as number
  }

  /** The content without its oldest element. */
  popped(id: number): number {
    const known = this.#tails[id]
    if (known !== undefined) return known
    const tail = this.idOf(this.contentOf(id).slice(1))
    this.#tails[id] = tail
    return tail
  }

  /** The content with an element added. */
  pushed(id: number, element: number): number {
    const key = id * 2 ** 26 + element
    const known = this.#pushed.get(key)
    if (known !== undefined) return known
    const longer = this.idOf([...this.contentOf(id), this.elementAt(element)])
    this.#pushed.set(key, longer)
    return longer
  }

  /** The id of the content in a state. */
  current(words: Int32Array, base: number): number {
    const { word, shift, mask } = this.field
    return ((words[base + word] as number) >>> shift) & mask
  }

  decode(words: Int32Array, base: number): Queue<unknown> {
    return new Queue(this.contentOf(this.current(words, base)))
  }
}
