import type { Finding } from '../explore/property-watch.js'
import type { PropertyKind } from '../model/property-kind.js'
import { withTraps } from '../model/purity.js'
import { nearest } from '../spec/nearest.js'
import { locateFunction } from '../spec/source-location.js'
import { Spec } from '../spec/spec.js'
import { SpecError } from '../spec/spec-error.js'
import type { Counterexample } from '../trace/counterexample.js'
import { rebuild } from '../trace/rebuild.js'
import { type Json, toJson } from '../values/json.js'
import { peakBytes } from './process-memory.js'
import type { CheckOptions, ExploredFaults, PropertyResult, Result, Verdict } from './result.js'
import { type EndedSearch, runSearch } from './run-search.js'

/**
 * Checks a spec: explores every reachable state breadth-first, and answers whether all its properties hold.
 *
 * The answer is exact: `holds` means that every reachable state (within the spec's state constraints, whose hits the result counts) was
 * explored; a search that ended at a limit is `incomplete`. Counterexamples are shortest ones.
 *
 * @param spec - the spec, with its parameters and mutant chosen.
 * @param options - limits, and whether to go on after the first violation.
 * @returns the figures and the verdict per property, with counterexamples; also when it is interrupted through `signal`.
 * @throws SpecError on a mistake in the spec: a function that throws or is impure, a value that cannot be part of a state.
 * @example
 * const result = await check(twoPhaseCommit.with({ rms: 4 }))
 * result.verdict // 'holds'
 * result.states.distinct // 1568
 */
export async function check(spec: Spec, options: CheckOptions = {}): Promise<Result> {
  requireSpec(spec)
  requireLimits(options)
  const ended = await runSearch(spec, options)
  const { search } = ended
  requireStates(spec, ended)
  const findings = violationsOf(ended).sort((a, b) => a.faults - b.faults || a.length - b.length)
  const reported = options.continue ? findings : findings.slice(0, 1)
  const counterexamples = withTraps(() => reported.map((finding) => rebuild(ended.model, search, finding)))
  const witnesses = withTraps(() => [...search.watch.witnesses.values()].map((finding) => rebuild(ended.model, search, finding)))
  return resultOf(spec, options, ended, reported, counterexamples, witnesses)
}

function violationsOf({ search, lostGoals }: EndedSearch): Finding[] {
  return [...search.watch.violations.values(), ...(lostGoals?.values() ?? [])]
}

/** A check that explored nothing must not say that all is well. */
function requireStates(spec: Spec, { search, model }: EndedSearch): void {
  if (search.end !== 'exhausted' || search.distinct > 0 || search.watch.violations.size > 0) return
  const constraints = model.constraints.map(({ predicate }) => `'${predicate.name}'`).join(', ')
  throw new SpecError(`spec '${spec.name}': every initial state is outside its state constraints (${constraints})`, {
    site: spec.site,
    hint: 'nothing was explored: let the constraints hold in an initial state',
  })
}

const optionNames: readonly string[] = [
  'continue',
  'faults',
  'minimize',
  'maxStates',
  'maxDepth',
  'maxSeconds',
  'maxBytes',
  'signal',
  'onProgress',
  'file',
] satisfies (keyof CheckOptions)[]

function requireSpec(spec: unknown): void {
  if (spec instanceof Spec) return
  throw new SpecError('check(...) was given something that is not a spec', { hint: 'give it what spec(...) returns' })
}

function requireLimits(options: CheckOptions): void {
  if (typeof options !== 'object' || options === null)
    throw new SpecError('the options of a check must be an object', { hint: 'leave them out, or give { maxStates: 1000 }' })
  for (const name of Object.keys(options))
    if (!optionNames.includes(name))
      throw new SpecError(`check(...) has no option '${name}'`, {
        hint: nearest(name, optionNames, {
          found: (other) => `did you mean '${other}'?`,
          none: (all) => `its options are ${all.join(', ')}`,
        }),
      })
  for (const name of ['maxStates', 'maxDepth', 'maxSeconds', 'maxBytes'] as const) {
    const value = options[name]
    if (value === undefined || (typeof value === 'number' && value >= 0)) continue
    throw new SpecError(`${name} cannot be ${String(value)}`, { hint: 'it must be a number, 0 or more' })
  }
}

