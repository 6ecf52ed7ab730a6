import { end } from './ending.js'
import { exitCodes } from './exit-code.js'

/** Whether to colour what goes to a stream: NO_COLOR and FORCE_COLOR decide, else whether a terminal reads it (CI or not). */
export function isColored(stream: { readonly isTTY?: boolean }): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env
  if (NO_COLOR) return false
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
  return stream.isTTY === true && TERM !== 'dumb'
}

/** Ctrl-C: the first time ends what runs with what it has so far, the second time ends the process. */
export class Interrupt {
  readonly #controller = new AbortController()
  /** Whether there is nothing to end in order, so that the first time ends the process. */
  endsProcess = false

  constructor() {
    process.on('SIGINT', () => {
      if (this.endsProcess || this.#controller.signal.aborted) end(exitCodes.interrupted)
      this.#controller.abort()
    })
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }
}
