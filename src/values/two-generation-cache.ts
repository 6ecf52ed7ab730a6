/**
 * A cache by small integers, bounded by the sum of the weights of what it holds: what was used among the last insertions that fill a
 * generation is still there, what was not goes when a generation is full. It never holds more than two generations.
 */
export class TwoGenerationCache<V extends object> {
  #young = new Map<number, V>()
  #old = new Map<number, V>()
  #weight = 0
  readonly #capacity: number
  readonly #weightOf: (key: number) => number

  /** @param capacity - the weight of a generation. */
  constructor(capacity: number, weightOf: (key: number) => number) {
    this.#capacity = capacity
    this.#weightOf = weightOf
  }

  get(key: number): V | undefined {
    const young = this.#young.get(key)
    if (young !== undefined) return young
    const old = this.#old.get(key)
    if (old !== undefined) this.set(key, old)
    return old
  }

  set(key: number, value: V): void {
    if (this.#weight >= this.#capacity) {
      this.#old = this.#young
      this.#young = new Map()
      this.#weight = 0
    }
    this.#young.set(key, value)
    this.#weight += this.#weightOf(key)
  }
}