function resultOf(
  spec: Spec,
  options: CheckOptions,
  ended: EndedSearch,
  violations: readonly Finding[],
  counterexamples: readonly Counterexample[],
  witnesses: readonly Counterexample[],
): Result {
  const { search, limit, seconds, model } = ended
  const properties = propertiesOf(ended, violations)
  const broken = properties.some(({ verdict }) => verdict === 'violated' || verdict === 'unreached')
  const verdict: Verdict = broken ? 'violated' : isComplete(ended) ? 'holds' : 'incomplete'
  return {
    schema: 'faultline.result/1',
    spec: spec.name,
    file: options.file ?? null,
    mutant: spec.mutantName,
    parameters: toJson(spec.parameters) as { readonly [name: string]: Json },
    faults: {
      budget: model.source.budget,
      overrides: options.faults ?? null,
      minimize: options.minimize ?? 'faults',
      explored: exploredFaults(ended),
    },
    verdict,
    limit,
    states: { distinct: search.distinct, generated: search.generated, depth: search.depth, queue: search.queue },
    seconds,
    peakBytes: peakBytes(),
    properties,
    coverage: {
      actions: Object.fromEntries(model.actions.map(({ name, fired }) => [name, fired])),
      neverFired: model.actions.filter(({ fired }) => fired === 0).map(({ name }) => name),
      constraints: Object.fromEntries(search.watch.outside),
      parts: model.source.coverage(),
    },
    counterexamples,
    witnesses,
    engine: engineFigures(ended),
  }
}

/** Whether all states were explored, and what needs all of them was found out. */
function isComplete({ search, lostGoals }: EndedSearch): boolean {
  return search.end === 'exhausted' && lostGoals !== null
}

/** Per number of faults what was found; none where faults are not possible, or not spent in order. */
function exploredFaults(ended: EndedSearch): ExploredFaults[] {
  const { isLayered, layers } = ended.search.schedule
  if (!isLayered) return []
  const broken = Math.min(...violationsOf(ended).map(({ faults }) => faults))
  // What is lost with few faults shows only when all behaviours are known: some have the repairs.
  const decided = ended.model.alwaysPossible.length === 0 || ended.lostGoals !== null
  return layers.map(({ faults, distinct, complete }) => ({
    faults,
    states: distinct,
    verdict: faults >= broken ? 'violated' : complete && decided ? 'holds' : 'incomplete',
  }))
}

function propertiesOf(ended: EndedSearch, violations: readonly Finding[]): PropertyResult[] {
  const { model, search } = ended
  const violated = new Set(violations.map(({ property }) => property))
  const describe = (kind: PropertyKind, name: string, source?: (...args: never[]) => unknown): PropertyResult => {
    const exhausted = kind === 'alwaysPossible' ? isComplete(ended) : search.end === 'exhausted'
    const reached = kind === 'sometimes' && search.watch.witnesses.has(name)
    const verdict = violated.has(name)
      ? 'violated'
      : reached || (exhausted && kind !== 'sometimes')
        ? 'holds'
        : exhausted
          ? 'unreached'
          : 'incomplete'
    // Looking a place up takes milliseconds, so only where someone will go there.
    const site = source === undefined || verdict === 'holds' || verdict === 'incomplete' ? undefined : locateFunction(source)
    return { name, kind, verdict, ...(site === undefined ? {} : { site }) }
  }
  return [
    ...model.invariants.map(({ predicate }) => describe('invariant', predicate.name, predicate.source)),
    ...model.transitions.map(({ predicate }) => describe('transition', predicate.name, predicate.source)),
    ...model.sometimes.map(({ predicate }) => describe('sometimes', predicate.name, predicate.source)),
    ...model.alwaysPossible.map(({ predicate }) => describe('alwaysPossible', predicate.name, predicate.source)),
    ...(model.terminal === true ? [] : [describe('deadlock', 'deadlock')]),
  ]
}

function engineFigures({ model }: EndedSearch): Result['engine'] {
  const predicates = [
    ...model.invariants,
    ...model.transitions,
    ...model.sometimes,
    ...model.alwaysPossible,
    ...model.constraints,
  ].map(({ predicate }) => predicate)
  const learned = [...model.actions, ...predicates]
  const total = (of: typeof learned, figure: 'lookups' | 'runs') => of.reduce((sum, { account }) => sum + account[figure], 0)
  const functionRuns = total(learned, 'runs')
  return {
    wordsPerState: model.vector.words,
    learnedHits: total(learned, 'lookups') - functionRuns,
    functionRuns,
    userCodeShare: total([...model.actions], 'runs') / Math.max(1, total([...model.actions], 'lookups')),
    direct: learned.filter(({ account }) => account.isDirect).map(({ name }) => name),
  }
}
