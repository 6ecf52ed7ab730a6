import { Machine, type MachineDefinition, type StepLabel, type Truth } from '../spec/machine.js'
import type { Spec } from '../spec/spec.js'
import { SpecError } from '../spec/spec-error.js'
import { formatValue } from '../values/format.js'
import { nodeOf } from './node-of.js'
import { shapeOf } from './shape.js'
import type { ModelSource, SourcePredicate } from './source.js'

/**
 * What a spec's machine gives the model to compile.
 *
 * @throws SpecError when the spec cannot be built, or is malformed.
 */
export function sourceOf(spec: Spec): ModelSource {
  const definition = definitionOf(spec)
  const initialStates: readonly unknown[] = Array.isArray(definition.init) ? definition.init : [definition.init]
  const { root } = shapeOf(initialStates)
  const { terminal = false } = definition
  return {
    initialStates,
    actions: Object.entries(definition.actions).map(([name, source]) => ({
      name,
      source,
      run: source,
      fault: null,
      whenIdle: false,
    })),
    invariants: predicates(definition.invariants),
    transitions: Object.entries(definition.transitions ?? {}).map(([name, source]) => ({
      name,
      source,
      run: (before: unknown, after: unknown, step: StepLabel) => source(before, after, step),
    })),
    sometimes: predicates(definition.sometimes),
    constraints: predicates(definition.constraints),
    terminal: typeof terminal === 'boolean' ? terminal : { name: 'terminal', source: terminal, run: terminal },
    display: (state) => state,
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

function definitionOf(spec: Spec): MachineDefinition<unknown> {
  let machine: unknown
  try {
    machine = spec.machine
  } catch (error) {
    if (error instanceof SpecError) throw error
    throw new SpecError(
      `spec '${spec.name}' could not be built: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`,
      {
        site: spec.site,
        hint: 'its function threw for these parameters',
        cause: error,
      },
    )
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
  if (definition.init === undefined)
    fail('machine(...) has no `init`', 'give it the initial state, or an array of initial states')
  if (Object.keys(definition.actions ?? {}).length === 0) fail('machine(...) has no actions', 'give it at least one action')
  const owners = new Map<string, string>([['deadlock', 'built-in property']])
  for (const group of groups) {
    for (const [name, source] of Object.entries(definition[group] ?? {})) {
      if (typeof source !== 'function') fail(`${group}.${name} is not a function`, 'every entry must be a function of the state')
      if (group === 'actions' || group === 'constraints') continue
      const owner = owners.get(name)
      if (owner !== undefined)
        fail(`there are two properties '${name}': in ${group}, and ${owner}`, 'give each property a name of its own')
      owners.set(name, `in ${group}`)
    }
  }
}
