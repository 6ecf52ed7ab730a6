import type { MachineDefinition, StepLabel, Truth } from '../spec/machine.js'
import { Machine } from '../spec/machine.js'
import type { Spec } from '../spec/spec.js'
import { SpecError } from '../spec/spec-error.js'
import { Interner } from '../values/interner.js'
import { ValueError } from '../values/value-error.js'
import { LearningAccount } from './learning-account.js'
import { LearnedPredicate } from './predicate.js'
import { refusedValue, StateVector } from './state-vector.js'
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
  readonly vector: StateVector
  readonly initialStates: readonly unknown[]
  readonly actions: readonly ActionModel[]
  readonly invariants: readonly StatePredicate[]
  readonly transitions: readonly StepPredicate[]
  readonly sometimes: readonly StatePredicate[]
  readonly constraints: readonly StatePredicate[]
  /** Which states may have no enabled action: `true` all, `false` none. */
  readonly terminal: boolean | StatePredicate
}

type AnyFunction = (...args: never[]) => unknown

/** Indices of the set-valued leaves that are kept as one value, not by element. */
export type KeptAsValue = { has(leaf: number): boolean }

/** For what does not search, and so learns nothing: all sets kept as values. */
export const allAsValues: KeptAsValue = { has: () => true }

/**
 * Compiles a spec.
 *
 * @param keptAsValue - set-valued leaves that are kept as one value.
 * @throws SpecError when the spec cannot be built, or is malformed.
 */
export function compile(spec: Spec, keptAsValue: KeptAsValue = new Set<number>()): Model {
  const definition = definitionOf(spec)
  const initialStates: readonly unknown[] = Array.isArray(definition.init) ? definition.init : [definition.init]
  const vector = vectorOf(initialStates, keptAsValue)
  const state = stateView(vector, 0)
  const next = stateView(vector, 1)
  const predicates = (kind: string, functions: { readonly [name: string]: (state: never) => Truth } = {}): StatePredicate[] =>
    Object.entries(functions).map(([name, source]) => predicateOf(kind, name, source))
  const predicateOf = (kind: string, name: string, source: (state: never) => Truth): StatePredicate => ({
    predicate: new LearnedPredicate(vector, kind, name, source),
    run: () => source(state() as never),
  })
  const { terminal = false } = definition
  return {
    vector,
    initialStates,
    actions: Object.entries(definition.actions).map(([name, source]) => ({
      name,
      source: source as AnyFunction,
      start: new Transition([], () => source(state()), -1),
      account: new LearningAccount(),
      fired: 0,
    })),
    invariants: predicates('invariant', definition.invariants),
    transitions: Object.entries(definition.transitions ?? {}).map(([name, source]) => ({
      predicate: new LearnedPredicate(vector, 'transition property', name, source as AnyFunction),
      run: (step) => source(state(), next(), step),
    })),
    sometimes: predicates('sometimes', definition.sometimes),
    constraints: predicates('constraint', definition.constraints),
    terminal: typeof terminal === 'boolean' ? terminal : predicateOf('terminal', 'terminal', terminal as (state: never) => Truth),
  }
}

function vectorOf(initialStates: readonly unknown[], keptAsValue: KeptAsValue): StateVector {
  try {
    const vector = new StateVector(initialStates, new Interner(), keptAsValue)
    for (const state of initialStates) vector.load(state)
    return vector
  } catch (error) {
    if (error instanceof ValueError) throw refusedValue(error.path, error.message, error.hint)
    throw error
  }
}

function definitionOf(spec: Spec): MachineDefinition<unknown> {
  let machine: unknown
  try {
    machine = spec.machine
  } catch (error) {
    if (error instanceof SpecError) throw error
    throw new SpecError(`spec '${spec.name}' could not be built: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`, {
      site: spec.site,
      cause: error,
    })
  }
  if (!(machine instanceof Machine))
    throw new SpecError(`spec '${spec.name}' has no machine`, {
      site: spec.site,
      hint: 'the function given to spec(...) must return machine({ init, actions })',
    })
  requireWellFormed(spec, machine.definition, machine.site)
  return machine.definition
}

const groups = ['actions', 'invariants', 'transitions', 'sometimes', 'constraints'] as const
const known = ['init', 'terminal', ...groups]

function requireWellFormed(spec: Spec, definition: MachineDefinition<unknown>, site: string | undefined): void {
  const fail = (message: string, hint: string): never => {
    throw new SpecError(`spec '${spec.name}': ${message}`, { site, hint })
  }
  const odd = Object.keys(definition).find((key) => !known.includes(key))
  if (odd !== undefined) fail(`machine(...) has no '${odd}'`, `it takes ${known.join(', ')}`)
  if (definition.init === undefined) fail('machine(...) has no `init`', 'give it the initial state, or an array of initial states')
  if (Object.keys(definition.actions ?? {}).length === 0) fail('machine(...) has no actions', 'give it at least one action')
  const owners = new Map<string, string>([['deadlock', 'built-in property']])
  for (const group of groups) {
    for (const [name, source] of Object.entries(definition[group] ?? {})) {
      if (typeof source !== 'function') fail(`${group}.${name} is not a function`, 'every entry must be a function of the state')
      if (group === 'actions' || group === 'constraints') continue
      const owner = owners.get(name)
      if (owner !== undefined) fail(`there are two properties '${name}': in ${group}, and ${owner}`, 'give each property a name of its own')
      owners.set(name, `in ${group}`)
    }
  }
}
