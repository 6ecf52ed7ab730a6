import type { Machine, MachineDefinition, StepLabel, Truth } from '../spec/machine.js'
import type { FaultOverrides } from '../spec/protocol-network.js'
import type { Spec } from '../spec/spec.js'
import { SpecError } from '../spec/spec-error.js'
import { formatValue } from '../values/format.js'
import { inInitialState } from './initial-state.js'
import { nodeOf } from './node-of.js'
import { shapeOf } from './shape.js'
import type { ModelSource, SourcePredicate } from './source.js'

/**
 * What a machine gives the model to compile.
 *
 * @throws SpecError when the machine is malformed, or faults are asked for: it has none of the library's.
 */
export function machineSource(spec: Spec, machine: Machine<unknown>, faults: FaultOverrides | undefined): ModelSource {
  requireWellFormed(spec, machine.definition, machine.site)
  if (faults !== undefined && faults !== 'none' && Object.keys(faults).length > 0)
    throw new SpecError(`spec '${spec.name}' is a machine: it has no faults to set`, {
      hint: 'faults are for specs written as a protocol(...); a machine writes its environment as actions',
    })
  const { definition } = machine
  const initialStates: readonly unknown[] = Array.isArray(definition.init) ? definition.init : [definition.init]
  const { root } = inInitialState(spec, () => shapeOf(initialStates))
  const { terminal = false } = definition
  return {
    initialStates,
    actions: Object.entries(definition.actions).map(([name, source]) => ({
      name,
      source,
      run: source,
      fault: null,
      repair: false,
      whenIdle: false,
    })),
    invariants: predicates(definition.invariants),
    transitions: Object.entries(definition.transitions ?? {}).map(([name, source]) => ({
      name,
      source,
      run: (before: unknown, after: unknown, step: StepLabel) => source(before, after, step),
    })),
    sometimes: predicates(definition.sometimes),
    alwaysPossible: predicates(definition.alwaysPossible),
    constraints: predicates(definition.constraints),
    terminal: typeof terminal === 'boolean' ? terminal : { name: 'terminal', source: terminal, run: terminal },
    display: (state) => state,
    world: (state) => state,
    label: (action, args) => ({ label: labelOf(action, args), node: nodeOf(root, args) }),
    budget: {},
    coverage: () => ({}),
  }
}

function predicates(functions: { readonly [name: string]: (state: unknown) => Truth } = {}): SourcePredicate[] {
  return Object.entries(functions).map(([name, source]) => ({ name, source, run: source }))
}

function labelOf(action: string, args: readonly unknown[]): string {
  return args.length === 0
    ? action
    : `${action}(${args.map((arg) => (typeof arg === 'string' ? arg : formatValue(arg))).join(', ')})`
}

const groups = ['actions', 'invariants', 'transitions', 'sometimes', 'alwaysPossible', 'constraints'] as const
const known = ['init', 'terminal', ...groups]

function requireWellFormed(spec: Spec, definition: MachineDefinition<unknown>, site: string | undefined): void {
  const fail = (message: string, hint: string): never => {
    throw new SpecError(`spec '${spec.name}': ${message}`, { site, hint })
  }
  const odd = Object.keys(definition).find((key) => !known.includes(key))
  if (odd !== undefined) fail(`machine(...) has no '${odd}'`, `it takes ${known.join(', ')}`)
  if (definition.init === undefined)
    fail('machine(...) has no `init`', 'give it the initial state, or an array of initial states')
  if (Object.keys(definition.actions ?? {}).length === 0) fail('machine(...) has no actions', 'give it at least one action')
  const owners = new Map<string, string>([['deadlock', 'built-in property']])
  for (const group of groups) {
    for (const [name, source] of Object.entries(definition[group] ?? {})) {
      if (name === '') fail(`there is an empty name in ${group}`, 'give it one that a result can call it by')
      if (typeof source !== 'function') fail(`${group}.${name} is not a function`, 'every entry must be a function of the state')
      if (group === 'actions' || group === 'constraints') continue
      const owner = owners.get(name)
      if (owner !== undefined)
        fail(`there are two properties '${name}': in ${group}, and ${owner}`, 'give each property a name of its own')
      owners.set(name, `in ${group}`)
    }
  }
}
