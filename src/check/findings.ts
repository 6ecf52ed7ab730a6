import type { Finding } from '../explore/property-watch.js'
import type { PropertyKind } from '../model/property-kind.js'
import { locateFunction } from '../spec/source-location.js'
import type { Exemptions } from './exemptions.js'
import { failed } from './property-failure.js'
import type { BreakingBudget, ExploredFaults, PropertyResult } from './result.js'
import type { EndedSearch } from './run-search.js'

/** What a search found that is reported. */
export interface Findings {
  /** Fewest faults first, then shortest. */
  readonly failures: readonly Finding[]
  /** Properties that are violated as expected. */
  readonly exempt: readonly Finding[]
  /** The least number of faults with which a property failed; without end where none did. */
  readonly faultsToFail: number
}

/** @param all - whether to report all failures, or only the first; lost goals, which are found together, always. */
export function findingsOf({ search, lostGoals }: EndedSearch, { violated }: Exemptions, all: boolean): Findings {
  const findings = [...search.watch.violations.values(), ...(lostGoals?.values() ?? [])]
  const failures = findings.filter(({ property }) => !violated.has(property))
  failures.sort((a, b) => a.faults - b.faults || a.length - b.length)
  return {
    failures: all || lostGoals !== null ? failures : failures.slice(0, 1),
    exempt: findings.filter(({ property }) => violated.has(property)),
    faultsToFail: failures[0]?.faults ?? Number.POSITIVE_INFINITY,
  }
}

/** Whether all states were explored, and what needs all of them was found out. */
export function isComplete({ search, lostGoals }: EndedSearch): boolean {
  return search.end === 'exhausted' && lostGoals !== null
}

/** Per number of faults what was found; none where faults are not possible, or not spent in order. */
export function exploredFaults({ search, goalsKeptBelow }: EndedSearch, { faultsToFail }: Findings): ExploredFaults[] {
  const { isLayered, layers } = search.schedule
  if (!isLayered) return []
  return layers.map(({ faults, distinct, complete }) => ({
    faults,
    states: distinct,
    verdict: faults >= faultsToFail ? 'violated' : complete && faults < goalsKeptBelow ? 'holds' : 'incomplete',
  }))
}

/** The least budgets that break each property that failed, where all of them are known. */
export function breakingBudgets(ended: EndedSearch, { failures }: Findings): BreakingBudget[] | null {
  const { budgets } = ended.search
  if (budgets === null || !isComplete(ended)) return null
  const least = failures.map(({ property }) => budgets.of(property).map((spent) => ({ property, spent })))
  return least.every((known) => known.length > 0) ? least.flat() : null
}

/** The verdict on every property. */
export function propertyResults(ended: EndedSearch, exemptions: Exemptions, { failures, exempt }: Findings): PropertyResult[] {
  const { model, search } = ended
  const found = new Set([...failures, ...exempt].map(({ property }) => property))
  const describe = (kind: PropertyKind, name: string, source?: (...args: never[]) => unknown): PropertyResult => {
    const exhausted = kind === 'alwaysPossible' ? isComplete(ended) : search.end === 'exhausted'
    const verdict =
      kind === 'sometimes'
        ? reachOf(search.watch.witnesses.has(name) || found.has(name), exhausted)
        : truthOf(found.has(name), exhausted)
    const result = { name, kind, verdict, ...expectationOf(name, verdict, exemptions) }
    // Looking a place up takes milliseconds, so only where someone will go there.
    const site = source === undefined || !failed(result) ? undefined : locateFunction(source)
    return { ...result, ...(site === undefined ? {} : { site }) }
  }
  return [
    ...model.invariants.map(({ predicate }) => describe('invariant', predicate.name, predicate.source)),
    ...model.transitions.map(({ predicate }) => describe('transition', predicate.name, predicate.source)),
    ...model.sometimes.map(({ predicate }) => describe('sometimes', predicate.name, predicate.source)),
    ...model.alwaysPossible.map(({ predicate }) => describe('alwaysPossible', predicate.name, predicate.source)),
    ...(model.terminal === true ? [] : [describe('deadlock', 'deadlock')]),
  ]
}

function truthOf(violated: boolean, exhausted: boolean): PropertyResult['verdict'] {
  if (violated) return 'violated'
  return exhausted ? 'holds' : 'incomplete'
}

function reachOf(reached: boolean, exhausted: boolean): PropertyResult['verdict'] {
  if (reached) return 'holds'
  return exhausted ? 'unreached' : 'incomplete'
}

/** What is expected of a property to be false, where it is so or must be. */
function expectationOf(
  name: string,
  verdict: PropertyResult['verdict'],
  { violated, unreached, areRequired }: Exemptions,
): Pick<PropertyResult, 'expected'> {
  const expected = violated.has(name) ? 'violated' : unreached.has(name) ? 'unreached' : undefined
  return expected !== undefined && (areRequired || verdict === expected) ? { expected } : {}
}
