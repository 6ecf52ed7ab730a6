import type { StepLabel, Truth } from '../spec/machine.js'

type AnyFunction = (...args: never[]) => unknown

/** An action as the model takes it. */
export interface SourceAction {
  readonly name: string
  /** The function that the user wrote, for its place in the source. */
  readonly source: AnyFunction
  /** Runs it on a view of the state; returns what an action returns. */
  readonly run: (state: unknown) => unknown
  /** The kind of fault that its steps are; `null` for steps of the protocol. A fault never counts as progress. */
  readonly fault: string | null
  /** Whether it is a fault that undoes one: a restart of what crashed, a partition that heals. */
  readonly repair: boolean
  /** What must not be possible in a state for it to be taken there: deliveries of messages, or all that waits for nothing. */
  readonly waitsFor: 'nothing' | 'messages' | 'all'
  /** Whether its steps deliver messages, or lose them where they would be delivered. Default: false. */
  readonly delivers?: boolean
}

/** A predicate over a state, as the model takes it. */
export interface SourcePredicate {
  readonly name: string
  readonly source: AnyFunction
  readonly run: (state: unknown) => Truth
}

/** A predicate over a step, as the model takes it. */
export interface SourceStepPredicate {
  readonly name: string
  readonly source: AnyFunction
  readonly run: (before: unknown, after: unknown, step: StepLabel) => Truth
}

/**
 * What a machine and a protocol have in common once their form is gone: what the model compiles.
 *
 * The leaves of the initial states may be markers: a `Whole` is a record kept as one value; a `Bag` is a multiset (or set) kept as message
 * ids within the state, and shows as a view that `choose` goes through element by element, with `add` and `remove`; a `Queue` is a channel,
 * whose view has `push` and `pop`, and of which `choose` takes the head.
 */
export interface ModelSource {
  readonly initialStates: readonly unknown[]
  readonly actions: readonly SourceAction[]
  readonly invariants: readonly SourcePredicate[]
  readonly transitions: readonly SourceStepPredicate[]
  readonly sometimes: readonly SourcePredicate[]
  readonly alwaysPossible: readonly SourcePredicate[]
  readonly constraints: readonly SourcePredicate[]
  readonly terminal: boolean | SourcePredicate
  /** A decoded state as results show it. */
  readonly display: (state: unknown) => unknown
  /** Where {@link display} shows what stands at a path of the state; `null` for what it does not show. */
  readonly displayPath: (path: readonly string[]) => readonly string[] | null
  /** A decoded state as properties see it. */
  readonly world: (state: unknown) => unknown
  /** What a step is called by people, and the node that takes it. */
  readonly label: (action: string, args: readonly unknown[]) => { readonly label: string; readonly node: string | null }
  /** The fault budgets, by kind, that the search is under. */
  readonly budget: { readonly [kind: string]: number }
  /** Whether every kind of fault that may happen has a bound. */
  readonly isBounded: boolean
  /** What the run of the functions showed about coverage: name of a handler, message type, fault kind, and what happened to it. */
  readonly coverage: () => { readonly [name: string]: string }
}
