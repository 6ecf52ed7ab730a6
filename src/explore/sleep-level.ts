import { longer } from '../values/longer.js'

/** How many steps may sleep in a state: as many as a mask has bits. */
export const sleepersMax = 32

/** What sleeps in each of the states of one level, which are given by a range of indices. */
export class SleepLevel {
  /** The leaves that sleep, state by state. */
  leaves = new Uint16Array(1024)
  /** The index of the first state. */
  #first = 0
  /** By state from the first on, where its leaves end; those of the first begin at 0. */
  #ends = new Int32Array(256)
  #count = 0

  /** Begins the level of states from the one at `index` on. */
  begin(index: number): void {
    this.#first = index
    this.#count = 0
  }

  startOf(index: number): number {
    return index === this.#first ? 0 : (this.#ends[index - this.#first - 1] as number)
  }

  endOf(index: number): number {
    return this.#ends[index - this.#first] as number
  }

  /** Adds the next state, in which those leaves of `places` from `start` on sleep whose bits are set in `mask`. */
  add(places: Uint16Array, start: number, mask: number): void {
    const at = this.#count++
    let end = at === 0 ? 0 : (this.#ends[at - 1] as number)
    if (end + sleepersMax > this.leaves.length) this.leaves = longer(this.leaves)
    for (let rest = mask; rest !== 0; rest &= rest - 1)
      this.leaves[end++] = places[start + 31 - Math.clz32(rest & -rest)] as number
    if (at === this.#ends.length) this.#ends = longer(this.#ends)
    this.#ends[at] = end
  }

  /** Nothing sleeps any more. */
  clear(): void {
    this.#ends.fill(0)
  }
}
