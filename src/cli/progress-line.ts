import type { Progress } from '../check/result.js'
import { counted, grouped, printable, rounded } from '../report/text.js'

/** Where progress goes. */
export interface ProgressStream {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly write: (text: string) => unknown
}

/** A check that ends sooner needs no progress. */
const quietSeconds = 0.5
const secondsBetweenLines = 10
/** For a terminal that does not know its width, which then says 0. */
const widthDefault = 100
const eraseLine = '\r\u001b[K'

/**
 * Progress as one line: `two-phase-commit  12.4s  depth 17  1,204,332 states  3,918,004 generated  970k/s  queue 88,120 ▼  mem 612 MB`; before the depth,
 * of how many faults the behaviours are that are being searched, where those with fewer come first.
 */
export function progressText(progress: Progress): string {
  const { spec, seconds, faults, depth, distinct, generated, queue, queueGrows, statesPerSecond, memoryBytes } = progress
  return [
    printable(spec),
    `${seconds.toFixed(1)}s`,
    ...(faults === null ? [] : [counted(faults, 'fault')]),
    `depth ${grouped(depth)}`,
    `${grouped(distinct)} states`,
    `${grouped(generated)} generated`,
    `${rounded(statesPerSecond)}/s`,
    `queue ${grouped(queue)} ${queueGrows ? '▲' : '▼'}`,
    `mem ${grouped(Math.round(memoryBytes / 1e6))} MB`,
  ].join('  ')
}

/** Shows how far a check is: on a terminal as one live line, elsewhere as a line now and then. */
export class ProgressLine {
  readonly #stream: ProgressStream
  #isShown = false
  #nextAt = secondsBetweenLines

  constructor(stream: ProgressStream) {
    this.#stream = stream
  }

  readonly update = (progress: Progress): void => {
    if (progress.seconds < quietSeconds) return
    if (this.#stream.isTTY) {
      const text = progressText(progress).slice(0, (this.#stream.columns || widthDefault) - 1)
      this.#stream.write(eraseLine + text)
      this.#isShown = true
    } else if (progress.seconds >= this.#nextAt) {
      this.#stream.write(`${progressText(progress)}\n`)
      this.#nextAt = progress.seconds + secondsBetweenLines
    }
  }

  /** Leaves the terminal's line empty, for what is printed next. */
  clear(): void {
    if (this.#isShown) this.#stream.write(eraseLine)
    this.#isShown = false
  }
}
