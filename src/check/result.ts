import type { PropertyKind } from '../model/property-kind.js'
import type { FaultOverrides } from '../spec/protocol-network.js'
import type { ExpectedOfSpec } from '../spec/spec.js'
import type { Counterexample } from '../trace/counterexample.js'
import type { Json } from '../values/json.js'

/** What a check answers: `holds` is exhaustive, `incomplete` says that a limit ended the search first. */
export type Verdict = 'holds' | 'violated' | 'incomplete'

/** The limit that ended a search early; `null` when the search was exhaustive or ended at a violation. */
export type Limit = 'states' | 'depth' | 'time' | 'memory' | 'interrupt'

/** What was found about one property. */
export interface PropertyResult {
  readonly name: string
  readonly kind: PropertyKind
  /** `incomplete`: not violated (or not reached) in what was explored, and not all was explored. */
  readonly verdict: 'holds' | 'violated' | 'unreached' | 'incomplete'
  /**
   * That the spec expects the property to be false: then that verdict is no failure. `holds` is one then, of a spec as it is declared; with other parameters, other faults
   * and in a mutant it may be true as well, and the key is left out.
   */
  readonly expected?: 'violated' | 'unreached'
  /** Where the property is written, as `file:line:column`, when known. */
  readonly site?: string
}

/** What all behaviours with a number of faults came to; only where a search finishes those with fewer faults first. */
export interface ExploredFaults {
  /** Faults spent, of all kinds together. */
  readonly faults: number
  /** Distinct states that need so many. */
  readonly states: number
  readonly verdict: Verdict
}

/** A budget of faults that a property does not stand. */
export interface BreakingBudget {
  readonly property: string
  /** Faults by kind, or by kind and role; empty: it takes no fault. */
  readonly spent: { readonly [kind: string]: number }
}

/** How well learning paid; for tuning, not for verdicts. */
export interface EngineFigures {
  /** 32-bit words of a stored state. */
  readonly wordsPerState: number
  /** Steps, prefixes and properties answered without running the spec's functions. */
  readonly learnedHits: number
  /** Runs of the spec's functions. */
  readonly functionRuns: number
  /**
   * Runs of functions of actions, as a share of the transitions looked up: an action, or one branch of a choice in it, that is answered in one state. From 0 to
   * 1. Of a protocol these functions are the deliveries, timeouts, operations and faults, whether or not they call a handler. Second runs, which look
   * for impurity, are not counted.
   */
  readonly userCodeShare: number
  /** Steps that were not taken, because another order of steps leads to the same state. They are in `generated` too. */
  readonly leftOut: number
  /** Names of actions and properties that are called directly because learning them does not pay. */
  readonly direct: readonly string[]
}

/** How a check went against what its spec declares as `expected`. */
export interface Expectation {
  /** What is declared for this check. */
  readonly expected: ExpectedOfSpec
  /** What differs from it, a sentence for each; empty where all is as expected. */
  readonly differences: readonly string[]
}

/** The answer of a check: the object that `--reporter json` prints. Its keys are a contract. */
export interface Result {
  readonly schema: 'faultline.result/1'
  readonly spec: string
  /** The spec's file as given, or `null` when the spec was not loaded from a file. */
  readonly file: string | null
  readonly mutant: string | null
  readonly parameters: { readonly [name: string]: Json }
  readonly faults: {
    /** What the environment could spend; kinds without a bound are left out. */
    readonly budget: { readonly [kind: string]: number }
    /** The budgets that replaced those of the spec, as in {@link CheckOptions}; `null` where none did. */
    readonly overrides: FaultOverrides | null
    /** What counterexamples have least of. */
    readonly minimize: 'faults' | 'steps'
    /** What behaviours with 0, 1, ... faults came to. */
    readonly explored: readonly ExploredFaults[]
    /**
     * The least budgets that break a property: with less of any kind, and no more of the others, it holds. Known of a check that went on to the end ({@link CheckOptions.continue}),
     * of a spec in which every kind of fault has a bound, where no `sometimes` failed, and no goal that restarts and heals are a way to; else `null`.
     */
    readonly breaks: readonly BreakingBudget[] | null
  }
  readonly verdict: Verdict
  readonly limit: Limit | null
  /**
   * `distinct`: different reachable states; `generated`: initial states and every successor, duplicates included; `depth`: the longest shortest
   * path from an initial state, in steps; `queue`: states found and not yet expanded.
   */
  readonly states: {
    readonly distinct: number
    readonly generated: number
    readonly depth: number
    readonly queue: number
  }
  readonly seconds: number
  /** Peak resident memory of the process. */
  readonly peakBytes: number
  readonly properties: readonly PropertyResult[]
  /** Steps generated per action, and the actions that never fired. */
  readonly coverage: {
    readonly actions: { readonly [name: string]: number }
    readonly neverFired: readonly string[]
    /** Distinct states found outside each state constraint: neither counted nor explored further. */
    readonly constraints: { readonly [name: string]: number }
    /** Of a protocol: what became of every handler, timer, operation, message type and kind of fault. Empty for a machine. */
    readonly parts: { readonly [name: string]: string }
  }
  readonly counterexamples: readonly Counterexample[]
  /** For every `sometimes` that was reached, and every property that is violated as expected: a shortest behaviour to it. */
  readonly witnesses: readonly Counterexample[]
  readonly engine: EngineFigures
  /** Only of a check against what the spec expects, which goes on until that is decided. */
  readonly expectation?: Expectation
}

/** How far a running search is; see {@link CheckOptions.onProgress}. */
export interface Progress {
  readonly spec: string
  readonly seconds: number
  /** How many faults the behaviours being searched have; `null` where those with fewer do not come first. */
  readonly faults: number | null
  readonly depth: number
  readonly distinct: number
  readonly generated: number
  readonly queue: number
  /** Whether the queue grew since the last report. */
  readonly queueGrows: boolean
  readonly statesPerSecond: number
  readonly memoryBytes: number
}

/** Options of a check. All limits default to none, but for memory. */
export interface CheckOptions {
  /** Go on after a violation and find a shortest counterexample for every property. Default: stop at the first. */
  readonly continue?: boolean
  /** Go on after violations of other properties until this one is violated, and find a shortest counterexample for each. */
  readonly until?: string
  /** Budgets of faults that replace those of the spec, by kind; `none` for no faults at all. Only for protocols. */
  readonly faults?: FaultOverrides
  /**
   * What a counterexample has least of: `faults` (then steps, the default), or `steps` alone. Makes a difference only for specs with faults.
   */
  readonly minimize?: 'faults' | 'steps'
  /** Stop after this many distinct states. */
  readonly maxStates?: number
  /** Explore no state further than this many steps from an initial one. */
  readonly maxDepth?: number
  /** Stop after this many seconds. */
  readonly maxSeconds?: number
  /** Stop when the process holds this many bytes. Default: what the machine (or its container) has, less a reserve. */
  readonly maxBytes?: number
  /** Aborting ends the check with what was covered so far: verdict `incomplete`, limit `interrupt`. */
  readonly signal?: AbortSignal
  /** Called a few times a second while the search runs. */
  readonly onProgress?: (progress: Progress) => void
  /** The file that the spec came from, for the result. */
  readonly file?: string
}
