/**
 * Expansions of which one is checked against a fresh run of the spec's functions: so many, and later so large a part of all before. What is impure shows in
 * most states, or in none that are new.
 */
const verifyEvery = 2048
const verifyShare = 1 / 32
/** So many of the first states are checked so too: what reads nothing is learned from one run. */
const verifyFirst = 16

/** When what was learned is checked. */
export class VerificationTimes {
  #expansions = 0
  #next = 1

  /** Counts an expansion; returns whether it is one to be checked. */
  isDue(): boolean {
    if (++this.#expansions < this.#next) return false
    const { floor, max } = Math
    this.#next += this.#expansions < verifyFirst ? 1 : floor(max(verifyEvery, this.#expansions * verifyShare))
    return true
  }
}
