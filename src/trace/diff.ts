import type { Json } from '../values/json.js'

/** One difference between two states. `before` is absent where something was added, `after` where it was removed. */
export interface Change {
  /** From the state's root: field names, keys of maps, indices of lists, elements of sets. */
  readonly path: readonly Json[]
  readonly before?: Json
  readonly after?: Json
}

