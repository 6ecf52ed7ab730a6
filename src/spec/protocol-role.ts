import type { Choice } from './choose.js'
import type { Disabled } from './machine.js'
import type { Patch } from './patch.js'

/** What all messages have in common: a type, by which handlers are found. Further fields are the payload; none may be called `to`. */
export interface AnyMessage {
  readonly type: string
}

/** The variant of a union of messages that has type `T`. */
export type MessageOfType<M, T> = M extends { readonly type: infer U } ? (T extends U ? M : never) : never

/** A message with the id of the node that it goes to, the message's fields beside `to`. */
export type Send<M> = M extends AnyMessage ? M & { readonly to: string } : never

/** A message in flight. */
export interface Envelope<out M = AnyMessage> {
  readonly from: string
  readonly to: string
  readonly message: M
}

/** What a handler brings about. Every part may be left out; `{}` accepts the message, or lets the timer pass, and changes nothing. */
export interface Effects<S, M, H = never> {
  /** What changes in the node's own state. */
  readonly state?: Patch<S>
  /** Messages to send, in this order. */
  readonly send?: readonly Send<M>[]
  /** Timers to disarm. */
  readonly disarm?: readonly string[]
  /** Timers to arm, after `disarm`. Arming an armed timer changes nothing. */
  readonly arm?: readonly string[]
  /** What changes in the history: seen by properties alone, and by no handler. */
  readonly record?: (history: H) => Patch<H>
  /** The durable fields are on disk as of now; only where the role says `sync: 'explicit'`. */
  readonly sync?: true
}

/**
 * What a handler returns: effects, several (one step each), a {@link choose} among such, or nothing. Returning nothing ignores a message: it
 * stays in flight (on a FIFO channel it is consumed); a timer or an operation is not enabled then.
 */
export type Reaction<S, M, H = never> =
  | Disabled
  | Effects<S, M, H>
  | readonly (Disabled | Effects<S, M, H>)[]
  | Choice<unknown, Reaction<S, M, H>>

/** What every handler knows beside its node's state. */
export interface NodeContext {
  /** The id of the node. */
  readonly id: string
  /** What the node's own clock shows. Only where the protocol has a `clock`. */
  readonly now: number
}

/** What `start` knows. */
export interface StartContext extends NodeContext {
  /** Whether the node starts again after a crash: with its durable fields kept, and the others as in `init`. */
  readonly restarted: boolean
}

/** What a handler of messages knows. */
export interface MessageContext extends NodeContext {
  /** The id of the node that sent the message. */
  readonly from: string
}

declare const types: unique symbol

/**
 * A role of a protocol: what nodes of one kind keep, and how they react. All functions are pure, and see their own node alone.
 *
 * @typeParam S - the state of one node: a record.
 * @typeParam M - the union of all messages of the protocol, told apart by `type`.
 * @typeParam H - the history that `record` adds to; leave it out where nothing is recorded.
 */
export interface Role<S, M extends AnyMessage, H = never> {
  readonly [types]?: { readonly state: S; readonly message: M; readonly history: H }
  /** Ids of the nodes, different from those of every other role. */
  readonly nodes: readonly string[]
  /** What a node keeps at first: all fields, or a function from its id to them. */
  readonly init: S | ((id: string) => S)
  /** Fields that survive a crash. Default: none. */
  readonly durable?: readonly (keyof S & string)[]
  /** `explicit`: durable fields survive only as they were at the last reaction with `sync: true`. Default: every write is durable at once. */
  readonly sync?: 'explicit'
  /** Timers that are armed when a node starts. Default: none. */
  readonly armed?: readonly string[]
  /** Runs once at the beginning, for all nodes in order, and after every restart. */
  readonly start?: (self: S, ctx: StartContext) => Reaction<S, M, H>
  /** Handlers by type of message. A type without a handler is ignored. */
  readonly on?: {
    readonly [T in M['type']]?: (self: S, message: MessageOfType<M, T>, ctx: MessageContext) => Reaction<S, M, H>
  }
  /** May fire at any moment while armed; firing disarms, then runs. */
  readonly timers?: { readonly [name: string]: (self: S, ctx: NodeContext) => Reaction<S, M, H> }
  /** What clients, or users, may ask of a node: at any moment when it returns something. */
  readonly operations?: { readonly [name: string]: (self: S, ctx: NodeContext) => Reaction<S, M, H> }
}

/** What all roles have in common, whatever they keep. */
export interface AnyRole {
  readonly [types]?: unknown
  readonly nodes: readonly string[]
  readonly init: unknown
}

type TypesOf<R> = R extends { readonly [types]?: infer T } ? NonNullable<T> : never

/** The state of one node of role `R`. */
export type StateOf<R> = TypesOf<R> extends { readonly state: infer S } ? S : never
/** The messages of role `R`, or of several roles. */
export type MessageOf<R> = TypesOf<R> extends infer T ? (T extends { readonly message: infer M } ? M : never) : never
/** What role `R`, or several roles, record; `never` where they record nothing. */
export type HistoryOf<R> = TypesOf<R> extends infer T ? (T extends { readonly history: infer H } ? H : never) : never

/**
 * All ids but one: whom a node sends to that tells the others.
 *
 * @example
 * send: others(S, ctx.id).map((to) => ({ to, type: 'requestVote', term: self.term }))
 */
export function others<Id extends string>(ids: readonly Id[], self: string): readonly Id[] {
  return ids.filter((id) => id !== self)
}
