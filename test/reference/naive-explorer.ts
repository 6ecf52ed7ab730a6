import {
  type Collection,
  type Record as ImmutableRecord,
  isCollection,
  isList,
  isMap,
  isOrdered,
  isRecord,
  isSet,
  isStack,
} from 'immutable'
import { Choice } from '../../src/spec/choose.js'
import type { MachineDefinition } from '../../src/spec/machine.js'
import type { Spec } from '../../src/spec/spec.js'
import { firstLost, type GoalState } from './lost-goals.js'

/** What the whole space of a spec is, by the simplest search that can be right. Lengths and depth are in steps. */
export interface Reference {
  readonly distinct: number
  readonly generated: number
  readonly depth: number
  /** Steps generated per action. */
  readonly coverage: { readonly [action: string]: number }
  /** Distinct states found outside each constraint. */
  readonly outside: { readonly [constraint: string]: number }
  /** Per property the length of a shortest counterexample (for a `sometimes`: of a witness), `null` where there is none. */
  readonly lengths: { readonly [property: string]: number | null }
  readonly verdicts: { readonly [property: string]: 'holds' | 'violated' | 'unreached' }
}

interface Successor {
  readonly action: string
  readonly args: readonly unknown[]
  readonly state: unknown
}

type Plain = { readonly [key: string]: unknown }

const isPlain = (value: unknown): value is Plain => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function deepFreeze<T>(value: T): T {
  if (Array.isArray(value)) value.forEach(deepFreeze)
  else if (isPlain(value)) Object.values(value).forEach(deepFreeze)
  else return value
  return Object.freeze(value)
}

/** Most collections go from state to state unchanged. */
const canonicals = new WeakMap<object, string>()

