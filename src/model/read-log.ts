import { longer } from '../values/longer.js'

/**
 * The fields that a running function has read, each once, in order of first reading. A read is named by a reference (see `References`)
 * and the frame that it was read in: `reference * 2 + frame`.
 */
export class ReadLog {
  /** Whether reads are recorded now. */
  active = false
  readonly reads: number[] = []
  /** Whether the running function read something that cannot be learned: a bag as a whole. */
  unlearnable = false
  #run = 0
  /** The run that recorded each read last; there may be more runs than 32 bits count. */
  #lastRun = new Float64Array(64)

  start(): void {
    this.active = true
    this.reads.length = 0
    this.unlearnable = false
    this.#run++
  }

  stop(): void {
    this.active = false
  }

  /** Whether the run recorded last read the same as an earlier one did. */
  isSame(reads: readonly number[]): boolean {
    return reads.length === this.reads.length && reads.every((read, index) => read === this.reads[index])
  }

  record(read: number): void {
    if (read >= this.#lastRun.length) this.#lastRun = longer(this.#lastRun, read + 1)
    if (this.#lastRun[read] === this.#run) return
    this.#lastRun[read] = this.#run
    this.reads.push(read)
  }
}
