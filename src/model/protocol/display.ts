import { Set } from 'immutable'
import type { Envelope } from '../../spec/protocol-role.js'
import { Bag, Queue } from '../../values/bag.js'
import type { Layout } from './layout.js'
import { clockOf } from './protocol-actions.js'
import type { Fields, ProtocolState } from './state.js'
import { messagesIn, recordOf } from './world.js'

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
      (id) => recordOf(of, id).state,
    ),
    ...(timed.length > 0 ? { timers: byNode(timed, (id) => Set(recordOf(of, id).armed)) } : {}),
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
