import type { Explanation } from '../machine.js'
import { describeOperation } from './describe.js'
import type { History } from './history.js'
import { completedCounts, findOrder, type OrderRules, type Place, type Timeline, timelinesOf } from './order.js'
import type { SequentialModel } from './sequential-models.js'

/** Whether a history is consistent, and if not, why. */
export type Consistency<Operation, Result> = (history: History<string, Operation, Result>) => true | Explanation

/**
 * Linearizability: every operation seems to take effect at one moment between its invocation and its return.
 *
 * True where the operations have an order that respects real time (one that returned before another was invoked comes first) and in
 * which the model gives each the result that its client got. An operation in flight may have taken effect or not. A violation names
 * an operation that fits nowhere: while its result was open there was an order, which is given as `orderWithoutIt`.
 *
 * Herlihy and Wing, "Linearizability: a correctness condition for concurrent objects", 1990. Deciding it takes time that grows
 * exponentially with concurrent operations at worst: a handful of clients with a few operations each is what a spec can afford.
 *
 * @param model - what the object does when operations come one at a time: {@link register}, {@link queue}, or one of your own.
 * @returns a property of histories, for an invariant.
 * @example
 * const atomic = linearizable(register('none' as Value))
 * machine({ ..., invariants: { linearizable: (s) => atomic(s.history) } })
 */
export function linearizable<State, Operation, Result>(
  model: SequentialModel<State, Operation, Result>,
): Consistency<Operation, Result> {
  return (history) => judge(model, timelinesOf(history), true)
}

/**
 * Sequential consistency: as {@link linearizable}, but each client's own order is all that counts. An order may place an operation
 * before one that had returned long ago, so a read may be stale, as long as all clients can be told the same story.
 *
 * Lamport, "How to make a multiprocessor computer that correctly executes multiprocess programs", 1979.
 *
 * @param model - what the object does when operations come one at a time.
 * @returns a property of histories, for an invariant.
 * @example
 * const sequential = sequentiallyConsistent(register('none' as Value))
 * machine({ ..., invariants: { sequential: (s) => sequential(s.history) } })
 */
export function sequentiallyConsistent<State, Operation, Result>(
  model: SequentialModel<State, Operation, Result>,
): Consistency<Operation, Result> {
  return (history) => judge(model, timelinesOf(history), false)
}

function judge<State, Operation, Result>(
  model: SequentialModel<State, Operation, Result>,
  timelines: readonly Timeline<Operation, Result>[],
  realTime: boolean,
): true | Explanation {
  const rules: OrderRules = { realTime, required: completedCounts(timelines) }
  if (findOrder(model, timelines, rules) !== undefined) return true
  const { misfit, order, required } = findMisfit(model, timelines, rules)
  const described = ({ client, index }: Place, count: number | undefined) => {
    const { client: name, operations } = timelines[client] as Timeline<Operation, Result>
    const { operation, outcome } = operations[index] as (typeof operations)[number]
    return describeOperation(name, operation, ...(outcome === undefined || index >= (count ?? 0) ? [] : [outcome.result]))
  }
  const manner = realTime ? 'agrees with real time' : "keeps each client's own order"
  return {
    because: `${described(misfit, Infinity)} fits nowhere in an order that ${manner}`,
    orderWithoutIt: order.map((place) => described(place, required[place.client])),
  }
}

interface Misfit {
  readonly misfit: Place
  /** An order of the operations that fits as long as the result of the misfit is open. */
  readonly order: readonly Place[]
  /** Of each client, how many operations have their results in that order. */
  readonly required: readonly number[]
}

/**
 * An operation whose result is one too many. Of those with nothing after them, one that returned last is at fault if there was an
 * order as long as it had not returned; a checker finds it at once, because the state before had one. In a history with several
 * faults, results are forgotten from the end, until one is the last straw.
 */
function findMisfit<State, Operation, Result>(
  model: SequentialModel<State, Operation, Result>,
  timelines: readonly Timeline<Operation, Result>[],
  rules: OrderRules,
): Misfit {
  const { realTime } = rules
  let { required } = rules
  for (;;) {
    const last = lastToReturn(timelines, { realTime, required })
    for (const misfit of last) {
      const fewer = required.with(misfit.client, misfit.index)
      const order = findOrder(model, timelines, { realTime, required: fewer })
      if (order !== undefined) return { misfit, order, required: fewer }
    }
    const forgotten = last[0] as Place
    required = required.with(forgotten.client, forgotten.index)
  }
}

/** Of the required operations, those that came before no other. */
function lastToReturn(timelines: readonly Timeline<unknown, unknown>[], { realTime, required }: OrderRules): readonly Place[] {
  const ends = required.flatMap((count, client) => (count > 0 ? [{ client, index: count - 1 }] : []))
  const isBefore = (place: Place, other: Place) =>
    realTime && (timelines[other.client]?.operations[other.index]?.after[place.client] ?? 0) > place.index
  return ends.filter((place) => !ends.some((other) => isBefore(place, other)))
}
