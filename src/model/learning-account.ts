/** Look-ups after which it is judged whether learning a function pays. */
const trialLookups = 4096

/**
 * Whether learning one action or property pays. A trial that answers fewer than half of its look-ups from what was learned is
 * followed by a spell of direct calls, four trials long at first and twice as long after every further failed one: a function that cannot be
 * learned costs little more than calling it, and one that can be learned later is found out.
 */
export class LearningAccount {
  /** All look-ups, and all of them that had to run the function. */
  lookups = 0
  runs = 0
  #trialStart = 0
  #trialRuns = 0
  #failures = 0
  /** Look-ups left in the present spell of direct calls; 0 while learning. */
  #direct = 0

  get isDirect(): boolean {
    return this.#direct > 0
  }

  /** Counts a call whose result is not learned. */
  countDirect(): void {
    this.lookups++
    this.runs++
    if (this.#direct > 0 && --this.#direct === 0) this.#startTrial()
  }

  /** Judges a trial that is complete; to be called now and then while learning. Returns whether direct calls begin. */
  judge(): boolean {
    if (this.#direct > 0 || this.lookups - this.#trialStart < trialLookups) return false
    const lookups = this.lookups - this.#trialStart
    const runs = this.runs - this.#trialRuns
    this.#startTrial()
    if (runs * 2 <= lookups) {
      this.#failures = 0
      return false
    }
    this.#direct = trialLookups * 4 * 2 ** Math.min(this.#failures++, 16)
    return true
  }

  #startTrial(): void {
    this.#trialStart = this.lookups
    this.#trialRuns = this.runs
  }
}
