import type { Result } from '../../check/result.js'
import type { AnnotatedBehaviour } from '../../trace/annotation.js'
import type { ErrorReport } from '../error-report.js'

/** A behaviour as a tab of the report, with what can be taken away from it. */
export interface ReportedBehaviour extends AnnotatedBehaviour {
  readonly role: 'counterexample' | 'witness'
  /** A vitest test that asserts it. */
  readonly test: string
  /** The command that replays it, whole: it needs no other file than the spec's. `null` where the spec was not loaded from a file. */
  readonly command: string | null
  /** A Mermaid sequence diagram. */
  readonly mermaid: string
}

/** What a result says in sentences. */
export interface RunNotes {
  /** One for each property of the result: `invariant consistent is violated after 7 steps`. */
  readonly properties: readonly string[]
  /** Which faults the protocol is known to stand, and which break it; `null` where there is nothing to say about faults. */
  readonly frontier: string | null
  /** What makes the verdict say less than it seems to: limits, what never happened, states cut off. */
  readonly cautions: readonly string[]
}

/** One checked spec in a report. */
export interface ReportedRun {
  /** The result, without its counterexamples and witnesses: they are in `behaviours`. */
  readonly result: Omit<Result, 'counterexamples' | 'witnesses'>
  /** The command that checks it again; `null` where the spec was not loaded from a file. */
  readonly command: string | null
  readonly notes: RunNotes
  /** Counterexamples first. Empty for a run that found neither. */
  readonly behaviours: readonly ReportedBehaviour[]
}

/** What the viewer shows: the data embedded in a report. */
export interface ReportData {
  readonly schema: 'faultline.report/1'
  /** Version of faultline. */
  readonly version: string
  readonly runs: readonly ReportedRun[]
  /** What could not be checked. */
  readonly errors: readonly ErrorReport[]
}
