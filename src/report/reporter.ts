import type { Result } from '../check/result.js'
import type { CommandParts } from './command.js'
import type { ErrorReport } from './error-report.js'

/** What there is to report about one spec: its result, or the error that left it without one. */
export type Outcome = Result | ErrorReport

/** Where and how a report is shown. */
export interface ReportContext {
  /** Whether to colour for a terminal. Only the pretty reporter does. */
  readonly color: boolean
  /** Columns of the terminal. Default: 100. */
  readonly width?: number
  /** Folder that source sites are shown relative to. Default: sites as they are. */
  readonly cwd?: string
  /** How a command names the check that came to this result. Default: as far as the result tells. */
  readonly commandParts?: (result: Result) => CommandParts | undefined
}

/** A form of output: a pure function from everything that a run found to what goes to stdout. */
export interface Reporter {
  readonly name: string
  /** The whole output, ending in a newline. */
  readonly format: (outcomes: readonly Outcome[], context: ReportContext) => string
}

/** Whether a spec was left without a result. */
export function isErrorReport(outcome: Outcome): outcome is ErrorReport {
  return outcome.schema === 'faultline.error/1'
}
