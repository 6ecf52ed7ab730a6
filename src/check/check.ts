import type { Finding } from '../explore/property-watch.js'
import { withTraps } from '../model/purity.js'
import { nearest } from '../spec/nearest.js'
import { Spec } from '../spec/spec.js'
import { SpecError } from '../spec/spec-error.js'
import { rebuild } from '../trace/rebuild.js'
import { type Json, toJson } from '../values/json.js'
import { type Exemptions, exemptionsOf } from './exemptions.js'
import { breakingBudgets, exploredFaults, findingsOf, isComplete, propertyResults } from './findings.js'
import { peakBytes } from './process-memory.js'
import { failed } from './property-failure.js'
import type { CheckOptions, Result, Verdict } from './result.js'
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
  const exemptions = exemptionsOf(spec, options)
  const ended = await runSearch(spec, options, exemptions)
  requireStates(spec, ended)
  return resultOf(spec, options, ended, exemptions)
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
  'until',
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

function resultOf(spec: Spec, options: CheckOptions, ended: EndedSearch, exemptions: Exemptions): Result {
  const { search, limit, seconds, model } = ended
  const goesOn = options.continue === true || options.until !== undefined
  const findings = findingsOf(ended, exemptions, goesOn)
  const properties = propertyResults(ended, exemptions, findings)
  const verdict: Verdict = properties.some(failed) ? 'violated' : isComplete(ended) ? 'holds' : 'incomplete'
  const rebuilt = (found: readonly Finding[]) => withTraps(() => found.map((finding) => rebuild(model, search, finding)))
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
      explored: exploredFaults(ended, findings),
      breaks: breakingBudgets(ended, findings),
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
    counterexamples: rebuilt(findings.failures),
    witnesses: rebuilt([...search.watch.witnesses.values(), ...findings.exempt]),
    engine: engineFigures(ended),
  }
}

function engineFigures({ model, search }: EndedSearch): Result['engine'] {
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
    leftOut: search.leftOut,
    direct: learned.filter(({ account }) => account.isDirect).map(({ name }) => name),
  }
}
