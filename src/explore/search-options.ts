export interface SearchOptions {
  /** Whether the search ends when this property is violated; else it goes on, to a counterexample for every other. */
  readonly endsAt: (property: string) => boolean
  /** Each `sometimes` that is violated when it is reached. Default: none. */
  readonly unreachable?: ReadonlySet<string>
  /** Distinct states after which to stop. */
  readonly maxStates: number
  /** Steps from an initial state beyond which nothing is explored. */
  readonly maxDepth: number
  /** Whether to finish all behaviours with fewer faults before any with more; else steps alone count. */
  readonly fewestFaultsFirst: boolean
  /** Whether to find out all budgets of faults that break properties, where that can be known; only for a search that goes on. Default: false. */
  readonly findsBreakingBudgets?: boolean
  /** Whether steps and evaluations are left out that are known to show nothing new (see `SleepSets`); switched off in tests to compare. Default: true. */
  readonly leavesOut?: boolean
  /** Bits of the states' hashes that are used; narrowed in tests to force collisions. */
  readonly hashMask?: number
}

/** Why a search ended, or that it has not. */
export type SearchEnd = 'running' | 'exhausted' | 'violated' | 'states' | 'depth'
