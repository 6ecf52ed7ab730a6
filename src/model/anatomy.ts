import type { NetworkKind } from '../spec/protocol-network.js'
import type { AnyMessage, Envelope } from '../spec/protocol-role.js'

type AnyFunction = (...args: never[]) => unknown

/** What a step is about, of those that are about a message. */
export interface MessageEvent {
  readonly envelope: Envelope
  /** What it is corrupted into; `null` for other steps. */
  readonly form: AnyMessage | null
}

/** The nodes of a protocol and the network between them. States are those that the model keeps, decoded. */
export interface Nodes {
  readonly ids: readonly { readonly id: string; readonly role: string }[]
  readonly networkBetween: (from: string, to: string) => NetworkKind
  readonly inFlight: (state: unknown) => readonly Envelope[]
  readonly isUp: (state: unknown, id: string) => boolean
  /** The side that is cut off, or `null`. */
  readonly cut: (state: unknown) => readonly string[] | null
  /** Whether cutting off a side stops a message. */
  readonly isStopped: (side: readonly string[], envelope: Envelope) => boolean
  /** Whether an action's steps are each about a message. */
  readonly isAboutMessages: (action: string) => boolean
  /** The message that a step delivers, drops, duplicates or corrupts, if it is such a step. */
  readonly messageOf: (action: string, args: readonly unknown[]) => MessageEvent | null
}

/** How a spec is put together, for what explains behaviours: what a search need not know. */
export interface Anatomy {
  /** `null` for a machine. */
  readonly nodes: Nodes | null
  /** The function that a step runs, as its author wrote it; `undefined` for a step of the library alone. */
  readonly functionOf: (action: string, args: readonly unknown[]) => AnyFunction | undefined
}
