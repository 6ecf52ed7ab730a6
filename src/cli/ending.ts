import { writeSync } from 'node:fs'
import { errorMessage } from '../report/error.js'
import { type ExitCode, exitCodes } from './exit-code.js'
import { printed } from './stdout.js'

let ends = false

/** Ends the process at once, on purpose; see {@link refuseOtherEnds}. */
export function end(code: typeof process.exitCode): never {
  ends = true
  process.exit(code)
}

/** Ends the process quietly when nobody reads on, as in `faultline check ... | head`. */
export function endWhenUnread(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') {
        complain(`error: the output cannot be written: ${error.message}`)
        end(exitCodes.error)
      }
      // Nothing may be known yet; that is no success.
      end(process.exitCode ?? exitCodes.error)
    })
}

/** Writes to stderr where the normal way may no longer get there. */
function complain(text: string): void {
  try {
    writeSync(2, `${text}\n`)
  } catch {
    // Nobody is left to be told.
  }
}

/** A spec that calls `process.exit`, or throws where nobody can catch it, must not end the process with a code that says something of its check. */
export function refuseOtherEnds(): void {
  process.once('uncaughtException', (error) => {
    complain(`error: thrown outside of any call of the spec's functions: ${errorMessage(error, { color: false })}`)
    end(exitCodes.error)
  })
  process.once('exit', () => {
    if (ends) return
    // What is written in the normal way now may never arrive.
    complain(
      'error: the spec ended the process\n  a spec must not call process.exit: what it exports is checked after it is loaded',
    )
    process.exitCode = exitCodes.error
  })
}

/** Ends the process once all output is out, also where a spec left a timer or a server running. */
export async function exitWith(code: ExitCode): Promise<never> {
  process.exitCode = code
  await printed()
  end(code)
}
