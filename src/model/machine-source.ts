import type { Machine, MachineDefinition, StepLabel, Truth } from '../spec/machine.js'
import type { FaultOverrides } from '../spec/protocol-network.js'
import type { Spec } from '../spec/spec.js'
import { SpecError } from '../spec/spec-error.js'
import { formatValue } from '../values/format.js'
import { inInitialState } from './initial-state.js'
import { nodeOf } from './node-of.js'
import { shapeOf } from './shape.js'
import type { ModelSource, SourcePredicate } from './source.js'
import { propertyGroups, requireFunctions, requireKeys, requireTerminal } from './well-formed.js'

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
      waitsFor: 'nothing',
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
    displayPath: (path) => path,
    world: (state) => state,
    label: (action, args) => ({ label: labelOf(action, args), node: nodeOf(root, args) }),
    budget: {},
    isBounded: true,
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

const groups = ['actions', ...propertyGroups, 'constraints']
const known = ['init', 'terminal', ...groups]

function requireWellFormed(spec: Spec, definition: MachineDefinition<unknown>, site: string | undefined): void {
  const fail = (message: string, hint: string): never => {
    throw new SpecError(`spec '${spec.name}': ${message}`, { site, hint })
  }
  requireKeys(definition, known, 'machine(...)', fail)
  if (definition.init === undefined)
    fail('machine(...) has no `init`', 'give it the initial state, or an array of initial states')
  if (Object.keys(definition.actions ?? {}).length === 0) fail('machine(...) has no actions', 'give it at least one action')
  requireFunctions(definition, groups, 'the state', fail)
  requireTerminal(definition.terminal, 'the state', fail)
}
