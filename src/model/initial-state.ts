import type { Spec } from '../spec/spec.js'
import { SpecError } from '../spec/spec-error.js'

/**
 * Reads the initial states of a spec, and says of what is wrong there that it is in them, and in which spec.
 *
 * @throws SpecError with a place in the source, whatever SpecError `read` throws.
 */
export function inInitialState<T>(spec: Spec, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof SpecError) || error.site !== undefined) throw error
    const { message, hint, path, cause } = error
    throw new SpecError(`spec '${spec.name}', initial state: ${message}`, { hint, path, cause, site: spec.site })
  }
}
