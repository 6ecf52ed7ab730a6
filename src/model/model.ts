import type { StepLabel, Truth } from '../spec/machine.js'
import type { FaultOverrides } from '../spec/protocol-network.js'
import type { Spec } from '../spec/spec.js'
import { Interner } from '../values/interner.js'
import { inInitialState } from './initial-state.js'
import { LearningAccount } from './learning-account.js'
import { LearnedPredicate } from './predicate.js'
import type { ModelSource, SourcePredicate } from './source.js'
import { sourceOf } from './spec-source.js'
import { StateVector } from './state-vector.js'
import { type ActionModel, Transition } from './transition.js'
import { stateView } from './views.js'

/** A predicate over one state, with the call of it on the view of the first frame. */
export interface StatePredicate {
  readonly predicate: LearnedPredicate
  readonly run: () => Truth
}

/** A predicate over a step: the view of the first frame, that of the second, and the step's label. */
export interface StepPredicate {
  readonly predicate: LearnedPredicate
  readonly run: (step: StepLabel) => Truth
}

/** A spec compiled: its states as integers, its functions ready to be learned. */
export interface Model {
  readonly source: ModelSource
  readonly vector: StateVector
  readonly initialStates: readonly unknown[]
  readonly actions: readonly ActionModel[]
  readonly invariants: readonly StatePredicate[]
  readonly transitions: readonly StepPredicate[]
  readonly sometimes: readonly StatePredicate[]
  readonly alwaysPossible: readonly StatePredicate[]
  readonly constraints: readonly StatePredicate[]
  /** Which states may have no enabled action: `true` all, `false` none. */
  readonly terminal: boolean | StatePredicate
}

/** Indices of the set-valued leaves that are kept as one value, not by element. */
export type KeptAsValue = { has(leaf: number): boolean }

/** For what does not search, and so learns nothing: all sets kept as values. */
export const allAsValues: KeptAsValue = { has: () => true }

/**
 * Compiles a spec.
 *
 * @param keptAsValue - set-valued leaves that are kept as one value.
 * @param faults - budgets of faults that replace those of the spec.
 * @throws SpecError when the spec cannot be built, or is malformed.
 */
export function compile(spec: Spec, keptAsValue: KeptAsValue = new Set<number>(), faults?: FaultOverrides): Model {
  const source = sourceOf(spec, faults)
  const vector = vectorOf(spec, source.initialStates, keptAsValue)
  vector.display = source.display
  vector.displayPath = source.displayPath
  const state = stateView(vector, 0)
  const next = stateView(vector, 1)
  const onState =
    (kind: string) =>
    ({ name, source, run }: SourcePredicate): StatePredicate => ({
      predicate: new LearnedPredicate(vector, kind, name, source),
      run: () => run(state()),
    })
  const { terminal } = source
  return {
    source,
    vector,
    initialStates: source.initialStates,
    actions: source.actions.map(({ name, source, run, fault, repair, waitsFor, delivers = false }) => ({
      name,
      source,
      start: new Transition([], () => run(state()), -1),
      account: new LearningAccount(),
      fault,
      repair,
      waitsFor,
      delivers,
      fired: 0,
    })),
    invariants: source.invariants.map(onState('invariant')),
    transitions: source.transitions.map(({ name, source, run }) => ({
      predicate: new LearnedPredicate(vector, 'transition property', name, source),
      run: (step) => run(state(), next(), step),
    })),
    sometimes: source.sometimes.map(onState('sometimes')),
    alwaysPossible: source.alwaysPossible.map(onState('alwaysPossible')),
    constraints: source.constraints.map(onState('constraint')),
    terminal: typeof terminal === 'boolean' ? terminal : onState('terminal')(terminal),
  }
}

function vectorOf(spec: Spec, initialStates: readonly unknown[], keptAsValue: KeptAsValue): StateVector {
  return inInitialState(spec, () => {
    const vector = new StateVector(initialStates, new Interner(), keptAsValue)
    for (const state of initialStates) vector.load(state)
    return vector
  })
}
