/**
 * What becomes of messages on their way.
 *
 * - `unordered`: delivered in any order, each as often as it was sent.
 * - `fifo`: from one node to another in the order sent. An ignored message is consumed.
 * - `set`: in any order, any number of times; the same message sent twice is in flight once.
 */
export type NetworkKind = 'unordered' | 'fifo' | 'set'

/** A network that is not the same everywhere, or that loses what reaches a crashed node. */
export interface NetworkOptions<Role extends string = string> {
  /** Between roles that `links` does not name. Default: `unordered`. */
  readonly kind?: NetworkKind
  /** Exceptions, by the roles of sender and receiver. */
  readonly links?: readonly { readonly from: Role; readonly to: Role; readonly kind: NetworkKind }[]
  /**
   * What becomes of a message that reaches a node while it is down: it waits for the restart, or it is lost (a step of its own: it
   * may also arrive later). Default: `stays`.
   */
  readonly toCrashed?: 'stays' | 'lost'
}

/** How often in a behaviour; `true`: any number of times. */
export type Budget = number | true

/** Which nodes may crash, and how often. */
export type CrashFaults<Role extends string = string> = {
  /** Crashes of nodes of that role. Where no role is named, all nodes may crash any number of times. */
  readonly [R in Role]?: Budget
} & {
  /** How many nodes, of all roles, may be down at the same time. Default: any number. */
  readonly atOnce?: number
}

/** Where the network may be cut. */
export interface PartitionFaults {
  readonly budget: Budget
  /** Only messages that leave the isolated side are stopped. Default: those in both directions are. */
  readonly oneWay?: boolean
  /** The sets of nodes that may be isolated from all others. Default: every set. */
  readonly sides?: readonly (readonly string[])[]
}

/**
 * What the environment may do, each with how often it may do so in one behaviour. A kind that is left out does not happen.
 *
 * @typeParam Role - the names of the roles.
 * @typeParam M - the messages.
 */
export interface Faults<Role extends string = string, M = unknown> {
  /** A message in flight is lost; on a FIFO channel the oldest. */
  readonly drop?: Budget
  /** A message in flight is there once more; on a FIFO channel the oldest, next to itself. Not on a `set` network, which redelivers anyway. */
  readonly duplicate?: number
  /** A message in flight becomes one of `forms`. */
  readonly corrupt?: { readonly budget: Budget; readonly forms: (message: M) => readonly M[] }
  /** A node goes down: its timers, and its fields that are not durable, are lost. What is in flight stays in flight. */
  readonly crash?: Budget | CrashFaults<Role>
  /**
   * A node starts again, for all nodes or by role. Where nodes may crash: one that is down, by default it stays down. Where there is no `crash`: one that is
   * up, in a single step; its timers, and its fields that are not durable, are lost.
   */
  readonly restart?: Budget | { readonly [R in Role]?: Budget }
  /** Messages from one part of the nodes to the other wait until `heal`. One cut at a time. */
  readonly partition?: Budget | PartitionFaults
  /** A partition ends. Default: it lasts. */
  readonly heal?: Budget
  /** A node's clock jumps by one of `by`. */
  readonly skew?: { readonly budget: Budget; readonly by: readonly number[] }
  /** Faults of all kinds together, restarts and heals included. Default: no further bound. */
  readonly total?: number
}

/**
 * Budgets that replace those of the spec: kinds that are not named do not happen, but where nodes crash or the network is cut, `restart` and
 * `heal` stay as in the spec. `total` without any kind bounds all faults of the spec together, and keeps their own budgets. `crash.server` and
 * `restart.server` are budgets of one role; other roles have none then. `duplicate` and `total` take a number alone.
 */
export type FaultOverrides = 'none' | { readonly [kind: string]: Budget }

/** Discrete time: every node has a clock that starts at 0. */
export interface ClockOptions<Role extends string = string> {
  /** The clocks stop here. */
  readonly max: number
  /** How far the clocks of two nodes may be apart, skew aside. Default: 0, all advance together. */
  readonly drift?: number
  /** The roles whose nodes have a clock. Default: all. */
  readonly roles?: readonly Role[]
}
