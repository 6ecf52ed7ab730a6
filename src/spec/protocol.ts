import { callSite } from './call-site.js'
import type { Truth } from './machine.js'
import type { Budget, ClockOptions, Faults, NetworkKind, NetworkOptions } from './protocol-network.js'
import type { AnyMessage, AnyRole, Envelope, HistoryOf, MessageOf, Role, StateOf } from './protocol-role.js'

/** The roles of a protocol by name. */
export interface Roles {
  readonly [role: string]: AnyRole
}

/**
 * What properties see: by the name of each role its nodes' states by id, and what is between them.
 *
 * @typeParam R - the roles by name: `World<typeof roles>`.
 */
export type World<R> = { readonly [K in keyof R]: { readonly [id: string]: StateOf<R[K]> } } & {
  /** Whether a node is up, by id. */
  readonly up: { readonly [id: string]: boolean }
  /** Messages in flight, in no particular order (of a FIFO channel: oldest first). */
  readonly messages: readonly Envelope<MessageOf<R[keyof R]>>[]
  /** What handlers recorded. */
  readonly history: HistoryOf<R[keyof R]>
  /** What the nodes' clocks show, by id; only where the protocol has a `clock`. */
  readonly now: { readonly [id: string]: number }
}

/** A step as transition properties see it. */
export interface ProtocolStep<out M = AnyMessage> {
  /** `deliver`, `lose` (of a message to a node that is down), `timeout`, the name of an operation, `tick`, or the kind of a fault. */
  readonly action: string
  /** What was chosen, outermost first. */
  readonly args: readonly unknown[]
  /** The node that takes the step: the receiver, the node whose timer fires, that crashes, ...; `null` where there is none. */
  readonly node: string | null
  /** The kind of fault, or `null` for a step of the protocol. */
  readonly fault: string | null
  /** The message that is delivered, lost, dropped, duplicated or corrupted, else `null`. */
  readonly envelope: Envelope<M> | null
}

/** A record of named functions, or any other values. */
interface Named<T> {
  readonly [name: string]: T
}

/** A protocol as it is kept once its types are checked; see {@link protocol}. */
export interface ProtocolDefinition {
  readonly roles: Named<Role<Named<unknown>, AnyMessage, unknown>>
  readonly network?: NetworkKind | NetworkOptions
  readonly timeouts?: 'any' | 'quiet' | 'idle'
  readonly faults?: Faults<string, AnyMessage>
  readonly clock?: ClockOptions
  readonly history?: unknown
  readonly invariants?: Named<(world: World<Roles>) => Truth>
  readonly transitions?: Named<(before: World<Roles>, after: World<Roles>, step: ProtocolStep) => Truth>
  readonly sometimes?: Named<(world: World<Roles>) => boolean>
  readonly alwaysPossible?: Named<(world: World<Roles>) => boolean>
  readonly terminal?: boolean | ((world: World<Roles>) => boolean)
  readonly constraints?: Named<(world: World<Roles>) => boolean>
}

/** A protocol: roles, a network, faults, and what must hold. Made by {@link protocol}. */
export class Protocol<out S, out Property extends string = string> {
  declare readonly properties: Property
  declare readonly state: S
  readonly definition: ProtocolDefinition
  /** Where `protocol(...)` was called, as `file:line:column`, when the runtime tells. */
  readonly site: string | undefined

  constructor(definition: ProtocolDefinition, site: string | undefined) {
    this.definition = definition
    this.site = site
  }
}

/** `history` must be there where a role records something, and only there. */
type WithHistory<H> = [H] extends [never] ? { readonly history?: undefined } : { readonly history: H }

/**
 * A protocol as nodes that send messages. Deliveries, timeouts and faults are steps that the library makes: every order, and every fault
 * within the budgets, is explored.
 *
 * Annotate each role (`const server: Role<Server, Message> = { ... }`): everything else is inferred.
 *
 * @param definition.roles - the {@link Role}s by name. At the beginning all nodes start, in order; what they send is in flight at once.
 * @param definition.network - `unordered` (the default), `fifo`, `set`, or {@link NetworkOptions} by pair of roles.
 * @param definition.timeouts - `any` (the default): an armed timer may fire at any moment, as in an asynchronous system. `quiet`: timers
 * fire, and clocks tick, only when no message can be delivered, as in a partially synchronous one. `idle`: only when no operation is enabled either, as in a synchronous one.
 * @param definition.faults - what the environment may do, with budgets: {@link Faults}. Default: nothing.
 * @param definition.clock - bounded discrete time: {@link ClockOptions}. Handlers read their own clock as `ctx.now`.
 * @param definition.history - what handlers `record`, at first. Properties read it, handlers cannot.
 * @param definition.invariants - true in every reachable state of the {@link World}.
 * @param definition.transitions - true of every step `(before, after, step)`.
 * @param definition.sometimes - each must be true in some reachable state, or the check fails as vacuous.
 * @param definition.alwaysPossible - goals: from every reachable state some behaviour without further faults must lead to a state where the
 * goal is true; restarts of crashed nodes and healed partitions are repairs, and may be part of it.
 * @param definition.terminal - states that may have no enabled step but faults: a predicate, or `true` for all. Default: none.
 * @param definition.constraints - states outside are generated and checked, but neither counted nor explored further.
 * @example
 * const client: Role<{ asked: boolean }, { type: 'ask' }> = {
 *   nodes: ['c1'],
 *   init: { asked: false },
 *   operations: { ask: (self) => !self.asked && { state: { asked: true }, send: [{ to: 's1', type: 'ask' }] } },
 * }
 */
export function protocol<
  const R extends Roles,
  Invariants extends string = never,
  Transitions extends string = never,
  Sometimes extends string = never,
  Goals extends string = never,
  // A type parameter, so that what `forms` returns keeps its literals: the messages are not known yet when it is inferred.
  const Forms extends readonly MessageOf<R[keyof R]>[] = readonly MessageOf<R[keyof R]>[],
>(
  definition: {
    readonly roles: R
    readonly network?: NetworkKind | NetworkOptions<keyof R & string>
    readonly timeouts?: 'any' | 'quiet' | 'idle'
    readonly faults?: Omit<Faults<keyof R & string>, 'corrupt'> & {
      readonly corrupt?: { readonly budget: Budget; readonly forms: (message: MessageOf<R[keyof R]>) => Forms }
    }
    readonly clock?: ClockOptions<keyof R & string>
    readonly invariants?: { readonly [K in Invariants]: (world: World<R>) => Truth }
    readonly transitions?: {
      readonly [K in Transitions]: (before: World<R>, after: World<R>, step: ProtocolStep<MessageOf<R[keyof R]>>) => Truth
    }
    readonly sometimes?: { readonly [K in Sometimes]: (world: World<R>) => boolean }
    readonly alwaysPossible?: { readonly [K in Goals]: (world: World<R>) => boolean }
    readonly terminal?: boolean | ((world: World<R>) => boolean)
    readonly constraints?: { readonly [name: string]: (world: World<R>) => boolean }
  } & WithHistory<HistoryOf<R[keyof R]>>,
): Protocol<World<R>, Invariants | Transitions | Sometimes | Goals | 'deadlock'> {
  const kept: object = definition
  return new Protocol(kept as ProtocolDefinition, callSite(protocol))
}
