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
    ...(timed.length > 0 ? { timers: byNode(timed, (id) => recordOf(of, id).armed) } : {}),
    ...(of.up === undefined ? {} : { up: of.up }),
    ...(of.cut === undefined ? {} : { cut: of.cut }),
    ...(clocked.size > 0 ? { now: byNode(clocked, (id) => clockOf(layout, of, id)) } : {}),
    messages: messagesIn(layout, of),
    ...(of.history === undefined ? {} : { history: of.history }),
  }
}
