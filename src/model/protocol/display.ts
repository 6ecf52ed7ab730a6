import { Set } from 'immutable'
import type { Envelope } from '../../spec/protocol-role.js'
import { Bag, Queue } from '../../values/bag.js'
import type { Layout } from './layout.js'
import { clockOf } from './protocol-actions.js'
import type { Fields, ProtocolState } from './state.js'
import { messagesIn } from './world.js'

/** A state as people read it: the fields of every node under its id, and beside them what the nodes do not see. */
export function displayOf(layout: Layout, state: unknown): Fields {
  const { nodes, clocked } = layout
  const of = state as ProtocolState
  const byNode = (ids: Iterable<string>, value: (id: string) => unknown): Fields =>
    Object.fromEntries(Array.from(ids, (id) => [id, value(id)]))
  const timed = nodes.filter(({ timers }) => timers.length > 0).map(({ id }) => id)
  return {
    ...byNode(
      nodes.map(({ id }) => id),
      (id) => of.node[id]?.state,
    ),
    ...(timed.length > 0 ? { timers: byNode(timed, (id) => Set(of.node[id]?.armed)) } : {}),
    ...(of.up === undefined ? {} : { up: of.up }),
    ...(of.cut === undefined ? {} : { cut: of.cut }),
    ...(clocked.size > 0 ? { now: byNode(clocked, (id) => clockOf(layout, of, id)) } : {}),
    messages: inFlight(layout, of),
    ...(of.history === undefined ? {} : { history: of.history }),
  }
}

/** The messages in flight: their order counts as soon as one channel keeps it. */
function inFlight(layout: Layout, state: ProtocolState): Bag<Envelope> | Queue<Envelope> {
  const messages = messagesIn(layout, state)
  return layout.sources.some(({ kind }) => kind === 'fifo') ? new Queue(messages) : new Bag(messages, false)
}

/**
 * Where {@link displayOf} shows a leaf of the state; spent budgets, which it does not show, stand under `spent`, the skew of clocks under `skew`.
 *
 * @returns `null` for what nobody sees.
 */
export function displayPath([root = '', ...rest]: readonly string[]): readonly string[] | null {
  switch (root) {
    case 'node':
      return inNode(rest)
    case 'clock':
      return rest[0] === 'all' ? ['now'] : ['now', ...rest]
    case 'offset':
      return ['skew', ...rest]
    case 'used':
      return ['spent', ...rest]
    case 'fifo':
      return ['messages', ...rest]
    default:
      return [root, ...rest]
  }
}

/** Where the fields of a node and its timers are displayed; what was synced is not. */
function inNode([id = '', part = '', ...rest]: readonly string[]): readonly string[] | null {
  return part === 'state' ? [id, ...rest] : part === 'armed' ? ['timers', id] : null
}
