/**
 * Matchers for vitest: `import 'faultline/vitest'` in a test file, or once in a setup file.
 *
 * @module
 */
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, type MatcherState } from 'vitest'
import { check } from './check/check.js'
import {
  type ExpectedCounterexample,
  type Judgement,
  judgeHolds,
  judgeReached,
  judgeViolated,
  requireProperty,
} from './check/expectations.js'
import type { CheckOptions, Result } from './check/result.js'
import { errorMessage } from './report/error.js'
import { type FailureName, saveReport } from './report/html/save-report.js'
import { formatResult } from './report/pretty.js'
import { Machine } from './spec/machine.js'
import type { FaultOverrides } from './spec/protocol-network.js'
import { Spec } from './spec/spec.js'
import { SpecError } from './spec/spec-error.js'

/** What `toViolate` takes: the counterexample expected, and options of the check. */
export interface ViolateOptions
  extends Pick<ExpectedCounterexample, 'steps'>,
    Omit<CheckOptions, 'continue' | 'until' | 'faults'> {
  /** A number: how many faults the counterexample has. Otherwise budgets of faults for the check, as in {@link CheckOptions}. */
  readonly faults?: number | FaultOverrides
}

/** What `toReach` takes: the length expected, and options of the check. */
export interface ReachOptions extends Pick<ExpectedCounterexample, 'steps'>, Omit<CheckOptions, 'continue' | 'until'> {}

/** The names of a spec's properties; `never` for what is not a spec. */
export type PropertyOf<T> = T extends { readonly properties: infer Property extends string } ? Property : never

/** What `import 'faultline/vitest'` adds to `expect(spec)`. All of them return a promise: await it. */
export interface SpecMatchers<T> {
  /**
   * The spec holds in every reachable state. A check that a limit cut short counts only when the options set that limit;
   * otherwise both `toHold` and `not.toHold` fail.
   *
   * @example
   * await expect(twoPhaseCommit.with({ rms: 4 })).toHold()
   */
  toHold(options?: CheckOptions): Promise<void>
  /**
   * The property is violated (a `sometimes`: unreached), and where `steps` or `faults` are given its shortest counterexample
   * has exactly so many. Other properties may be violated too, and sooner.
   *
   * @example
   * await expect(twoPhaseCommit.mutants.commitWithoutAll).toViolate('consistent', { steps: 7 })
   */
  toViolate(property: PropertyOf<T>, options?: ViolateOptions): Promise<void>
  /**
   * The `sometimes` is reached, and where `steps` is given in exactly so many steps at best.
   *
   * @example
   * await expect(twoPhaseCommit).toReach('allCommitted', { steps: 10 })
   */
  toReach(name: Exclude<PropertyOf<T>, 'deadlock'>, options?: ReachOptions): Promise<void>
}

declare module 'vitest' {
  interface Matchers<T> extends SpecMatchers<T> {}
}

expect.extend({
  async toHold(this: MatcherState, subject: unknown, options: CheckOptions = {}) {
    return await judged(this, subject, options, {
      matcher: 'toHold',
      expected: 'to hold',
      prepare: () => undefined,
      judge: (result) => judgeHolds(result, options),
    })
  },
  async toViolate(this: MatcherState, subject: unknown, property: string, options: ViolateOptions = {}) {
    const { steps, faults, ...others } = options
    const expected = { ...(steps === undefined ? {} : { steps }), ...(typeof faults === 'number' ? { faults } : {}) }
    const checkOptions: CheckOptions = faults === undefined || typeof faults === 'number' ? others : { ...others, faults }
    const lengths = Object.entries(expected).map(([unit, count]) => `${count} ${unit}`)
    return await judged(
      this,
      subject,
      { ...checkOptions, until: property },
      {
        matcher: 'toViolate',
        expected: `to violate '${property}'${lengths.length > 0 ? ` in ${lengths.join(' with ')}` : ''}`,
        prepare: (spec) => requireProperty(spec, property),
        judge: (result) => judgeViolated(result, property, expected, checkOptions),
      },
    )
  },
  async toReach(this: MatcherState, subject: unknown, name: string, options: ReachOptions = {}) {
    const { steps, ...checkOptions } = options
    return await judged(
      this,
      subject,
      { ...checkOptions, continue: true },
      {
        matcher: 'toReach',
        expected: `to reach '${name}'${steps === undefined ? '' : ` in ${steps} steps`}`,
        prepare: (spec) => requireProperty(spec, name, 'sometimes'),
        judge: (result) => judgeReached(result, name, options, options),
      },
    )
  },
})

