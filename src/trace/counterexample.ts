import type { PropertyKind } from '../model/property-kind.js'
import type { Json } from '../values/json.js'
import type { Change } from './diff.js'

/** One step of a behaviour. */
export interface Step {
  /** 1 for the first step. */
  readonly index: number
  readonly action: string
  /** The step in words that a person reads: `rmPrepare(rm1)`, `deliver vote{yes} rm1 -> tm`. */
  readonly label: string
  /** The elements chosen by `choose`, outermost first. */
  readonly args: readonly Json[]
  /** Which of several outcomes of the same action and arguments, from 0; absent where there is one. */
  readonly outcome?: number
  /** The process that takes the step; in a machine the first argument that names a key of a record of the state; else `null`. */
  readonly node: string | null
  /** The kind of fault that the step is, or `null` for a step of the protocol. */
  readonly fault: string | null
  readonly changes: readonly Change[]
}

/** A shortest behaviour that breaks a property, or (as a witness) one that reaches a `sometimes`. */
export interface Counterexample {
  readonly property: string
  readonly kind: PropertyKind
  /** How many of the steps are faults. */
  readonly faults: number
  /** In steps. */
  readonly length: number
  readonly initial: Json
  readonly steps: readonly Step[]
  /** The last state: the violating one. */
  readonly final: Json
  /** Why the property is false, when the property says so. */
  readonly because?: Json
}
