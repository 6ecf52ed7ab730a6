/**
 * A bounded cache by small integers: what was used among the last `capacity` insertions is still there, what was not goes when a
 * generation is full. It never holds more than two generations.
 */
export class TwoGenerationCache<V extends object> {
  #young = new Map<number, V>()
  #old = new Map<number, V>()
  readonly #capacity: number

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get(key: number): V | undefined {
    const young = this.#young.get(key)
    if (young !== undefined) return young
    const old = this.#old.get(key)
    if (old !== undefined) this.set(key, old)
    return old
  }

  set(key: number, value: V): void {
    if (this.#young.size >= this.#capacity) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(key, value)
  }
}
