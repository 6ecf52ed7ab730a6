const mix = (key: number): number => {
  const x = Math.imul(key ^ (key >>> 16), 0x85ebca6b)
  return x ^ (x >>> 13)
}

/** A map from non-negative integers to non-negative integers, in typed arrays: JavaScript's own throws near 2^24 entries. */
export class IntMap {
  #size = 0
  /** Pairs of key + 1 and value; key + 1 is 0 where a place is free. */
  #pairs = new Int32Array(16)

  get size(): number {
    return this.#size
  }

  /** The value of `key`, or -1. */
  get(key: number): number {
    const pairs = this.#pairs
    const mask = (pairs.length >> 1) - 1
    for (let place = mix(key) & mask; ; place = (place + 1) & mask) {
      const held = pairs[2 * place]
      if (held === key + 1) return pairs[2 * place + 1] as number
      if (held === 0) return -1
    }
  }

  /** Sets the value of a key that the map does not hold yet. */
  add(key: number, value: number): void {
    if ((this.#size + 1) * 2 > this.#pairs.length >> 1) this.#grow()
    this.#size++
    this.#put(key, value)
  }

  #put(key: number, value: number): void {
    const mask = (this.#pairs.length >> 1) - 1
    let place = mix(key) & mask
    while (this.#pairs[2 * place] !== 0) place = (place + 1) & mask
    this.#pairs[2 * place] = key + 1
    this.#pairs[2 * place + 1] = value
  }

  #grow(): void {
    const old = this.#pairs
    this.#pairs = new Int32Array(old.length * 2)
    for (let at = 0; at < old.length; at += 2) if (old[at] !== 0) this.#put((old[at] as number) - 1, old[at + 1] as number)
  }
}
