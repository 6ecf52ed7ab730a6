import { CanonicalValues } from './canonical-values.js'
import type { AnyCollection, AnyRecord } from './kind.js'
import {
  ARRAY,
  isImmutablesOwn,
  isUnderMutation,
  kindOf,
  LIST,
  MAP,
  OBJECT,
  ORDERED_MAP,
  ORDERED_SET,
  PRIMITIVE,
  RECORD,
  REFUSED,
  SET,
  STACK,
} from './kind.js'
import { isLive } from './live.js'
import { longer } from './longer.js'
import { DEPTH_MAX, PARTS_MAX, partsOf, refusalOf } from './refusal.js'
import { Shapes } from './shapes.js'
import { listedMax, TrieRanks } from './trie-order.js'
import { hasAscendingRanks, makeRowsUnique } from './tuple-order.js'
import { TupleTable } from './tuple-table.js'
import { ValueError } from './value-error.js'

/** Thrown on the fast path, which keeps no record of where it is; {@link Interner.idOf} turns it into a `ValueError`. */
const refused = Symbol('refused')

/**
 * Gives equal values one small id, and values back for ids: equality of states becomes equality of integers, with no hash left to
 * chance.
 *
 * Equality is by value and canonical. Order of insertion never matters in a Set or Map, nor the order of keys in a plain object;
 * in an OrderedSet or OrderedMap it does. The kind is part of the value: a List is not an array, nor a Stack a List (there
 * Immutable's `is` is laxer). Plain objects and arrays are compared by value also as elements of a Set and as keys of a Map,
 * where Immutable goes by identity; so equal elements become one, and equal keys with different values are refused. Records are
 * equal when their descriptive names, keys, defaults and values are. -0 is 0. Symbol keys are not part of a value.
 *
 * Accepted: `undefined`, `null`, booleans, numbers but `NaN`, bigints, strings, plain objects (of `Object.prototype` or no
 * prototype), arrays without holes, and Immutable's Map, OrderedMap, Set, OrderedSet, List, Stack and Record, nested up to 255
 * levels.
 *
 * Values are tuples of ids in typed arrays: memory holds no object for each. Ids are handed out in order of arrival, also to
 * the parts of a value and to its keys.
 */
