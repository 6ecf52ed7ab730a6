import type { Expectation, PropertyResult, Result } from '../check/result.js'
import { faultsText } from './fault-text.js'
import { counted, grouped, printable } from './text.js'

export { failed } from '../check/property-failure.js'

/** A property by kind and name; a deadlock is a property of its own name. */
export function propertyName({ kind, name }: Pick<PropertyResult, 'kind' | 'name'>): string {
  return kind === 'deadlock' ? 'deadlock' : `${kind === 'transition' ? 'transition property' : kind} ${printable(name)}`
}

/** One sentence on a property that failed: what is false, and after how many steps. */
export function failureText(property: PropertyResult, result: Result): string {
  const name = propertyName(property)
  if (property.verdict === 'unreached')
    return `${name} is unreached: true in none of ${counted(result.states.distinct, 'state')}, so the spec may never do what it is for`
  const behaviour = result.counterexamples.find((other) => other.property === property.name)
  if (property.expected === 'violated') return `${name} holds, and is expected to be violated`
  if (property.expected === 'unreached')
    return `${name} is reached${behaviour === undefined ? '' : ` in ${counted(behaviour.length, 'step')}`}, and is expected to be unreachable`
  if (behaviour === undefined) return `${name} is violated`
  const steps = counted(behaviour.length, 'step')
  const faults = behaviour.faults > 0 ? ` with ${faultsText(behaviour)}` : ''
  if (property.kind === 'deadlock') return `deadlock after ${steps}${faults}: no action is enabled, and the state is not terminal`
  if (property.kind === 'transition') return `${name} is violated by step ${grouped(behaviour.length)}${faults}`
  if (property.kind === 'alwaysPossible')
    return behaviour.length === 0
      ? `${name} is lost in an initial state: no behaviour from there reaches it`
      : `${name} is lost after ${steps}${faults}: no behaviour from there reaches it`
  return behaviour.length === 0 ? `${name} is violated in an initial state` : `${name} is violated after ${steps}${faults}`
}

/**
 * What is to be said about a property that did not fail: `sometimes allCommitted (reached in 11 steps)`, `no deadlock`,
 * `invariant exclusive violated, as expected (3 steps)`.
 */
export function passText(property: PropertyResult, result: Result): string {
  if (property.expected !== undefined && property.expected === property.verdict) return asExpectedText(property, result)
  if (property.kind === 'deadlock') return 'no deadlock'
  const name = propertyName(property)
  if (property.kind !== 'sometimes' || property.verdict !== 'holds') return name
  const witness = result.witnesses.find((other) => other.property === property.name)
  return witness === undefined ? `${name} (reached)` : `${name} (reached in ${counted(witness.length, 'step')})`
}

function asExpectedText(property: PropertyResult, result: Result): string {
  const name = propertyName(property)
  if (property.verdict === 'unreached') return `${name} unreached, as expected`
  const behaviour = result.witnesses.find((other) => other.property === property.name)
  const faults = behaviour === undefined || behaviour.faults === 0 ? '' : `, ${counted(behaviour.faults, 'fault')}`
  const length = behaviour === undefined ? '' : ` (${counted(behaviour.length, 'step')}${faults})`
  return `${name}${property.kind === 'deadlock' ? '' : ' violated'}, as expected${length}`
}

/** What is expected of a check in a few words: `expected: consistent violated`, `expected: it holds`. */
export function expectationText({ expected: { violates } }: Expectation): string {
  return `expected: ${violates === undefined ? 'it holds' : `${printable(violates)} violated`}`
}

/** The spec with what tells this check from others of the same spec: `two-phase-commit (mutant commitWithoutAll, rms=3)`. */
export function specTitle(result: Pick<Result, 'spec' | 'mutant' | 'parameters'>): string {
  const parts = Object.entries(result.parameters).map(([name, value]) => `${name}=${String(value)}`)
  if (result.mutant !== null) parts.unshift(`mutant ${result.mutant}`)
  return printable(parts.length > 0 ? `${result.spec} (${parts.join(', ')})` : result.spec)
}
