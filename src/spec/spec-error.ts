/** Where and how a spec went wrong, as far as known. */
export interface SpecErrorDetails {
  /** What to do about it: one sentence. */
  readonly hint?: string | undefined
  /** Place in the user's source, as `file:line:column`. */
  readonly site?: string | undefined
  /** Path of the offending value, from the state's root: `['rm', 'rm1']`. */
  readonly path?: readonly string[] | undefined
  /** The state in which it happened, for display. */
  readonly state?: unknown
  /** What the user's function threw. */
  readonly cause?: unknown
}

/** A mistake in a spec or in how it is used: the message says what is wrong, `hint` what to do. */
export class SpecError extends Error {
  override readonly name = 'SpecError'
  readonly hint: string | undefined
  readonly site: string | undefined
  readonly path: readonly string[] | undefined
  readonly state: unknown

  constructor(message: string, { hint, site, path, state, cause }: SpecErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause })
    this.hint = hint
    this.site = site
    this.path = path
    this.state = state
    // What test runners print of an error: everything that tells where to look, and none of our own frames.
    if (site !== undefined) this.stack = `${this.name}: ${message}${hint === undefined ? '' : `\n${hint}`}\n    at ${site}`
  }
}
