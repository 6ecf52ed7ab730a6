import { Record } from 'immutable'
import type { AnyRecord } from './kind.js'
import { TupleTable } from './tuple-table.js'

const ORDERS_MAX = 1 << 16

/** What a prefix of an object's keys, in the order in which the object has them, leads to. */
class KeyOrder {
  /** Index of the shape of an object with exactly these keys; -1 until asked. */
  shape = -1
  /** Place in the object's own order of each key in sorted order; `undefined` when the two orders agree. */
  places: readonly number[] | undefined
  // Objects of one kind have their keys in one order nearly always: a comparison before a look-up.
  #lastKey: string | undefined
  #last: KeyOrder | undefined
  readonly #next = new Map<string, KeyOrder>()

  /** The order that continues with `key`, if it has been seen. */
  after(key: string): KeyOrder | undefined {
    if (key === this.#lastKey) return this.#last
    const next = this.#next.get(key)
    if (next !== undefined) this.#remember(key, next)
    return next
  }

  extend(key: string): KeyOrder {
    const next = new KeyOrder()
    this.#next.set(key, next)
    this.#remember(key, next)
    return next
  }

  #remember(key: string, next: KeyOrder): void {
    this.#lastKey = key
    this.#last = next
  }
}

export type { KeyOrder }

/** The shape of a Record: its index and its keys in sorted order. */
export interface RecordShape {
  readonly shape: number
  readonly keys: readonly string[]
}

/**
 * Shapes of plain objects (the sorted keys) and of Records (the name, the sorted keys and the defaults), each with an index.
 *
 * Two Records are of the same shape when names, keys and defaults agree, whatever factory made them: a factory made anew in
 * every call would otherwise make a new value in every call. (Immutable's `is` looks at keys and values alone; but a Record with
 * other defaults behaves otherwise when a field is removed.)
 */
export class Shapes {
  readonly #table: TupleTable
  readonly #idOf: (value: unknown) => number
  #firstOrder = new KeyOrder()
  #orders = 0
  readonly #byPrototype = new WeakMap<object, RecordShape>()
  /** A Record of each shape with nothing but defaults; others are made from it, so that no user's constructor is called. */
  readonly #samples = new Map<number, AnyRecord>()

  constructor(hashMask: number, idOf: (value: unknown) => number) {
    this.#table = new TupleTable(hashMask)
    this.#idOf = idOf
  }

  get byteLength(): number {
    return this.#table.byteLength
  }

  /** Where the reading of a plain object's keys starts. */
  get start(): KeyOrder {
    return this.#firstOrder
  }

  /** The order after one more key. */
  next(order: KeyOrder, key: string): KeyOrder {
    const known = order.after(key)
    if (known !== undefined) return known
    // Objects used as dictionaries may have their keys in any number of orders. The orders are only a cache, so it may start
    // again.
    if (++this.#orders > ORDERS_MAX) {
      this.#firstOrder = new KeyOrder()
      this.#orders = 0
    }
    return order.extend(key)
  }

  /** Finds the shape of an object with these keys, in this order, and notes it in `order`. */
  resolve(order: KeyOrder, keys: readonly string[]): number {
    const sorted = [...keys].sort(byCodeUnit)
    if (sorted.some((key, index) => key !== keys[index])) order.places = sorted.map((key) => keys.indexOf(key))
    order.shape = this.#intern(sorted)
    return order.shape
  }

  /** The shape of a Record. */
  ofRecord(record: AnyRecord): RecordShape {
    const prototype: object = Object.getPrototypeOf(record)
    const known = this.#byPrototype.get(prototype)
    if (known !== undefined) return known
    const keys = [...record.toSeq().keySeq()].sort(byCodeUnit)
    const sample = record.clear()
    const shape = this.#intern([Record.getDescriptiveName(record), ...keys, ...keys.map((key) => sample.get(key))])
    this.#byPrototype.set(prototype, { shape, keys })
    if (!this.#samples.has(shape)) this.#samples.set(shape, sample)
    return { shape, keys }
  }

  /** A Record of this shape with nothing but defaults. */
  sample(shape: number): AnyRecord {
    return this.#samples.get(shape) as AnyRecord
  }

  /** Id of the string at `position`: a key of a plain object; for a Record the name, then the keys. */
  stringIdAt(shape: number, position: number): number {
    return this.#table.word(shape, position)
  }

  #intern(parts: readonly unknown[]): number {
    const ids = Int32Array.from(parts, this.#idOf)
    const known = this.#table.find(ids, 0, ids.length)
    return known >= 0 ? known : this.#table.add(ids, 0, ids.length)
  }
}

/** Order of strings by UTF-16 code unit: the same in every locale. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