interface Expectation {
  readonly matcher: string
  /** Continues "expected spec 'x' ...". */
  readonly expected: string
  readonly prepare: (spec: Spec) => void
  readonly judge: (result: Result) => Judgement
}

async function judged(
  state: MatcherState,
  subject: unknown,
  options: CheckOptions,
  { matcher, expected, prepare, judge }: Expectation,
) {
  const color = state.utils.EXPECTED_COLOR('x') !== 'x'
  const cwd = resolve('.')
  const frames = framesOfTest()
  try {
    const spec = requireSpec(subject, matcher)
    prepare(spec)
    const result = await check(spec, { ...fileOf(spec, state.testPath), ...options })
    const { answer, found } = judge(result)
    // Undecided fails whichever way it was asked.
    const pass = answer === 'undecided' ? state.isNot : answer === 'yes'
    // `isNot` is undefined where nothing is negated.
    const report = pass === Boolean(state.isNot) ? saveReport({ spec, result }, { cwd, name: nameOf(state) }) : ''
    const message = () =>
      `expected spec '${spec.name}' ${state.isNot ? 'not ' : ''}${expected}: ${found}\n\n${formatResult(result, { color, cwd })}\n  ${report}`
    return { pass, message }
  } catch (error) {
    if (!(error instanceof SpecError)) throw error
    const failure = new Error(errorMessage(error, { color, cwd }))
    failure.stack = `Error: ${failure.message}\n${frames}`
    throw failure
  }
}

/** What tells one failure from another. */
function nameOf({ currentTestName = '', testPath = '', assertionCalls }: MatcherState): FailureName {
  return { test: currentTestName, file: testPath, call: assertionCalls }
}

/** The stack of the matcher's call: where the mistake is told to be. What runs within the matcher is of no use to whoever made it. */
function framesOfTest(): string {
  const own = fileURLToPath(import.meta.url)
  const [, ...frames] = (new Error().stack ?? '').split('\n')
  return frames.filter((frame) => !frame.includes(own)).join('\n')
}

function requireSpec(subject: unknown, matcher: string): Spec {
  if (subject instanceof Spec) return subject
  if (subject instanceof Machine)
    throw new SpecError(`${matcher} needs a spec, and got a machine`, {
      hint: `wrap it: spec('name', {}, () => machine({ ... }))`,
      site: subject.site,
    })
  throw new SpecError(`${matcher} needs a spec, and got ${kindOf(subject)}`, {
    hint: `import the spec file's default export: import protocol from '../specs/protocol.js', and expect(protocol)`,
  })
}

function kindOf(subject: unknown): string {
  if (subject === null || subject === undefined) return String(subject)
  if (typeof subject === 'function') return 'a function'
  if (typeof subject !== 'object') return `the ${typeof subject} ${String(subject)}`
  const specs = Object.entries(subject).filter(([, value]) => value instanceof Spec)
  if (specs.length > 0) return `an object that holds specs (${specs.map(([name]) => name).join(', ')})`
  return 'an object'
}

/** The file to name in the command that shows a failure again: where the spec is written, unless that is the test itself. */
function fileOf(spec: Spec, testPath: string | undefined): { readonly file?: string } {
  const file = spec.site?.replace(/:\d+:\d+$/, '')
  return file === undefined || file === testPath ? {} : { file }
}
