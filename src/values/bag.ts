/** A multiset: what an unordered network holds. Elements stand in canonical order, as often as they are in it. */
export class Bag<out T> implements Iterable<T> {
  readonly elements: readonly T[]
  /** Whether each element is in it at most once: adding one that is there changes nothing. */
  readonly distinct: boolean

  /** @param elements - in canonical order. */
  constructor(elements: readonly T[], distinct: boolean) {
    this.elements = Object.freeze([...elements])
    this.distinct = distinct
    Object.freeze(this)
  }

  get size(): number {
    return this.elements.length
  }

  [Symbol.iterator](): Iterator<T> {
    return this.elements[Symbol.iterator]()
  }
}

/** A first-in, first-out channel: the oldest element stands first. */
export class Queue<out T> implements Iterable<T> {
  readonly elements: readonly T[]

  constructor(elements: readonly T[]) {
    this.elements = Object.freeze([...elements])
    Object.freeze(this)
  }

  get size(): number {
    return this.elements.length
  }

  [Symbol.iterator](): Iterator<T> {
    return this.elements[Symbol.iterator]()
  }
}
