import type { PropertyKind } from '../model/property-kind.js'
import type { Json } from '../values/json.js'
import type { Counterexample } from './counterexample.js'

/** What became of a message: each time that it was delivered, or what took it away. */
export interface MessageEnd {
  /** Index of the step, 1 for the first. */
  readonly at: number
  readonly how: 'delivered' | 'dropped' | 'corrupted' | 'lost'
}

/** One message of a behaviour, from where it was sent to what became of it. */
export interface MessageLine {
  /** Its number within the behaviour, from 0, in order of sending. */
  readonly id: number
  readonly type: string
  /** As steps name it, without the nodes: `vote{yes=true}`. */
  readonly text: string
  readonly message: Json
  readonly from: string
  readonly to: string
  /** The step that sent it; 0 for one that is there in the initial state. */
  readonly sentAt: number
  readonly origin: 'sent' | 'duplicated' | 'corrupted'
  /** The message that it is a copy or a corrupted form of. */
  readonly of: number | null
  /** In order; empty for one that is still in flight at the end. On a set network a message is delivered many times and stays. */
  readonly ends: readonly MessageEnd[]
  readonly inFlight: boolean
}

/**
 * A lane of the space-time diagram: a node of a protocol, or a process of a machine. Steps whose `node` is `null` belong to no lane; a machine without
 * processes has no lanes.
 */
export interface Lane {
  readonly id: string
  /** The role of a node; `null` in a machine. */
  readonly role: string | null
  /** From which step to before which it was down; `null`: to the end. */
  readonly down: readonly { readonly from: number; readonly to: number | null }[]
}

/** The truth of a property along a behaviour; of a `sometimes` or `alwaysPossible`, whether a state is one that is asked for. */
export interface PropertyTruth {
  readonly name: string
  readonly kind: PropertyKind
  /** Of a state property one for each state, the initial one first; of a transition property one for each step. */
  readonly truth: readonly boolean[]
  /** Where it is false and says why, its explanation; as long as `truth`. */
  readonly because: readonly (Json | null)[]
  /** Where the property is written, as `file:line:column`, when known. */
  readonly site: string | null
}

/** A step that could have been taken. */
export interface Alternative {
  readonly action: string
  readonly args: readonly Json[]
  readonly label: string
  readonly node: string | null
  readonly fault: string | null
  /** Whether it is the step that the behaviour takes next. */
  readonly taken: boolean
}

/** A field that an action looked at. */
export interface FieldRead {
  /** From the root of the state as it is displayed; of a set that was asked for an element, with that element at the end. */
  readonly path: readonly Json[]
  /** What is there; of an element, whether it is in the set. */
  readonly value: Json
  /** Whether the path ends in an element of a set. */
  readonly element?: true
}

/** An action, or a branch of a choice in it, that was not enabled, and the fields that it looked at: the reason is among them. */
export interface NotEnabled {
  readonly action: string
  readonly args: readonly Json[]
  readonly label: string
  readonly node: string | null
  readonly fault: string | null
  readonly reads: readonly FieldRead[]
}

/** What is known about one step of a behaviour beside the step itself. */
export interface StepNotes {
  /** Earlier steps that this one needed directly: what its node did before, and the sending of what it received. 0 is never among them. */
  readonly causes: readonly number[]
  /** Whether the violation is in the future of this step, by happens-before. */
  readonly inPast: boolean
  /**
   * Whether the violation vanishes when this step is left out of the behaviour, and with it what is then no longer enabled, by running the rest again.
   * In a shortest counterexample every step is. `null`: not tried, since the behaviour is too long.
   */
  readonly essential: boolean | null
  /** Where the action is written, as `file:line:column`, when known. */
  readonly site: string | null
}

/** What is known about a state of a behaviour, the initial one first. */
export interface StateNotes {
  /** The steps that were enabled there, the one taken included. */
  readonly enabled: readonly Alternative[]
  /** What was not enabled there, in the order of the actions. */
  readonly notEnabled: readonly NotEnabled[]
}

/** A behaviour with everything that a report shows about it. */
export interface AnnotatedBehaviour extends Counterexample {
  /** Every state in full, the initial one first: one more than there are steps. `changes` alone do not say what kind of collection they apply to. */
  readonly states: readonly Json[]
  readonly lanes: readonly Lane[]
  readonly messages: readonly MessageLine[]
  readonly properties: readonly PropertyTruth[]
  /** One for each step. */
  readonly stepNotes: readonly StepNotes[]
  /** One for each state: one more than there are steps. */
  readonly stateNotes: readonly StateNotes[]
}
