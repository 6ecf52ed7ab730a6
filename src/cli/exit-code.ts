import { withinLimitsAsked } from '../check/expectations.js'
import type { CheckOptions, Result } from '../check/result.js'

/** What the process answers to whoever started it. */
export const exitCodes = { holds: 0, violated: 1, error: 2, incomplete: 3, interrupted: 130 } as const

/** An exit code of the command. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

const worstFirst: readonly ExitCode[] = [
  exitCodes.interrupted,
  exitCodes.error,
  exitCodes.violated,
  exitCodes.incomplete,
  exitCodes.holds,
]

/** The exit code for one result; `options` tell which limits the user set. */
export function exitCodeOf(result: Result, options: CheckOptions): ExitCode {
  if (result.limit === 'interrupt') return exitCodes.interrupted
  if (isAsExpected(result)) return exitCodes.holds
  if (result.verdict !== 'incomplete') return exitCodes.violated
  const isAsked = withinLimitsAsked(result, options)
  if (result.expectation !== undefined) return isAsked ? exitCodes.violated : exitCodes.incomplete
  return isAsked ? exitCodes.holds : exitCodes.incomplete
}

/** Where no more is known, a spec is expected to hold. */
function isAsExpected({ verdict, expectation }: Result): boolean {
  return expectation === undefined ? verdict === 'holds' : expectation.differences.length === 0
}

/** The exit code for several specs: the worst. Of none it is an error: what checked nothing must not look as if it held. */
export function worst(codes: readonly ExitCode[]): ExitCode {
  return worstFirst.find((code) => codes.includes(code)) ?? exitCodes.error
}
