import { nearest } from '../spec/nearest.js'
import type { Spec } from '../spec/spec.js'
import { SpecError } from '../spec/spec-error.js'
import type { Counterexample } from '../trace/counterexample.js'
import { failed } from './property-failure.js'
import type { CheckOptions, Limit, PropertyResult, Result } from './result.js'

/** What a result says about an expectation. */
export interface Judgement {
  /** `undecided`: the search was cut short by a limit that nobody asked for, and what it covered does not tell. */
  readonly answer: 'yes' | 'no' | 'undecided'
  /** One sentence on what was found. */
  readonly found: string
}

/** The counterexample that is expected of a violated property. Every key left out may be anything. */
export interface ExpectedCounterexample {
  /** Length of the shortest counterexample, in steps. */
  readonly steps?: number
  /** How many of its steps are faults. */
  readonly faults?: number
}

type Limits = Pick<CheckOptions, 'maxStates' | 'maxDepth' | 'maxSeconds' | 'maxBytes'>

/**
 * Whether the limit that ended the search is one that the options set: then what was covered is all that was asked for. An
 * interrupt never is. `false` for a search that no limit ended.
 */
export function withinLimitsAsked({ limit }: Pick<Result, 'limit'>, options: Limits): boolean {
  if (limit === null || limit === 'interrupt') return false
  const asked: { readonly [L in Exclude<Limit, 'interrupt'>]: number | undefined } = {
    states: options.maxStates,
    depth: options.maxDepth,
    time: options.maxSeconds,
    memory: options.maxBytes,
  }
  return asked[limit] !== undefined
}

/** Does the spec hold, or hold within the limits that `options` set? The same question that exit code 0 of a check answers. */
export function judgeHolds(result: Result, options: Limits = {}): Judgement {
  if (result.verdict === 'holds') return { answer: 'yes', found: 'it holds' }
  if (result.verdict === 'violated') return { answer: 'no', found: `it is violated: ${failedNames(result).join(', ')}` }
  if (withinLimitsAsked(result, options)) return { answer: 'yes', found: `it holds within the limit on ${result.limit}` }
  return { answer: 'undecided', found: incompleteText(result) }
}

/**
 * Is a property violated (a `sometimes`: unreached), by a shortest counterexample as expected? The result must come from a
 * check with `continue`, or with `until` this property, or a shorter violation of another may hide this one.
 */
export function judgeViolated(
  result: Result,
  property: string,
  { steps, faults }: ExpectedCounterexample = {},
  options: Limits = {},
): Judgement {
  const found = result.properties.find(({ name }) => name === property)
  if (found === undefined) return { answer: 'no', found: `'${property}' was not checked` }
  if (found.verdict === 'holds') return { answer: 'no', found: `'${property}' holds` }
  if (found.verdict === 'incomplete') return withinOrUndecided(result, options, `'${property}' was not violated`)
  const counterexample = behaviourTo(result, property)
  if (found.verdict === 'unreached' || counterexample === undefined) {
    const text = `'${property}' is ${found.verdict}`
    if (steps === undefined && faults === undefined) return { answer: 'yes', found: text }
    return { answer: 'no', found: `${text}, which has no counterexample to measure` }
  }
  const { length } = counterexample
  const ofThem = counterexample.faults === 0 && faults === undefined ? '' : ` and ${counted(counterexample.faults, 'fault')}`
  const text = `the shortest counterexample to '${property}' has ${counted(length, 'step')}${ofThem}`
  const fits = (steps ?? length) === length && (faults ?? counterexample.faults) === counterexample.faults
  return { answer: fits ? 'yes' : 'no', found: text }
}

/** Is a `sometimes` reached, by a shortest behaviour of `steps` steps where these are given? Needs a check with `continue`. */
export function judgeReached(
  result: Result,
  name: string,
  { steps }: Pick<ExpectedCounterexample, 'steps'> = {},
  options: Limits = {},
): Judgement {
  const found = result.properties.find((property) => property.name === name && property.kind === 'sometimes')
  if (found === undefined) return { answer: 'no', found: `'${name}' was not looked for` }
  if (found.verdict === 'incomplete') return withinOrUndecided(result, options, `'${name}' was not reached`)
  if (found.verdict !== 'holds') return { answer: 'no', found: `'${name}' is unreached` }
  const witness = behaviourTo(result, name)
  const text = `'${name}' is reached${witness === undefined ? '' : ` in ${counted(witness.length, 'step')}`}`
  return { answer: steps === undefined || steps === witness?.length ? 'yes' : 'no', found: text }
}

/**
 * Refuses the name of a property that a spec does not have, before any search.
 *
 * @param kind - `sometimes`: only these count; else every property does, and `deadlock`.
 * @throws SpecError with the nearest name.
 */
export function requireProperty(spec: Spec, name: string, kind: 'any' | 'sometimes' = 'any'): void {
  const { invariants = {}, transitions = {}, sometimes = {}, alwaysPossible = {} } = spec.form.definition
  const some = Object.keys(sometimes)
  const names =
    kind === 'sometimes' ? some : Object.keys({ ...invariants, ...transitions, ...sometimes, ...alwaysPossible, deadlock: true })
  if (names.includes(name)) return
  const noun = kind === 'sometimes' ? 'sometimes' : 'property'
  throw new SpecError(`spec '${spec.name}' has no ${noun} '${name}'`, {
    hint: nearest(name, names, {
      found: (other) => `did you mean '${other}'?`,
      none: (all) => (all.length > 0 ? `it has ${all.join(', ')}` : 'it has none'),
    }),
    site: spec.site,
  })
}

function withinOrUndecided(result: Result, options: Limits, found: string): Judgement {
  if (withinLimitsAsked(result, options)) return { answer: 'no', found: `${found} within the limit on ${result.limit}` }
  return { answer: 'undecided', found: `${found}, and ${incompleteText(result)}` }
}

function incompleteText({ limit }: Result): string {
  if (limit === null) return 'the search stopped at a violation of another property'
  if (limit === 'interrupt') return 'the search is incomplete: it was interrupted'
  return `the search is incomplete: it stopped at the limit on ${limit}, which the options do not set`
}

/** To a state in which the property is false, a `sometimes` true; as a witness where that is expected, or is how it should be. */
function behaviourTo({ counterexamples, witnesses }: Result, name: string): Counterexample | undefined {
  return [...counterexamples, ...witnesses].find(({ property }) => property === name)
}

function failedNames(result: Result): string[] {
  return result.properties.filter(failed).map(failureName)
}

/** The name of a property that failed, with how where that is not by being violated. */
export function failureName({ name, kind, verdict, expected }: PropertyResult): string {
  if (verdict === 'unreached') return `${name} (unreached)`
  return expected === undefined ? name : `${name} (${kind === 'sometimes' ? 'reached' : 'holds'}, and should not)`
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
