import type { Choice } from './choose.js'
import type { Direct } from './machine.js'
import type { UnknownFields } from './patch.js'
import type {
  AnyMessage,
  Effects,
  MessageContext,
  MessageOfType,
  NodeContext,
  Reaction,
  Role,
  StartContext,
} from './protocol-role.js'

/**
 * The effects that the choices among what a handler returns lead to, at any depth. A choice of unknown elements is one that is declared as a reaction, of
 * which no more is known.
 */
type Chosen<R> =
  R extends Choice<infer X, infer Inner>
    ? unknown extends X
      ? never
      : Direct<Inner> | Chosen<Inner>
    : R extends readonly (infer Element)[]
      ? Chosen<Element>
      : never

type At<R, K extends PropertyKey> = R extends { readonly [P in K]: infer Value } ? Value : never
type ElementOf<A> = A extends readonly (infer Element)[] ? Element : never

type UnknownEffects<R> = R extends unknown ? Exclude<keyof R, keyof Effects<unknown, AnyMessage>> : never
/** Of a choice between two messages TypeScript gives each the fields of the other, as absent. */
type Present<R> = { [K in keyof R]-?: [R[K]] extends [undefined] ? never : K }[keyof R]
type FieldOf<M> = M extends unknown ? keyof M : never
/** Apart for each type of message: several may share a member of the union, and several members a type. */
type UnknownOfType<Sent, T, M> = T extends unknown
  ? [MessageOfType<M, T>] extends [never]
    ? never
    : Exclude<Present<Sent>, FieldOf<MessageOfType<M, T>> | 'to'>
  : never
type UnknownPayload<Sent, M> = Sent extends { readonly type: infer T } ? UnknownOfType<Sent, T, M> : never
/** Where timers are computed their names are not known. */
type TimerName<Timers> = [keyof Timers] extends [never] ? string : keyof Timers
type UnknownTimers<Named, Timers> = Named extends string
  ? string extends Named
    ? never
    : Exclude<Named, TimerName<Timers>>
  : never
type UnknownHistory<Recorded, H> = Recorded extends (history: never) => infer P ? UnknownFields<P, H> : never

/** The names in effects that nothing goes by: of effects, fields of the state, of messages and of the history, and timers. */
type Unknown<R, S, M, H, Timers> =
  | UnknownEffects<R>
  | UnknownFields<At<R, 'state'>, S>
  | UnknownPayload<ElementOf<At<R, 'send'>>, M>
  | UnknownTimers<ElementOf<At<R, 'arm'>>, Timers>
  | UnknownTimers<ElementOf<At<R, 'disarm'>>, Timers>
  | UnknownHistory<At<R, 'record'>, H>

/** The effects that a choice leads to and that do not fit: TypeScript does not compare what choices lead to with what a handler may return. */
type Unfit<R, S, M, H> = R extends Effects<S, M, H> ? never : R

type Misfit<R, S, M, H, Timers> = [Unknown<Direct<R> | Chosen<R>, S, M, H, Timers>] extends [never]
  ? [Unfit<Chosen<R>, S, M, H>] extends [never]
    ? never
    : { readonly 'a choice leads to what does not fit': Unfit<Chosen<R>, S, M, H> }
  : { readonly 'there is no such field or timer': Unknown<Direct<R> | Chosen<R>, S, M, H, Timers> }

type Misfits<G, S, M, H, Timers> = {
  [K in keyof G as [Misfit<G[K], S, M, H, Timers>] extends [never] ? never : K]: Misfit<G[K], S, M, H, Timers>
}

/** `unknown` where every handler is for a type of message that there is. */
type Received<On, M extends AnyMessage> = [Exclude<keyof On, M['type']>] extends [never]
  ? unknown
  : { readonly on: { readonly [K in Exclude<keyof On, M['type']>]: { readonly 'there is no such message': K } } }

/** `unknown` where every handler of a group names only what there is; otherwise a type that says where one does not. */
type Fitting<Group extends string, G, S, M, H, Timers> = [keyof Misfits<G, S, M, H, Timers>] extends [never]
  ? unknown
  : { readonly [K in Group]: Misfits<G, S, M, H, Timers> }

/** As `Role` says it, with what each function returns as a type of its own: what an annotated object has forgotten. */
interface RoleDefinition<S, M extends AnyMessage, H, Start, On, Timers, Operations> {
  readonly nodes: readonly string[]
  readonly init: S | ((id: string) => S)
  readonly durable?: readonly (keyof S & string)[]
  readonly sync?: 'explicit'
  readonly armed?: readonly NoInfer<TimerName<Timers> & string>[]
  readonly start?: ((self: never, ctx: never) => Start) & ((self: S, ctx: StartContext) => Reaction<S, NoInfer<M>, H>)
  readonly on?: { readonly [K in keyof On]: (self: never, message: never, ctx: never) => On[K] } & {
    readonly [T in M['type']]?: (
      self: S,
      message: NoInfer<MessageOfType<M, T>>,
      ctx: MessageContext,
    ) => Reaction<S, NoInfer<M>, H>
  }
  readonly timers?: { readonly [K in keyof Timers]: (self: never, ctx: never) => Timers[K] } & {
    readonly [name: string]: (self: S, ctx: NodeContext) => Reaction<S, NoInfer<M>, H>
  }
  readonly operations?: { readonly [K in keyof Operations]: (self: never, ctx: never) => Operations[K] } & {
    readonly [name: string]: (self: S, ctx: NodeContext) => Reaction<S, NoInfer<M>, H>
  }
}

/**
 * A role of which the compiler checks that handlers name only what there is: fields of the state, of messages and of the history, and timers. In an object
 * that is a `Role` without this function, TypeScript accepts a wrong field beside a right one, because it does not look for excess
 * properties in what a function returns; the mistake shows only when the handler runs. Not looked into are elements of arrays, and the other members of a union.
 *
 * The types come from where the role goes: annotate that with {@link Role}.
 *
 * @example
 * const server: Role<Server, Message> = role({
 *   nodes: ['s'],
 *   init: { holder: null },
 *   on: { acquire: (self, _, { from }) => self.holder === null && { state: { holder: from }, send: [{ to: from, type: 'granted' }] } },
 * })
 */
export function role<
  S,
  M extends AnyMessage,
  H = never,
  const Start = false,
  const On = object,
  const Timers = object,
  const Operations = object,
>(
  definition: RoleDefinition<NoInfer<S>, M, NoInfer<H>, Start, On, Timers, Operations> &
    Fitting<'start', { readonly start: Start }, S, M, H, Timers> &
    Received<On, M> &
    Fitting<'on', On, S, M, H, Timers> &
    Fitting<'timers', Timers, S, M, H, Timers> &
    Fitting<'operations', Operations, S, M, H, Timers>,
): Role<S, M, H> {
  const kept: object = definition
  return kept as Role<S, M, H>
}
