import type { ExpectedOfSpec, Spec } from '../spec/spec.js'
import { check } from './check.js'
import { failureName, judgeHolds, judgeViolated } from './expectations.js'
import { failed } from './property-failure.js'
import type { CheckOptions, Result } from './result.js'

/** What a check against a spec's `expected` takes: how to search is its own affair. */
export type ExpectedOptions = Omit<CheckOptions, 'continue' | 'until' | 'faults' | 'minimize'>

/**
 * Checks a spec, or a mutant, against what it declares as `expected`; without any, it must hold. Counterexamples are the plain shortest ones. The search
 * ends as soon as what is declared is decided: only `states`, `depth` and the lengths of several counterexamples need the whole space.
 *
 * @returns the result, with what differs in `expectation`.
 * @throws SpecError as {@link check} does.
 */
export async function checkExpected(spec: Spec, options: ExpectedOptions = {}): Promise<Result> {
  const expected = expectedOf(spec)
  const result = await check(spec, { ...options, minimize: 'steps', ...extent(expected) })
  return { ...result, expectation: { expected, differences: differencesFrom(expected, result) } }
}

/** States and lengths are declared for the default parameters only: of a variant with others nothing else is known than what it violates. */
function expectedOf(spec: Spec): ExpectedOfSpec {
  const { violates, steps, states, depth, violated, unreachable } = spec.expected ?? {}
  const isVariant = spec.mutantName === null && spec.original !== spec
  const counts = isVariant ? {} : { steps, states, depth, violated, unreachable }
  return Object.fromEntries(Object.entries({ violates, ...counts }).filter(([, value]) => value !== undefined))
}

function extent({ violates, states, depth, violated }: ExpectedOfSpec): Pick<CheckOptions, 'continue' | 'until'> {
  if (violates === undefined) return {}
  return states === undefined && depth === undefined && violated === undefined ? { until: violates } : { continue: true }
}

function differencesFrom(expected: ExpectedOfSpec, result: Result): string[] {
  const { violates, steps, violated = {} } = expected
  if (result.mutant !== null && violates === undefined)
    return [`it declares no property that it violates (${judgeHolds(result).found}): write violates: 'PROPERTY'`]
  if (result.verdict === 'incomplete') return [`undecided: the search stopped at the limit on ${result.limit}`]
  const isViolated = (name: string) =>
    result.properties.some((property) => property.name === name && property.verdict === 'violated')
  return [
    ...unexpectedFailures(result, violates),
    ...(violates === undefined ? [] : otherLength(result, violates, steps)),
    ...Object.entries(violated).flatMap(([name, length]) => (isViolated(name) ? otherLength(result, name, length) : [])),
    ...otherFigures(expected, result),
  ]
}

/** A mutant may break more than the property that is named; the spec itself may not. */
function unexpectedFailures(result: Result, violates: string | undefined): string[] {
  if (result.mutant !== null) return []
  const names = result.properties.filter((property) => failed(property) && property.name !== violates).map(failureName)
  return names.length === 0
    ? []
    : [`expected to ${violates === undefined ? 'hold' : `violate ${violates} alone`}: ${names.join(', ')}`]
}

function otherLength(result: Result, property: string, steps: number | undefined): string[] {
  const { answer, found } = judgeViolated(result, property, steps === undefined ? {} : { steps })
  if (answer === 'yes') return []
  return [`${found}; expected ${steps === undefined ? 'it violated' : `${steps} step${steps === 1 ? '' : 's'}`}`]
}

function otherFigures({ states, depth }: ExpectedOfSpec, result: Result): string[] {
  const { limit, states: found } = result
  if (limit !== null) return states === undefined && depth === undefined ? [] : [`the limit on ${limit} left states uncounted`]
  return [
    ...(states === undefined || states === found.distinct ? [] : [`${found.distinct} states; expected ${states}`]),
    ...(depth === undefined || depth === found.depth ? [] : [`depth ${found.depth}; expected ${depth}`]),
  ]
}
