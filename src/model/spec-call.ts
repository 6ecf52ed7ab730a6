import { locateFunction } from '../spec/source-location.js'
import { SpecError } from '../spec/spec-error.js'
import { formatValue } from '../values/format.js'
import { clearBreach, requireNoBreach } from './purity.js'
import { type FrameIndex, NotASetOfElements, type StateVector } from './state-vector.js'

/** Which function of a spec is running, for error messages. */
export interface Role {
  /** As a reader says it: `action 'tmCommit'`, `invariant 'consistent'`. */
  readonly title: string
  readonly source: (...args: never[]) => unknown
  /** The elements chosen so far. */
  readonly args: readonly unknown[]
  /** The frame with the state that it gets. */
  readonly frame: FrameIndex
}

/**
 * Runs a function of a spec and what follows from its result; whatever goes wrong becomes a SpecError that names the function, where it is written, and
 * the state that it got.
 */
export function callSpec<T>(vector: StateVector, role: Role, body: () => T): T {
  try {
    const result = body()
    requireNoBreach()
    return result
  } catch (error) {
    throw failureOf(vector, role, error)
  }
}

/** What to throw where a function of a spec, or what follows from its result, threw `error`. */
export function failureOf(vector: StateVector, role: Role, error: unknown): unknown {
  return error instanceof NotASetOfElements ? error : explain(vector, role, error)
}

/** The error for `role` that says `message`, or what `error` says when it is one of ours. */
export function explain(vector: StateVector, role: Role, error: unknown): SpecError {
  vector.log.stop()
  clearBreach()
  const ours = error instanceof SpecError
  const mutation = error instanceof TypeError && /not extensible|read[ -]only|only a getter|Cannot delete/.test(error.message)
  const what = ours ? error.message : `threw ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`
  const hint = ours ? error.hint : mutation ? 'states are immutable: return a patch with what changes' : throwHint
  return new SpecError(`${role.title}${argumentList(role.args)}${ours ? ': ' : ' '}${what}`, {
    ...(hint === undefined ? {} : { hint }),
    ...(ours && error.path !== undefined ? { path: error.path } : {}),
    // A handler of a protocol is told apart from the action that runs it.
    site: (ours ? error.site : undefined) ?? locateFunction(role.source),
    state: vector.display(vector.decode(role.frame)),
    cause: error,
  })
}

/** What to do about a function of a spec that throws. */
export const throwHint =
  'every function of a spec must answer in every reachable state: guard this case, or return false where nothing happens'

function argumentList(args: readonly unknown[]): string {
  return args.length === 0
    ? ''
    : ` (chosen: ${args.map((arg) => (typeof arg === 'object' ? formatValue(arg) : String(arg))).join(', ')})`
}
