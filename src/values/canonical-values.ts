import { hash, Map as ImmutableMap, Set as ImmutableSet, List, OrderedMap, OrderedSet, Stack } from 'immutable'
import { compareValues } from './compare.js'
import { ARRAY, LIST, MAP, OBJECT, ORDERED_MAP, ORDERED_SET, PRIMITIVE, SET, STACK } from './kind.js'
import type { Shapes } from './shapes.js'
import { listedMax, type TrieRanks } from './trie-order.js'
import type { TupleTable } from './tuple-table.js'
import { TwoGenerationCache } from './two-generation-cache.js'

/** Words of tuples whose values a generation of the cache holds: values are bounded by their size, not by their number. */
const generationWords = 1 << 19

/** Builds the canonical value of an id from its tuple, when asked, and keeps what was built lately. */
export class CanonicalValues {
  readonly #tuples: TupleTable
  readonly #shapes: Shapes
  readonly #primitives: readonly unknown[]
  readonly #known: WeakMap<object, number>
  readonly #ranks: TrieRanks
  readonly #built: TwoGenerationCache<object>
  readonly #hashes = new WeakMap<object, number>()
  readonly #valueEquality: PropertyDescriptorMap

  constructor(
    tuples: TupleTable,
    shapes: Shapes,
    primitives: readonly unknown[],
    known: WeakMap<object, number>,
    ranks: TrieRanks,
  ) {
    this.#tuples = tuples
    this.#shapes = shapes
    this.#primitives = primitives
    this.#known = known
    this.#ranks = ranks
    this.#built = new TwoGenerationCache(generationWords, (id) => tuples.lengthOf(id))
    this.#valueEquality = valueEquality(known, this.#hashes)
  }

  get(id: number): unknown {
    const kind = this.#tuples.word(id, 0)
    if (kind === PRIMITIVE) return this.#primitives[this.#tuples.word(id, 1)]
    const cached = this.#built.get(id)
    if (cached !== undefined) return cached
    const value = this.#build(id, kind)
    this.#known.set(value, id)
    this.#built.set(id, value)
    return value
  }

  /** Takes `value` for the canonical value of `id`: it must be what would be built, to the order of iteration. */
  adopt(id: number, value: object): void {
    this.#built.set(id, value)
  }

  /** Whether `value` is the very object that is at present the canonical value of `id`. */
  holds(id: number, value: object): boolean {
    return this.#built.get(id) === value
  }

  #build(id: number, kind: number): object {
    switch (kind) {
      case ARRAY:
        return this.#freeze(this.#parts(id))
      case LIST:
        return List(this.#parts(id))
      case STACK:
        return Stack(this.#parts(id))
      case SET:
        return ImmutableSet(this.#isOneTrie(id, 1) ? this.#parts(id) : this.#parts(id).sort(compareValues))
      case ORDERED_SET:
        return OrderedSet(this.#parts(id))
      case MAP:
        return this.#isOneTrie(id, 2)
          ? ImmutableMap(this.#entries(id))
          : ImmutableMap(this.#entries(id).sort(([a], [b]) => compareValues(a, b)))
      case ORDERED_MAP:
        return OrderedMap(this.#entries(id))
      case OBJECT:
        return this.#object(id)
      default:
        return this.#record(id)
    }
  }

  #parts(id: number): unknown[] {
    const parts: unknown[] = []
    for (let at = 1, end = this.#tuples.lengthOf(id); at < end; at++) parts.push(this.get(this.#tuples.word(id, at)))
    return parts
  }

  #entries(id: number): [unknown, unknown][] {
    const entries: [unknown, unknown][] = []
    for (let at = 1, end = this.#tuples.lengthOf(id); at < end; at += 2)
      entries.push([this.get(this.#tuples.word(id, at)), this.get(this.#tuples.word(id, at + 1))])
    return entries
  }

  /** Whether a Set or Map iterates in one order, whatever the order of insertion. */
  #isOneTrie(id: number, width: 1 | 2): boolean {
    const words = this.#tuples.lengthOf(id)
    if (words <= 1 + listedMax * width) return false
    const ranks = this.#ranks.byId
    for (let at = 1 + width; at < words; at += width) {
      const before = ranks[this.#tuples.word(id, at - width)] as number
      if (before >= (ranks[this.#tuples.word(id, at)] as number)) return false
    }
    return true
  }

  #object(id: number): object {
    const object: { [key: string]: unknown } = {}
    const shape = this.#tuples.word(id, 1)
    for (let at = 2, end = this.#tuples.lengthOf(id); at < end; at++) {
      const key = this.#primitives[this.#tuples.word(this.#shapes.stringIdAt(shape, at - 2), 1)] as string
      setField(object, key, this.get(this.#tuples.word(id, at)))
    }
    return this.#freeze(object)
  }

  #record(id: number): object {
    const shape = this.#tuples.word(id, 1)
    return this.#shapes.sample(shape).withMutations((record) => {
      for (let at = 2, end = this.#tuples.lengthOf(id); at < end; at++) {
        const key = this.#primitives[this.#tuples.word(this.#shapes.stringIdAt(shape, at - 1), 1)] as string
        record.set(key, this.get(this.#tuples.word(id, at)))
      }
    })
  }

  #freeze<T extends object>(value: T): Readonly<T> {
    if (!('equals' in value || 'hashCode' in value)) Object.defineProperties(value, this.#valueEquality)
    return Object.freeze(value)
  }
}

/**
 * Hidden `equals` and `hashCode` for canonical plain objects and arrays. Immutable finds a plain object in a Set by identity:
 * when one went out of the cache and was built anew, `has` and `delete` would miss it in an older Set. It would also iterate a
 * large Set in the order in which its elements happened to be built. (Objects with a field of either name go without.)
 */
function valueEquality(known: WeakMap<object, number>, hashes: WeakMap<object, number>): PropertyDescriptorMap {
  function equals(this: object, other: unknown): boolean {
    return typeof other === 'object' && other !== null && known.get(this) === known.get(other)
  }
  function hashCode(this: object): number {
    let code = hashes.get(this)
    if (code === undefined) {
      code = Array.isArray(this) ? 1 : 2
      for (const [key, part] of Object.entries(this)) code = (Math.imul(31, code) + (hash(key) ^ Math.imul(hash(part), 17))) | 0
      hashes.set(this, code)
    }
    return code
  }
  return { equals: { value: equals }, hashCode: { value: hashCode } }
}

/** Sets a field of a fresh plain object, as data also when it is called `__proto__`. */
export function setField<V>(object: { [key: string]: V }, key: string, value: V): void {
  if (key === '__proto__') Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true })
  else object[key] = value
}
