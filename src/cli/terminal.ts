import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ExitCode, exitCodes } from './exit-code.js'

/** Whether to colour what goes to a stream: NO_COLOR and FORCE_COLOR decide, else whether a terminal reads it (CI or not). */
export function isColored(stream: { readonly isTTY?: boolean }): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env
  if (NO_COLOR) return false
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
  return stream.isTTY === true && TERM !== 'dumb'
}

/** Ends the process quietly when nobody reads on, as in `faultline check ... | head`. */
export function endWhenUnread(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
      process.exit()
    })
}

/** Ends the process once all output is out, also where a spec left a timer or a server running. */
export async function exitWith(code: ExitCode): Promise<never> {
  process.exitCode = code
  for (const stream of [process.stdout, process.stderr])
    await new Promise<void>((resolve) => {
      stream.write('', () => resolve())
    })
  process.exit()
}

/** A directory of this process, removed when it ends: by itself, by Ctrl-C or when it is told to. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'faultline-'))
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }))
  process.once('SIGTERM', () => process.exit(143))
  process.once('SIGHUP', () => process.exit(129))
  return directory
}

/** Ctrl-C: the first time ends what runs with what it has so far, the second time ends the process. */
export class Interrupt {
  readonly #controller = new AbortController()
  /** Whether there is nothing to end in order, so that the first time ends the process. */
  endsProcess = false

  constructor() {
    process.on('SIGINT', () => {
      if (this.endsProcess || this.#controller.signal.aborted) process.exit(exitCodes.interrupted)
      this.#controller.abort()
    })
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }
}
