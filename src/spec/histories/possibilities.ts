import { Map, Set } from 'immutable'
import { noSuchClient, nothingInFlight, stillInFlight } from './client-errors.js'
import { describeOperation, describeResult } from './describe.js'
import type { Linearizing, Misfit, PossibleHistory } from './possible-history.js'
import { sameValue } from './same-value.js'
import type { SequentialModel } from './sequential-models.js'

/** What an object may hold by now, and what it has answered to operations in flight that took effect already. */
interface Possibility<State, Result> {
  readonly state: State
  readonly answered: Map<string, Result>
}

/**
 * Linearizability, with a history that forgets: of all operations so far it keeps what the object may hold now, and those in flight. Whatever comes, that decides
 * as well as the whole history would whether it is linearizable; so behaviours that differ only in a past that is over are one state, and clients may go on for ever.
 * Where each step should be seen with all operations before it, or another property than linearizability asks for them, use a
 * {@link History} and {@link linearizable}.
 *
 * Herlihy and Wing, "Linearizability: a correctness condition for concurrent objects", 1990, section 3.2, where possibilities are what a history is proved
 * linearizable by. There may be exponentially many of them in the number of operations in flight.
 *
 * @param clients - the names of the clients.
 * @param model - what the object does when operations come one at a time.
 * @returns the history at first, functions that record in it, and the property.
 * @example
 * const seen = possibilities(CLIENTS, register('none' as Value))
 * machine({
 *   init: { ..., history: seen.atFirst },
 *   actions: { write: (s) => ({ ..., history: seen.invoked(s.history, 'c1', { type: 'write', value: 'A' }) }) },
 *   invariants: { linearizable: (s) => seen.linearizable(s.history) },
 * })
 */
export function possibilities<State, Operation, Result>(
  clients: Iterable<string>,
  model: SequentialModel<State, Operation, Result>,
): Linearizing<State, Operation, Result> {
  const names = [...clients]
  type History = PossibleHistory<State, Operation, Result>

  const requireClient = (client: string): void => {
    if (!names.includes(client)) throw noSuchClient(client, names)
  }

  const invoked = (history: History, client: string, operation: Operation): History => {
    requireClient(client)
    const current = history.inFlight.get(client)
    if (current !== undefined) throw stillInFlight(client, operation, current.operation)
    if (history.misfit !== null) return history
    const inFlight = history.inFlight.set(client, { operation })
    return { ...history, inFlight, possible: Set(closed(model, history.possible, inFlight)) }
  }

  const returned = (history: History, client: string, result: Result, ...next: readonly [] | readonly [Operation]): History => {
    requireClient(client)
    if (history.misfit !== null) return history
    const current = history.inFlight.get(client)
    if (current === undefined) throw nothingInFlight(client)
    // All that could take effect has done so in some possibility, so the client's operation needs no more to be tried.
    const answers = [...history.possible].filter(({ answered }) => answered.has(client))
    const fitting = answers.filter(({ answered }) => sameValue(answered.get(client), result))
    if (fitting.length === 0) return broken(client, current.operation, result, answers)
    const inFlight = history.inFlight.delete(client)
    const possible = Set(different(fitting.map(({ state, answered }) => ({ state, answered: answered.delete(client) }))))
    const after = { inFlight, possible, misfit: null }
    return next.length === 0 ? after : invoked(after, client, next[0])
  }

  return {
    atFirst: { inFlight: Map(), possible: Set([{ state: model.init, answered: Map<string, Result>() }]), misfit: null },
    invoked,
    returned,
    answeredAtOnce: (history, client, operation, result) => returned(invoked(history, client, operation), client, result),
    linearizable: ({ misfit }) =>
      misfit === null || {
        because: `${misfit.operation} fits nowhere in an order that agrees with real time`,
        possibleResults: misfit.possibleResults,
      },
  }
}

/** A history from which nothing follows any more: it has the operation that fits nowhere, and what that could have returned. */
function broken<State, Operation, Result>(
  client: string,
  operation: Operation,
  result: Result,
  answers: readonly Possibility<State, Result>[],
): PossibleHistory<State, Operation, Result> {
  const results = answers.map(({ answered }) => describeResult(answered.get(client)))
  const misfit: Misfit = {
    operation: describeOperation(client, operation, result),
    possibleResults: [...new globalThis.Set(results)].sort(),
  }
  return { inFlight: Map(), possible: Set(), misfit }
}

/** The possibilities, with those that follow when operations in flight take effect, in whatever order. */
function closed<State, Operation, Result>(
  model: SequentialModel<State, Operation, Result>,
  possible: Iterable<Possibility<State, Result>>,
  inFlight: Map<string, { readonly operation: Operation }>,
): readonly Possibility<State, Result>[] {
  const all = [...possible]
  // Those found on the way are gone through as well.
  for (const { state, answered } of all)
    for (const [client, { operation }] of inFlight) {
      if (answered.has(client)) continue
      const { state: next, result } = model.apply(state, operation)
      addDifferent(all, { state: next, answered: answered.set(client, result) })
    }
  return all
}

function different<State, Result>(possible: readonly Possibility<State, Result>[]): readonly Possibility<State, Result>[] {
  const all: Possibility<State, Result>[] = []
  for (const one of possible) addDifferent(all, one)
  return all
}

/** Adds a possibility, unless an equal one is there: a Set would not tell, since it compares plain objects by identity. */
function addDifferent<State, Result>(all: Possibility<State, Result>[], one: Possibility<State, Result>): void {
  const isKnown = all.some(
    ({ state, answered }) =>
      answered.size === one.answered.size && sameValue(answered, one.answered) && sameValue(state, one.state),
  )
  if (!isKnown) all.push(one)
}