/** A string that two values share exactly when they are equal by value. */
export function canonical(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') return `${value === 0 ? 0 : value}`
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value !== 'object' || value === null) return String(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (isRecord(value)) return `record${canonical((value as ImmutableRecord<object>).toObject())}`
  if (isCollection(value)) {
    const known = canonicals.get(value)
    if (known !== undefined) return known
    const text = canonicalCollection(value)
    canonicals.set(value, text)
    return text
  }
  const fields = Object.entries(value).map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`)
  return `{${fields.sort().join()}}`
}

function canonicalCollection(value: Collection<unknown, unknown>): string {
  const elements = isMap(value)
    ? Array.from(value.entries(), ([key, entry]) => `${canonical(key)}=${canonical(entry)}`)
    : Array.from(value.values(), canonical)
  if (isList(value)) return `list[${elements.join()}]`
  if (isStack(value)) return `stack[${elements.join()}]`
  const kind = isMap(value) ? 'map' : isSet(value) ? 'set' : 'unknown'
  return isOrdered(value) ? `ordered-${kind}(${elements.join()})` : `${kind}(${elements.sort().join()})`
}

/** `state` with what changes put in: records key by key, everything else as a whole. */
function merge(state: unknown, patch: unknown): unknown {
  if (!isPlain(state) || !isPlain(patch)) return patch
  const merged: { [key: string]: unknown } = { ...state }
  for (const [key, field] of Object.entries(patch)) {
    if (!Object.hasOwn(state, key)) throw new Error(`a patch has the unknown field '${key}'`)
    merged[key] = merge(state[key], field)
  }
  return merged
}

function* outcomes(result: unknown, args: readonly unknown[]): Iterable<{ args: readonly unknown[]; patch: unknown }> {
  if (result === false || result === null || result === undefined) return
  if (result instanceof Choice) {
    for (const element of result.among) yield* outcomes(result.branch(element), [...args, element])
  } else if (Array.isArray(result)) {
    for (const outcome of result) yield* outcomes(outcome, args)
  } else yield { args, patch: result }
}

/** Every step from `state`, in the order of the actions and their choices. */
export function* successors(definition: MachineDefinition<unknown>, state: unknown): Iterable<Successor> {
  for (const [action, run] of Object.entries(definition.actions))
    for (const { args, patch } of outcomes(run(state), [])) yield { action, args, state: deepFreeze(merge(state, patch)) }
}

const isTerminal = ({ terminal }: MachineDefinition<unknown>, state: unknown) =>
  typeof terminal === 'function' ? terminal(state) : terminal === true

/** A state has up to tens of steps where a reference is asked for: choices in choices can make it a hundred thousand of each. */
const stepsPerState = 20

/**
 * Explores the whole space of `spec`, past every violation, breadth-first. Shares no code with the engine.
 *
 * @returns what the space is, or `undefined` when it has more than `statesMax` states, those outside its constraints included,
 *   or more than {@link stepsPerState} times as many steps.
 */
export function explore(spec: Spec): Reference
export function explore(spec: Spec, statesMax: number): Reference | undefined
export function explore(spec: Spec, statesMax = Number.POSITIVE_INFINITY): Reference | undefined {
  const definition = spec.machine.definition
  const { invariants = {}, transitions = {}, sometimes = {}, alwaysPossible = {}, constraints = {} } = definition
  const lengths: { [property: string]: number | null } = { deadlock: null }
  for (const name of Object.keys({ ...invariants, ...transitions, ...sometimes, ...alwaysPossible })) lengths[name] = null
  const coverage = Object.fromEntries(Object.keys(definition.actions).map((name) => [name, 0]))
  const outside = Object.fromEntries(Object.keys(constraints).map((name) => [name, 0]))
  const found = new Map<string, 'inside' | 'outside'>()
  const queue: { key: string; state: unknown; depth: number }[] = []
  const next = new Map<string, readonly string[]>()
  let generated = 0
  let distinct = 0

  // Breadth-first: the first length met is a shortest one.
  const note = (property: string, length: number) => {
    lengths[property] ??= length
  }
  const visit = (state: unknown, depth: number): string => {
    generated++
    const key = canonical(state)
    if (!found.has(key)) add(key, state, depth)
    return key
  }
  const add = (key: string, state: unknown, depth: number) => {
    for (const [name, holds] of Object.entries(invariants)) if (holds(state) !== true) note(name, depth)
    const broken = Object.keys(constraints).filter((name) => constraints[name]?.(state) !== true)
    for (const name of broken) outside[name] = (outside[name] ?? 0) + 1
    found.set(key, broken.length > 0 ? 'outside' : 'inside')
    if (broken.length > 0) return
    // A state that is not counted is no witness either: nothing vouches for what lies outside.
    for (const [name, isReached] of Object.entries(sometimes)) if (isReached(state) === true) note(name, depth)
    distinct++
    queue.push({ key, state, depth })
  }

  const initial = Array.isArray(definition.init) ? definition.init : [definition.init]
  for (const state of initial) visit(deepFreeze(state), 0)
  let depthMax = 0
  for (const { key, state, depth } of queue) {
    if (found.size > statesMax) return undefined
    depthMax = depth
    const reached: string[] = []
    for (const step of successors(definition, state)) {
      if (generated > statesMax * stepsPerState) return undefined
      coverage[step.action] = (coverage[step.action] ?? 0) + 1
      for (const [name, holds] of Object.entries(transitions))
        if (holds(state, step.state, { action: step.action, args: step.args }) !== true) note(name, depth + 1)
      reached.push(visit(step.state, depth + 1))
    }
    if (reached.length === 0 && !isTerminal(definition, state)) note('deadlock', depth)
    next.set(key, reached)
  }
  for (const [name, goal] of Object.entries(alwaysPossible)) {
    const states = queue.map(({ key, state }): [string, GoalState] => [key, { goal: goal(state), next: next.get(key) ?? [] }])
    const lost = firstLost(new Map(states))
    lengths[name] = queue.find(({ key }) => key === lost)?.depth ?? null
  }
  const verdict = (name: string) =>
    name in sometimes ? (lengths[name] === null ? 'unreached' : 'holds') : lengths[name] === null ? 'holds' : 'violated'
  const verdicts = Object.fromEntries(Object.keys(lengths).map((name) => [name, verdict(name)] as const))
  return { distinct, generated, depth: depthMax, coverage, outside, lengths, verdicts }
}