export class Interner {
  readonly #tuples: TupleTable
  readonly #shapes: Shapes
  readonly #values: CanonicalValues
  readonly #primitiveIds = new Map<unknown, number>()
  readonly #primitives: unknown[] = []
  /** Ids of objects that cannot change: canonical values, and Immutable collections with nothing mutable inside. */
  readonly #known = new WeakMap<object, number>()
  readonly #ranks = new TrieRanks()
  /** How deep each value nests, by id; 0 for primitives. */
  #heights = new Uint8Array(1 << 10)
  /** Tuples under construction, one upon the other. */
  #stack = new Int32Array(1 << 10)
  #top = 0
  #depth = 0
  /** Counts the mutable objects met, so that a collection knows whether there was one inside. */
  #mutableSeen = 0
  /** Counts the parts met in hash tries that are equal to their canonical value and not it. */
  #strangersSeen = 0
  readonly #pushId = (value: unknown): void => {
    const id = this.#walk(value)
    this.#push(id)
  }
  readonly #pushEntry = (value: unknown, key: unknown): void => {
    const id = this.#walk(key)
    this.#push(id)
    this.#pushId(value)
  }
  readonly #pushTrieKey = (key: unknown): void => {
    if ((typeof key === 'object' && key !== null) || Object.is(key, -0)) this.#strangersSeen++
    this.#pushId(key)
  }
  readonly #pushTrieEntry = (value: unknown, key: unknown): void => {
    this.#pushTrieKey(key)
    const id = this.#walk(value)
    this.#push(id)
    const canonical = typeof value === 'object' && value !== null ? this.#values.holds(id, value) : !Object.is(value, -0)
    if (!canonical) this.#strangersSeen++
  }

  /** @param options.hashMask - bits of the hash that count; tests narrow it to force collisions. Default: all. */
  constructor({ hashMask = -1 }: { readonly hashMask?: number } = {}) {
    this.#tuples = new TupleTable(hashMask)
    this.#shapes = new Shapes(hashMask, (value) => this.#walk(value))
    this.#values = new CanonicalValues(this.#tuples, this.#shapes, this.#primitives, this.#known, this.#ranks)
  }

  /** How many ids there are: 0 to `size - 1`. */
  get size(): number {
    return this.#tuples.size
  }

  /** Bytes of the typed arrays. Strings and bigints themselves, of which there are few, are not counted. */
  get byteLength(): number {
    const perId = this.#heights.byteLength + this.#ranks.byId.byteLength
    return this.#tuples.byteLength + this.#shapes.byteLength + perId + this.#stack.byteLength
  }

  /**
   * The id of a value: the same for equal values, another for any other.
   *
   * Reads accessors as fields; objects marked with `LIVE` are read afresh each time.
   *
   * @throws ValueError when there is something in it that a state cannot hold.
   */
  idOf(value: unknown): number {
    const top = this.#top
    const depth = this.#depth
    this.#depth = 0
    try {
      return this.#walk(value)
    } catch (error) {
      if (error !== refused) throw error
      throw refusalOf(value) ?? new ValueError('a value that changes while it is read', [], 'a getter must answer the same twice')
    } finally {
      // A getter of the value may call idOf again, so this is not always the outermost call.
      this.#top = top
      this.#depth = depth
    }
  }

  /**
   * The canonical value of an id. Plain objects and arrays are deeply frozen, with keys in sorted order; how a Set or Map iterates
   * does not depend on how it came about: it is built in the order of `compareValues`, or is a trie that has one order only.
   *
   * While it is in use a value is the same object each time; it may be another, equal one when it was out of use for long. For
   * the sake of this, canonical plain objects and arrays carry `equals` and `hashCode`, not enumerable, so that Immutable too
   * compares them with each other by value. (A plain object that is not canonical it still compares by identity.)
   *
   * @throws RangeError when there is no such id.
   */
  valueOf(id: number): unknown {
    if (!(Number.isInteger(id) && id >= 0 && id < this.#tuples.size)) throw new RangeError(`no value has id ${id}`)
    return this.#values.get(id)
  }

  /** How many 32-bit words the value of `id` takes here, without those of its parts: a measure of what it takes when built. */
  wordsOf(id: number): number {
    return this.#tuples.lengthOf(id)
  }

  #walk(value: unknown): number {
    if (typeof value === 'object' && value !== null) return this.#known.get(value) ?? this.#walkObject(value)
    if (typeof value === 'function' || typeof value === 'symbol' || Number.isNaN(value)) throw refused
    return this.#idOfPrimitive(value)
  }

  #idOfPrimitive(value: unknown): number {
    const known = this.#primitiveIds.get(value)
    if (known !== undefined) return known
    const base = this.#top
    this.#push(PRIMITIVE)
    this.#push(this.#primitives.length)
    this.#primitives.push(value === 0 ? 0 : value)
    const id = this.#intern(base, 2)
    this.#ranks.set(id, value)
    this.#primitiveIds.set(value, id)
    return id
  }

  #walkObject(object: object): number {
    if (++this.#depth > DEPTH_MAX) throw refused
    const kind = kindOf(object)
    if (kind !== OBJECT && partsOf(object) > PARTS_MAX) throw refused
    const base = this.#top
    this.#push(kind)
    let id: number
    if (kind === OBJECT) {
      this.#mutableSeen++
      this.#pushObject(object as { readonly [key: string]: unknown })
      id = this.#intern(base, 2)
    } else if (kind === ARRAY) {
      this.#mutableSeen++
      this.#pushArray(object as readonly unknown[])
      id = this.#intern(base, 1)
    } else {
      if (kind === REFUSED || isUnderMutation(object)) throw refused
      const live = isLive(object)
      if (live) this.#mutableSeen++
      const mutableSeen = this.#mutableSeen
      const canonical = this.#pushCollection(object, kind)
      const size = this.#tuples.size
      id = this.#intern(base, kind === RECORD ? 2 : 1)
      if (!live && this.#mutableSeen === mutableSeen) {
        this.#known.set(object, id)
        if (canonical && id === size) this.#values.adopt(id, object)
      }
    }
    this.#depth--
    return id
  }

  #pushObject(object: { readonly [key: string]: unknown }): void {
    const shapeAt = this.#top
    this.#push(0)
    const keys = Object.keys(object)
    let order = this.#shapes.start
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index] as string
      order = this.#shapes.next(order, key)
      this.#pushId(object[key])
    }
    const shape = order.shape >= 0 ? order.shape : this.#shapes.resolve(order, keys)
    this.#stack[shapeAt] = shape
    const places = order.places
    if (places === undefined) return
    const first = shapeAt + 1
    for (const place of places) this.#push(this.#stack[first + place] as number)
    this.#top = first + places.length
    this.#stack.copyWithin(first, this.#top, this.#top + places.length)
  }

  #pushArray(array: readonly unknown[]): void {
    for (let index = 0; index < array.length; index++) {
      const element = array[index]
      if (element === undefined && !(index in array)) throw refused
      this.#pushId(element)
    }
  }

  /** Returns whether the collection, unless it is a view, is what would be built as its canonical value. */
  #pushCollection(collection: object, kind: number): boolean {
    if (kind === SET || kind === MAP) return this.#pushUnordered(collection as AnyCollection, kind === SET ? 1 : 2)
    const base = this.#top
    if (kind === ORDERED_SET || kind === ORDERED_MAP) {
      ;(collection as AnyCollection).forEach(kind === ORDERED_SET ? this.#pushId : this.#pushEntry)
      this.#makeRowsUnique(base, kind === ORDERED_SET ? 1 : 2, null)
    } else if (kind === LIST || kind === STACK) (collection as AnyCollection).forEach(this.#pushId)
    else {
      const record = collection as AnyRecord
      const { shape, keys } = this.#shapes.ofRecord(record)
      this.#push(shape)
      for (const key of keys) this.#pushId(record.get(key))
    }
    return false
  }

  /**
   * The parts of a Set or Map in the order of their ranks, which for a hash trie of primitives is that of iteration: then nothing is sorted, and
   * the user's own trie can serve as the canonical one. It shares its nodes with the tries that it was made from; to build one costs more than
   * all else that is done with it.
   */
  #pushUnordered(collection: AnyCollection, width: 1 | 2): boolean {
    const base = this.#top
    const strangers = this.#strangersSeen
    const isTrie = (collection.size ?? 0) > listedMax
    if (isTrie) collection.forEach(width === 1 ? this.#pushTrieKey : this.#pushTrieEntry)
    else collection.forEach(width === 1 ? this.#pushId : this.#pushEntry)
    if (isTrie && hasAscendingRanks(this.#stack, base, (this.#top - base) / width, width, this.#ranks.byId))
      return this.#strangersSeen === strangers && isImmutablesOwn(collection)
    this.#makeRowsUnique(base, width, this.#ranks.byId)
    return false
  }

  /** Elements of a Set, entries of a Map. Immutable keeps apart equal plain objects, by identity; here they are one. */
  #makeRowsUnique(base: number, width: 1 | 2, ranks: Int32Array | null): void {
    const kept = makeRowsUnique(this.#stack, base, (this.#top - base) / width, width, ranks)
    if (kept < 0) throw refused
    this.#top = base + kept * width
  }

  #push(word: number): void {
    if (this.#top === this.#stack.length) this.#stack = longer(this.#stack)
    this.#stack[this.#top++] = word
  }

  /** Takes the tuple from `base` off the stack; its parts start at its word `firstPart`. */
  #intern(base: number, firstPart: number): number {
    const known = this.#tuples.find(this.#stack, base, this.#top)
    if (known >= 0) {
      this.#top = base
      return known
    }
    let height = 0
    if (this.#stack[base] !== PRIMITIVE) {
      for (let at = base + firstPart; at < this.#top; at++)
        height = Math.max(height, this.#heights[this.#stack[at] as number] as number)
      // A value may also be built up over many steps, from parts that are known and so not walked.
      if (++height > DEPTH_MAX) throw refused
    }
    const id = this.#tuples.add(this.#stack, base, this.#top)
    this.#top = base
    this.#ranks.reserve(id)
    if (id === this.#heights.length) {
      const heights = new Uint8Array(id * 2)
      heights.set(this.#heights)
      this.#heights = heights
    }
    this.#heights[id] = height
    return id
  }
}
