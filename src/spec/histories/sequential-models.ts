import { sameValue } from './same-value.js'

/**
 * What an object does when its operations come one at a time: the yardstick for a history of concurrent ones.
 *
 * State, operations and results are values, as in any state of a spec, and `apply` is a pure function: it returns the next state.
 */
export interface SequentialModel<State, Operation, Result> {
  /** The state before the first operation. */
  readonly init: State
  /** What one operation does: the state after it, and the result that its client gets. */
  readonly apply: (state: State, operation: Operation) => { readonly state: State; readonly result: Result }
}

/** An operation of a {@link register}. */
export type RegisterOperation<V> = { readonly type: 'write'; readonly value: V } | { readonly type: 'read' }

/**
 * A register: `write` answers `'ok'`, `read` the value last written.
 *
 * @param initial - the value before the first write. It also gives the type of values: `register('none' as Value)`.
 */
export function register<V>(initial: V): SequentialModel<V, RegisterOperation<V>, V | 'ok'> {
  return {
    init: initial,
    apply: (state, operation) =>
      operation.type === 'write' ? { state: operation.value, result: 'ok' } : { state, result: state },
  }
}

/** An operation of a {@link compareAndSet} register. */
export type CompareAndSetOperation<V> =
  | RegisterOperation<V>
  | { readonly type: 'compareAndSet'; readonly expected: V; readonly value: V }

/**
 * A register that can also be written on condition: `compareAndSet` sets `value` where the register holds `expected`, and
 * answers whether it did. `write` answers `'ok'`, `read` the value.
 *
 * @param initial - the value before the first write; it also gives the type of values.
 */
export function compareAndSet<V>(initial: V): SequentialModel<V, CompareAndSetOperation<V>, V | 'ok' | boolean> {
  const { apply } = register(initial)
  return {
    init: initial,
    apply: (state, operation) => {
      if (operation.type !== 'compareAndSet') return apply(state, operation)
      return sameValue(state, operation.expected) ? { state: operation.value, result: true } : { state, result: false }
    },
  }
}

/** An operation of a {@link queue}. */
export type QueueOperation<V> = { readonly type: 'enqueue'; readonly value: V } | { readonly type: 'dequeue' }

/**
 * A first-in, first-out queue: `enqueue` answers `'ok'`, `dequeue` removes the oldest element and answers it, or `null` where
 * the queue is empty.
 *
 * @param initial - the elements before the first operation, oldest first; it also gives their type: `queue([] as Job[])`.
 */
export function queue<V>(initial: readonly V[]): SequentialModel<readonly V[], QueueOperation<V>, V | 'ok' | null> {
  return {
    init: initial,
    apply: (state, operation) => {
      if (operation.type === 'enqueue') return { state: [...state, operation.value], result: 'ok' }
      const [oldest, ...rest] = state
      return state.length === 0 ? { state, result: null } : { state: rest, result: oldest as V }
    },
  }
}

/** An operation of a {@link log}. */
export type LogOperation<V> = { readonly type: 'append'; readonly value: V } | { readonly type: 'read' }

/**
 * A log that only grows: `append` answers `'ok'`, `read` all entries in order, as an array.
 *
 * @param initial - the entries before the first operation; it also gives their type: `log([] as Entry[])`.
 */
export function log<V>(initial: readonly V[]): SequentialModel<readonly V[], LogOperation<V>, readonly V[] | 'ok'> {
  return {
    init: initial,
    apply: (state, operation) =>
      operation.type === 'append' ? { state: [...state, operation.value], result: 'ok' } : { state, result: state },
  }
}
