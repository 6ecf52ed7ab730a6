import { callSite } from './call-site.js'
import type { Choice } from './choose.js'
import type { Patch, UnknownFields } from './patch.js'

/** Not enabled in this state. */
export type Disabled = false | null | undefined

/** What an action may return: a patch, several (one step each), a choice, or nothing where it is not enabled. */
export type Outcome<S> = Patch<S> | Disabled | readonly (Patch<S> | Disabled)[] | Choice<unknown, unknown>

/** An action: a pure function from a state to what changes. */
export type Action<S> = (state: S) => Outcome<S>

/** Why a property is false; printed beside the counterexample. `because` is the headline, further keys are details. */
export interface Explanation {
  readonly because: string
  readonly [detail: string]: unknown
}

/** What a property answers: does it hold here, and if not, optionally why. */
export type Truth = boolean | Explanation

/** The step that a transition property sees. */
export interface StepLabel {
  /** Name of the action taken. */
  readonly action: string
  /** The elements chosen by `choose`, outermost first. */
  readonly args: readonly unknown[]
}

/** How a machine is written; see {@link machine}. */
export interface MachineDefinition<S> {
  readonly init: S | Iterable<S>
  readonly actions: { readonly [name: string]: Action<S> }
  readonly invariants?: { readonly [name: string]: (state: S) => Truth }
  readonly transitions?: { readonly [name: string]: (before: S, after: S, step: StepLabel) => Truth }
  readonly sometimes?: { readonly [name: string]: (state: S) => boolean }
  readonly alwaysPossible?: { readonly [name: string]: (state: S) => boolean }
  readonly terminal?: boolean | ((state: S) => boolean)
  readonly constraints?: { readonly [name: string]: (state: S) => boolean }
}

/** The patches among what an action returns (the effects among what a handler does), its choices left out. */
export type Direct<R> = R extends Disabled | Choice<unknown, unknown>
  ? never
  : R extends readonly (infer Element)[]
    ? Direct<Element>
    : R

/** The patches that the choices among what an action returns lead to, at any depth. */
type Chosen<R> =
  R extends Choice<unknown, infer Inner>
    ? Direct<Inner> | Chosen<Inner>
    : R extends readonly (infer Element)[]
      ? Chosen<Element>
      : never

type Unfit<R, S> = R extends Patch<S> ? never : R

type Misfit<R, S> = [UnknownFields<Direct<R> | Chosen<R>, S>] extends [never]
  ? [Unfit<Chosen<R>, S>] extends [never]
    ? never
    : { readonly 'a choice leads to a patch that does not fit the state': Unfit<Chosen<R>, S> }
  : { readonly 'the state has no such field': UnknownFields<Direct<R> | Chosen<R>, S> }

type Misfits<R, S> = { [K in keyof R as [Misfit<R[K], S>] extends [never] ? never : K]: Misfit<R[K], S> }

/** `unknown` where every action returns patches of `S`; otherwise a type that names the misfit at that action. */
type Fitting<R, S> = [keyof Misfits<R, S>] extends [never] ? unknown : { readonly actions: Misfits<R, S> }

/** A machine: initial states, actions, and what must hold. Made by {@link machine}. */
export class Machine<out S, out Property extends string = string> {
  declare readonly properties: Property
  declare readonly state: S
  readonly definition: MachineDefinition<unknown>
  /** Where `machine(...)` was called, as `file:line:column`, when the runtime tells. */
  readonly site: string | undefined

  constructor(definition: MachineDefinition<unknown>, site: string | undefined) {
    this.definition = definition
    this.site = site
  }
}

/**
 * A protocol as one global state and actions over it.
 *
 * Everything is inferred from `init`: annotate there what may later hold other values (`tm: 'init' as 'init' | 'committed'`).
 *
 * @param definition.init - the initial state, or an iterable of several. Plain objects are records with fixed keys.
 * @param definition.actions - named pure functions from a state to what changes ({@link Patch}), several such patches, a
 * {@link choose}, or `false`/`undefined` where not enabled.
 * @param definition.invariants - true in every reachable state.
 * @param definition.transitions - true of every step `(before, after, step)`.
 * @param definition.sometimes - each must be true in some reachable state, or the check fails as vacuous.
 * @param definition.alwaysPossible - goals: from every reachable state some behaviour must lead to a state where the goal is true.
 * No fairness is assumed, and nothing is said about when the goal is reached; only that it is never lost.
 * @param definition.terminal - states that may have no enabled action: a predicate, or `true` for all. Elsewhere such a state is
 * a deadlock. Default: none.
 * @param definition.constraints - states outside are generated and checked, but neither counted nor explored further; the result says
 * how often each was hit. A check under constraints is exhaustive only within them.
 */
export function machine<
  S,
  const R,
  Invariants extends string = never,
  Transitions extends string = never,
  Sometimes extends string = never,
  Goals extends string = never,
>(
  definition: {
    readonly init: S | readonly S[]
    readonly actions: { readonly [K in keyof R]: (state: S) => R[K] } & {
      readonly [name: string]: (state: S) => Outcome<NoInfer<S>>
    }
    readonly invariants?: { readonly [K in Invariants]: (state: S) => Truth }
    readonly transitions?: { readonly [K in Transitions]: (before: S, after: S, step: StepLabel) => Truth }
    readonly sometimes?: { readonly [K in Sometimes]: (state: S) => boolean }
    readonly alwaysPossible?: { readonly [K in Goals]: (state: S) => boolean }
    readonly terminal?: boolean | ((state: S) => boolean)
    readonly constraints?: { readonly [name: string]: (state: S) => boolean }
  } & Fitting<R, S>,
): Machine<S, Invariants | Transitions | Sometimes | Goals | 'deadlock'> {
  return new Machine(definition as MachineDefinition<unknown>, callSite(machine))
}
