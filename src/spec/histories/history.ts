import { List } from 'immutable'
import { noSuchClient, nothingInFlight, stillInFlight } from './client-errors.js'
import type { SequentialModel } from './sequential-models.js'

/** How many operations of each other client had returned when an operation was invoked; clients with none are left out. */
export type After = { readonly [client: string]: number }

/** An operation whose client has no result yet: it may or may not have taken effect. */
export interface InFlightOperation<Operation> {
  readonly operation: Operation
  readonly after: After
}

/** An operation with the result that its client got. */
export interface CompletedOperation<Operation, Result> extends InFlightOperation<Operation> {
  readonly result: Result
}

/** What one client did: it is sequential, so at most one operation is in flight. */
export interface ClientHistory<Operation, Result> {
  /** In the order in which the client invoked them, which is the order in which they returned. */
  readonly completed: List<CompletedOperation<Operation, Result>>
  /** None or one. A list, because a record that is there in an initial state would have its keys for good. */
  readonly inFlight: List<InFlightOperation<Operation>>
}

/**
 * The operations of all clients, as far as consistency depends on them: which came before which, and no clock. A field of the
 * state, written by {@link invoked} and {@link returned}; two behaviours that no property could tell apart have the same history.
 */
export type History<Client extends string, Operation, Result> = {
  readonly [C in Client]: ClientHistory<Operation, Result>
}

/**
 * A history without operations, for the initial state.
 *
 * @param clients - the names of the clients; each gets a field of its own, so that a step writes only its client's.
 * @param model - what the clients talk to: it gives the types of operations and results.
 * @example
 * const model = register('none' as Value)
 * machine({ init: { ..., history: emptyHistory(CLIENTS, model) }, ... })
 */
export function emptyHistory<Client extends string, State, Operation, Result>(
  clients: Iterable<Client>,
  model: SequentialModel<State, Operation, Result>,
): History<Client, Operation, Result>
// The model is there for its types alone.
export function emptyHistory<Client extends string>(clients: Iterable<Client>): History<Client, never, never> {
  const none: ClientHistory<never, never> = { completed: List(), inFlight: List() }
  return Object.fromEntries(Array.from(clients, (client) => [client, none])) as History<Client, never, never>
}

/** What changes in a history: fields of one client. */
export type HistoryPatch<Client extends string, Operation, Result> = {
  readonly [C in Client]?: Partial<ClientHistory<Operation, Result>>
}

/**
 * A client sends a request: a patch of the history. Retries of a request are not recorded, they are the same operation.
 *
 * @throws SpecError when the client has an operation in flight, or is not in the history.
 * @example
 * write: (s) => choose(CLIENTS, (c) => s.phase[c] === 'idle' &&
 *   { phase: { [c]: 'writing' }, history: invoked(s.history, c, { type: 'write', value: 'A' }) })
 */
export function invoked<Client extends string, Operation, Result>(
  history: History<Client, Operation, Result>,
  client: NoInfer<Client>,
  operation: NoInfer<Operation>,
): HistoryPatch<Client, Operation, Result> {
  idleHistory(history, client, operation)
  const inFlight = List([{ operation, after: returnedBefore(history, client) }])
  return { [client]: { inFlight } } as HistoryPatch<Client, Operation, Result>
}

/**
 * A client accepts a response: a patch of the history. A response that the client ignores, as a duplicate, is none.
 *
 * @param result - what the client's operation in flight answered.
 * @param next - the operation that the client invokes in the same step, where it does so at once.
 * @throws SpecError when the client has no operation in flight, or is not in the history.
 * @example
 * accept: (s) => choose(CLIENTS, (c) => s.response[c] !== null &&
 *   { response: { [c]: null }, history: returned(s.history, c, s.response[c]) })
 */
export function returned<Client extends string, Operation, Result>(
  history: History<Client, Operation, Result>,
  client: NoInfer<Client>,
  result: NoInfer<Result>,
  ...next: readonly [] | readonly [operation: NoInfer<Operation>]
): HistoryPatch<Client, Operation, Result> {
  const { completed, inFlight } = clientHistory(history, client)
  const current = inFlight.first()
  if (current === undefined) throw nothingInFlight(client)
  return {
    [client]: {
      completed: completed.push({ ...current, result }),
      inFlight: List(next).map((operation) => ({ operation, after: returnedBefore(history, client) })),
    },
  } as HistoryPatch<Client, Operation, Result>
}

/**
 * A client is answered in the step in which it asks: a patch of the history, of {@link invoked} and {@link returned} together.
 *
 * @throws SpecError when the client has an operation in flight, or is not in the history.
 * @example
 * read: (s) => choose(CLIENTS, (c) => ({ history: answeredAtOnce(s.history, c, { type: 'read' }, s.copy[c]) }))
 */
export function answeredAtOnce<Client extends string, Operation, Result>(
  history: History<Client, Operation, Result>,
  client: NoInfer<Client>,
  operation: NoInfer<Operation>,
  result: NoInfer<Result>,
): HistoryPatch<Client, Operation, Result> {
  const { completed } = idleHistory(history, client, operation)
  const call = { operation, after: returnedBefore(history, client), result }
  return { [client]: { completed: completed.push(call) } } as HistoryPatch<Client, Operation, Result>
}

/** Of a client that may invoke an operation. */
function idleHistory<Operation, Result>(
  history: { readonly [client: string]: ClientHistory<Operation, Result> },
  client: string,
  operation: Operation,
): ClientHistory<Operation, Result> {
  const found = clientHistory(history, client)
  const current = found.inFlight.first()
  if (current === undefined) return found
  throw stillInFlight(client, operation, current.operation)
}

function clientHistory<Operation, Result>(
  history: { readonly [client: string]: ClientHistory<Operation, Result> },
  client: string,
): ClientHistory<Operation, Result> {
  const found = Object.hasOwn(history, client) ? history[client] : undefined
  if (found !== undefined) return found
  throw noSuchClient(client, Object.keys(history))
}

/** Its own operations need no mention: they all returned before. */
function returnedBefore(history: { readonly [client: string]: ClientHistory<unknown, unknown> }, client: string): After {
  const counts = Object.entries(history).map(([other, { completed }]) => [other, other === client ? 0 : completed.size] as const)
  return Object.fromEntries(counts.filter(([, count]) => count > 0))
}
