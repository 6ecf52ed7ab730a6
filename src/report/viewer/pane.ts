import type { ReportedBehaviour } from '../html/report-data.js'

/** What every pane of a behaviour is given: the behaviour, and what of it is looked at. */
export interface PaneProps {
  readonly behaviour: ReportedBehaviour
  /** The state looked at: 0 is the initial one, n the one after step n. */
  readonly selected: number
  /** Looks at the state after step n; 0: at the initial one. */
  readonly select: (step: number) => void
  /** The states that can be reached by going on and back, in order, 0 first: all, or those in the violation's past. */
  readonly shown: readonly number[]
  /** Whether steps outside the violation's past are left out. */
  readonly causalOnly: boolean
  readonly setCausalOnly: (causalOnly: boolean) => void
  /** The steps that the search finds. Empty without a search. */
  readonly found: ReadonlySet<number>
}
