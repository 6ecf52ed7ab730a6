import type { ReportData, ReportedBehaviour, ReportedRun } from '../html/report-data.js'

/** What of a report is looked at: the part of it that its address names. */
export interface Place {
  /** Index of the run. */
  readonly run: number
  /** Index of the behaviour within the run; `null`: the run as a whole. */
  readonly behaviour: number | null
  /** The state after so many steps. */
  readonly step: number
}

/** A run of the report, and what is looked at of it. */
export interface Found {
  readonly run: ReportedRun
  readonly behaviour: ReportedBehaviour | null
}

/** What a place names. The place must be one that {@link placeOf} answered. */
export function find(data: ReportData, { run: index, behaviour }: Place): Found | undefined {
  const run = data.runs[index]
  return run && { run, behaviour: behaviour === null ? null : (run.behaviours[behaviour] ?? null) }
}

/**
 * The place that a URL fragment names: `#run=2&behaviour=1&step=7`, runs and behaviours counted from 1.
 *
 * What it leaves out, or names wrongly, is chosen: the first run that failed (else the first), its first counterexample (else the run as a whole), and of a
 * counterexample the violation, of a witness its beginning.
 */
export function placeOf(fragment: string, data: ReportData): Place {
  const named = new URLSearchParams(fragment.replace(/^#/, ''))
  const run = indexIn(data.runs, named.get('run')) ?? firstFailed(data)
  const behaviours = data.runs[run]?.behaviours ?? []
  const isWhole = named.has('run') && !named.has('behaviour')
  const behaviour = isWhole ? null : (indexIn(behaviours, named.get('behaviour')) ?? firstCounterexample(behaviours))
  return { run, behaviour, step: stepIn(behaviour === null ? undefined : behaviours[behaviour], named.get('step')) }
}

/** The fragment that names a place, with its `#`. */
export function fragmentOf({ run, behaviour, step }: Place): string {
  return behaviour === null ? `#run=${run + 1}` : `#run=${run + 1}&behaviour=${behaviour + 1}&step=${step}`
}

/** Where a behaviour is looked at first. */
export function openingStep(behaviour: ReportedBehaviour): number {
  return behaviour.role === 'counterexample' ? behaviour.length : 0
}

/** Whether a check against what its spec expects found just that; `null` for any other check. */
export function isAsExpected({ expectation }: ReportedRun['result']): boolean | null {
  return expectation === undefined ? null : expectation.differences.length === 0
}

/** Where the link to a run leads: to its first counterexample, else to the run as a whole. */
export function openingPlace({ behaviours: [first] }: ReportedRun, run: number): Place {
  return first?.role === 'counterexample' ? { run, behaviour: 0, step: openingStep(first) } : { run, behaviour: null, step: 0 }
}

function firstFailed({ runs }: ReportData): number {
  return Math.max(
    0,
    runs.findIndex(({ result }) => (isAsExpected(result) === null ? result.verdict === 'violated' : !isAsExpected(result))),
  )
}

function firstCounterexample(behaviours: readonly ReportedBehaviour[]): number | null {
  return behaviours[0]?.role === 'counterexample' ? 0 : null
}

function indexIn(list: readonly unknown[], text: string | null): number | undefined {
  const index = wholeNumber(text) - 1
  return index in list ? index : undefined
}

function stepIn(behaviour: ReportedBehaviour | undefined, text: string | null): number {
  if (behaviour === undefined) return 0
  const step = wholeNumber(text)
  return step >= 0 && step <= behaviour.length ? step : openingStep(behaviour)
}

function wholeNumber(text: string | null): number {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
}
