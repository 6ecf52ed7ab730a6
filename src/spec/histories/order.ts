import type { History, InFlightOperation } from './history.js'
import { sameValue } from './same-value.js'
import type { SequentialModel } from './sequential-models.js'

/** An operation as the search sees it. */
export interface Recorded<Operation, Result> {
  readonly operation: Operation
  /** Absent while the operation is in flight. */
  readonly outcome?: { readonly result: Result }
  /** How many operations of each client, by its number, had returned when this one was invoked. */
  readonly after: readonly number[]
}

/** The operations of one client, in its order. */
export interface Timeline<Operation, Result> {
  readonly client: string
  readonly operations: readonly Recorded<Operation, Result>[]
}

/** An operation's place: the number of its client, and how many of that client's operations stand before it. */
export interface Place {
  readonly client: number
  readonly index: number
}

/** What an order of operations must respect. */
export interface OrderRules {
  /** An operation that returned before another was invoked comes first. Otherwise only each client's own order counts. */
  readonly realTime: boolean
  /** Of each client, how many operations must be in the order, with their results. Later ones may be, with any result. */
  readonly required: readonly number[]
}

/** The operations of a history by client. */
export function timelinesOf<Operation, Result>(
  history: History<string, Operation, Result>,
): readonly Timeline<Operation, Result>[] {
  const clients = Object.keys(history)
  const counts = ({ after }: InFlightOperation<Operation>) => clients.map((client) => after[client] ?? 0)
  return Object.entries(history).map(([client, { completed, inFlight }]) => {
    const operations: Recorded<Operation, Result>[] = completed
      .toArray()
      .map((done) => ({ operation: done.operation, outcome: { result: done.result }, after: counts(done) }))
    for (const open of inFlight) operations.push({ operation: open.operation, after: counts(open) })
    return { client, operations }
  })
}

/** Of each client, how many operations have a result. */
export function completedCounts(timelines: readonly Timeline<unknown, unknown>[]): readonly number[] {
  return timelines.map(({ operations }) => operations.filter(({ outcome }) => outcome !== undefined).length)
}

/**
 * An order of the operations in which the model gives each required one the result that it has, or `undefined` where there is none.
 *
 * Depth first: append any operation whose predecessors are all there and whose result fits, else go back. What was placed is a
 * prefix of each client's operations, so a node of the search is the prefixes' lengths and the model's state; a node that failed
 * once is not tried again. Wing and Gong, "Testing and verifying concurrent objects", 1993; with Lowe's memoisation, "Testing for
 * linearizability", 2017, as in Porcupine. Exponential in the number of clients at worst: deciding it is NP-complete.
 */
export function findOrder<State, Operation, Result>(
  model: SequentialModel<State, Operation, Result>,
  timelines: readonly Timeline<Operation, Result>[],
  { realTime, required }: OrderRules,
): readonly Place[] | undefined {
  const placed = timelines.map(() => 0)
  const order: Place[] = []
  const failed = new Map<string, State[]>()

  const isRequired = (client: number) => (placed[client] as number) < (required[client] as number)

  const place = (state: State, client: number): boolean => {
    const index = placed[client] as number
    const next = timelines[client]?.operations[index]
    if (next === undefined || (realTime && next.after.some((count, other) => count > (placed[other] as number)))) return false
    const applied = model.apply(state, next.operation)
    if (isRequired(client) && !sameValue(applied.result, next.outcome?.result)) return false
    placed[client] = index + 1
    order.push({ client, index })
    if (complete(applied.state)) return true
    order.pop()
    placed[client] = index
    return false
  }

  const complete = (state: State): boolean => {
    const wanting = timelines.map((_, client) => client).filter(isRequired)
    if (wanting.length === 0) return true
    const node = placed.join()
    const known = failed.get(node) ?? []
    if (known.some((other) => sameValue(other, state))) return false
    // Required ones first: what need not be there is placed only where it explains something.
    const optional = timelines.map((_, client) => client).filter((client) => !isRequired(client))
    if ([...wanting, ...optional].some((client) => place(state, client))) return true
    failed.set(node, [...known, state])
    return false
  }

  return complete(model.init) ? order : undefined
}
