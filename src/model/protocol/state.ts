import type { AnyMessage, Envelope, Role } from '../../spec/protocol-role.js'

/** A record of values by name. */
export interface Fields {
  readonly [field: string]: unknown
}

/** A role whose types are gone. */
export type PlainRole = Role<Fields, AnyMessage, unknown>

/** What a state keeps of one node, each field by itself: what a handler does is learned by the fields that it reads. */
export interface NodeRecord {
  readonly state: Fields
  /** Armed timers, in order. */
  readonly armed: readonly string[]
  /** The durable fields as of the last sync, where syncs are explicit. */
  readonly synced: Fields | null
}

/** What a step changes of a node; of its fields those that change. */
export type NodePatch = Partial<NodeRecord>

/** Messages in flight without an order, as the functions of a model see them. */
export interface BagLike extends Iterable<Envelope> {
  add(envelope: Envelope): BagLike
  remove(envelope: Envelope): BagLike
}

/** Messages in flight on a channel, oldest first, as the functions of a model see them. */
export interface QueueLike extends Iterable<Envelope> {
  push(envelope: Envelope): QueueLike
  pop(): QueueLike
}

/** The state of a protocol. What a protocol does not use is not in it. */
export interface ProtocolState {
  readonly node: { readonly [id: string]: NodeRecord }
  /** Of the nodes that may crash. */
  readonly up?: { readonly [id: string]: boolean }
  readonly unordered?: BagLike
  readonly set?: BagLike
  readonly fifo?: { readonly [channel: string]: QueueLike }
  readonly history?: unknown
  /** Faults spent, by key of a finite budget: in the state, since a state reached with more left to spend is another one. */
  readonly used?: { readonly [budget: string]: number }
  /** The isolated side, or `null`. */
  readonly cut?: readonly string[] | null
  /** Time by node; under the name of nobody in particular where all clocks advance together. */
  readonly clock?: { readonly [id: string]: number }
  /** By how much a node's clock is skewed. */
  readonly offset?: { readonly [id: string]: number }
}

/** What a step changes of a {@link ProtocolState}. */
export type StatePatch = { readonly [K in Exclude<keyof ProtocolState, 'node'>]?: ProtocolState[K] | Fields } & {
  readonly node?: { readonly [id: string]: NodePatch }
}
