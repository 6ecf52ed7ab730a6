import { nearest } from '../../spec/nearest.js'
import type { Roles, World } from '../../spec/protocol.js'
import type { Envelope } from '../../spec/protocol-role.js'
import { SpecError } from '../../spec/spec-error.js'
import type { Layout } from './layout.js'
import { clockOf, isUp } from './protocol-actions.js'
import type { Fields, ProtocolState } from './state.js'

/** All messages in flight: those without an order in canonical order, then channel by channel. */
export function messagesIn(
  { sources }: Layout,
  {
    unordered = [],
    set = [],
    fifo,
  }: Pick<ProtocolState, 'fifo'> & { readonly unordered?: Iterable<Envelope>; readonly set?: Iterable<Envelope> },
): Envelope[] {
  const channels = sources.filter(({ kind }) => kind === 'fifo').map(({ label }) => fifo?.[label] ?? [])
  return [...unordered, ...set, ...channels.flatMap((channel) => [...channel])]
}

/**
 * Makes the worlds that properties see. A world shows what its state shows at the moment that it is asked, and reads no more than that; there is one for
 * each state object, since a search has one view that shows state after state.
 */
export function worlds(layout: Layout): (state: unknown) => World<Roles> {
  const known = new WeakMap<object, World<Roles>>()
  return (state) => {
    const of = state as ProtocolState
    const world = known.get(of) ?? worldOf(layout, of)
    known.set(of, world)
    return world
  }
}

function worldOf(layout: Layout, state: ProtocolState): World<Roles> {
  const { nodes, definition, clocked } = layout
  const roles = Object.keys(definition.roles).map((name) => {
    const members = nodes.filter(({ roleName }) => roleName === name)
    return [name, () => byNode(layout, name, lazily(members.map(({ id }) => [id, () => state.node[id]?.state])))] as const
  })
  const world = lazily([
    ...roles.map(([name, make]) => [name, always(make())] as const),
    ['up', always(byNode(layout, 'up', lazily(nodes.map((node) => [node.id, () => isUp(state, node)]))))],
    ['messages', () => messagesIn(layout, state)],
    ['history', () => state.history],
    ['now', always(byNode(layout, 'now', lazily([...clocked].map((id) => [id, () => clockOf(layout, state, id)]))))],
  ])
  return world as World<Roles>
}

/**
 * A record by node that refuses to be asked for what is no node at all: `undefined` would count as false, and a property that has a typing mistake in it
 * would hold. For a node of another role it has `undefined`.
 */
function byNode({ byId }: Layout, name: string, record: Fields): Fields {
  const ids = [...byId.keys()]
  return new Proxy(record, {
    get(target, key, receiver) {
      if (typeof key === 'string' && !(key in target) && !byId.has(key) && isLikeId(key, ids)) throw noSuchNode(name, key, ids)
      return Reflect.get(target, key, receiver)
    },
  })
}

/** Whether a key is more likely the misspelt id of a node than something that libraries ask any object for, such as `length` or `toJSON`. */
function isLikeId(key: string, ids: readonly string[]): boolean {
  const isShort = /^[A-Za-z]{1,2}$|^[A-Za-z]+\d+$/.test(key)
  return isShort || nearest(key, ids, { found: () => 'near', none: () => '' }) !== ''
}

function noSuchNode(name: string, id: string, known: readonly string[]): SpecError {
  return new SpecError(`asked for '${name}.${id}', and there is no node '${id}'`, {
    hint: nearest(id, known, {
      found: (other) => `did you mean '${other}'?`,
      none: (all) => `the nodes are ${all.join(', ')}`,
    }),
  })
}

function always<T>(value: T): () => T {
  return () => value
}

/** A frozen record whose fields are worked out when they are asked for. */
function lazily(fields: readonly (readonly [name: string, get: () => unknown])[]): Fields {
  const record = {}
  for (const [name, get] of fields) Object.defineProperty(record, name, { enumerable: true, get })
  return Object.freeze(record)
}
