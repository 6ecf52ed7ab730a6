import type { ExpectedOfSpec, Spec } from '../spec/spec.js'
import { check } from './check.js'
import { judgeHolds, judgeViolated } from './expectations.js'
import { isFailure } from './property-failure.js'
import type { CheckOptions, Result } from './result.js'

/** What a check against a spec's `expected` takes: how to search is its own affair. */
export type ExpectedOptions = Omit<CheckOptions, 'continue' | 'faults' | 'minimize'>

/**
 * Checks a spec, or a mutant, against what it declares as `expected`; without any, it must hold. Counterexamples are the plain shortest ones.
 *
 * @returns the result, with what differs in `expectation`.
 * @throws SpecError as {@link check} does.
 */
export async function checkExpected(spec: Spec, options: ExpectedOptions = {}): Promise<Result> {
  const expected = expectedOf(spec)
  const result = await check(spec, { ...options, minimize: 'steps', continue: expected.violates !== undefined })
  return { ...result, expectation: { expected, differences: differencesFrom(expected, result) } }
}

/** States and lengths are declared for the default parameters only: of a variant with others nothing else is known than what it violates. */
function expectedOf(spec: Spec): ExpectedOfSpec {
  const { violates, steps, states, depth, violated, unreachable } = spec.expected ?? {}
  const isVariant = spec.mutantName === null && spec.original !== spec
  const counts = isVariant ? {} : { steps, states, depth, violated, unreachable }
  return Object.fromEntries(Object.entries({ violates, ...counts }).filter(([, value]) => value !== undefined))
}

function differencesFrom(expected: ExpectedOfSpec, result: Result): string[] {
  const { violates, steps, violated = {} } = expected
  if (result.mutant !== null && violates === undefined)
    return [`it declares no property that it violates (${judgeHolds(result).found}): write violates: 'PROPERTY'`]
  const lengths = violates === undefined ? violated : { ...violated, [violates]: steps }
  return [
    ...(violates === undefined ? notHolding(result) : othersFailing(result, violates)),
    ...Object.entries(lengths).flatMap(([property, length]) => notViolated(result, property, length)),
    ...otherFigures(expected, result),
  ]
}

function notHolding(result: Result): string[] {
  const { answer, found } = judgeHolds(result)
  return answer === 'yes' ? [] : [`it is expected to hold: ${found}`]
}

/** A mutant may break more than the property that is named; the spec itself may not. */
function othersFailing(result: Result, violates: string): string[] {
  if (result.mutant !== null) return []
  const others = result.properties.filter((property) => isFailure(property) && property.name !== violates)
  return others.map(({ name, verdict }) => `'${name}' is ${verdict}, and only '${violates}' is expected to be`)
}

function notViolated(result: Result, property: string, steps: number | undefined): string[] {
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
