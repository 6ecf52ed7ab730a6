import type { Map, Set } from 'immutable'
import type { Explanation } from '../machine.js'

/** An operation whose result fits nowhere, in words. */
export interface Misfit {
  /** Such as `c1: read → "A"`. */
  readonly operation: string
  /** What the operation could have returned. */
  readonly possibleResults: readonly string[]
}

/** What of a history decides whether all that may follow is linearizable; see {@link possibilities}. */
export interface PossibleHistory<State, Operation, Result> {
  /** Operations whose clients have no result yet. */
  readonly inFlight: Map<string, { readonly operation: Operation }>
  /** What the object may hold, each with the results of those operations in flight that have taken effect then. */
  readonly possible: Set<{ readonly state: State; readonly answered: Map<string, Result> }>
  /** The first operation that fits nowhere; then the rest is empty, and stays so. */
  readonly misfit: Misfit | null
}

/** A history that forgets, and what is done with it; made by {@link possibilities}. */
export interface Linearizing<State, Operation, Result> {
  /** The history without operations, for the initial state. */
  readonly atFirst: PossibleHistory<State, Operation, Result>
  /**
   * A client sends a request.
   *
   * @throws SpecError when the client has an operation in flight, or is not one of the clients.
   */
  readonly invoked: (
    history: PossibleHistory<State, Operation, Result>,
    client: string,
    operation: Operation,
  ) => PossibleHistory<State, Operation, Result>
  /**
   * A client accepts a response, and may invoke its next operation in the same step.
   *
   * @throws SpecError when the client has no operation in flight, or is not one of the clients.
   */
  readonly returned: (
    history: PossibleHistory<State, Operation, Result>,
    client: string,
    result: Result,
    ...next: readonly [] | readonly [operation: Operation]
  ) => PossibleHistory<State, Operation, Result>
  /** A client is answered in the step in which it asks. */
  readonly answeredAtOnce: (
    history: PossibleHistory<State, Operation, Result>,
    client: string,
    operation: Operation,
    result: Result,
  ) => PossibleHistory<State, Operation, Result>
  /** Whether the operations so far are linearizable. A violation names an operation that fits nowhere, and what it could have returned. */
  readonly linearizable: (history: PossibleHistory<State, Operation, Result>) => true | Explanation
}
