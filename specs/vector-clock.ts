/**
 * Vector clocks: a node stamps each event with what it knows of everyone's events, so that stamps tell which event can have
 * caused which.
 *
 * Topic: clocks
 * Granularity: one step is one event: a node computes, sends a message to one other node, or takes one that was sent.
 * Properties compare the stamps with the true causal past of each event, which the history keeps and no node sees.
 * Source: C. J. Fidge, "Timestamps in message-passing systems that preserve the partial ordering", 1988; F. Mattern, "Virtual
 * time and global states of distributed systems", 1989.
 * Parameters: `nodes`; `events`, how many there are at most in one behaviour: 10,567 states for 3 nodes and 4 events, 569 for
 * 2 nodes, 117,946 for 3 and 5. What is outside is generated too, ten times as many.
 * Expected: an event is before another exactly where its stamp is smaller, and no node knows more of another than that does
 * itself. Mutants: a receiver does not take over what the sender knew; a send, or a receipt, does not count as an event; a
 * receiver counts an event for everyone in place of merging.
 *
 * What a newcomer learns: ghost variables; concurrent events have stamps that cannot be compared, so a vector clock tells
 * that two things conflict, and never which of them wins.
 */
import { choose, every, ids, integer, others, protocol, type Role, role, spec } from 'faultline'

type Stamp = readonly number[]

/** A message says which event sent it, for the history alone. */
type Message = { readonly type: 'message'; readonly stamp: Stamp; readonly event: string }

interface Node {
  /** How many events of each node this one knows of. */
  readonly clock: Stamp
  readonly events: number
}

interface Event {
  readonly id: string
  readonly stamp: Stamp
  /** All events that happened before it. */
  readonly past: readonly string[]
}

/** Events in the order in which they happened, which is one of many that nobody could tell apart. */
type History = readonly Event[]
const nothing: History = []

const isLess = (a: Stamp, b: Stamp) => a.every((n, i) => n <= Number(b[i])) && a.some((n, i) => n < Number(b[i]))
const isBefore = (a: Event, b: Event) => b.past.includes(a.id)
/** An event and all before it. */
const upTo = (event: Event | undefined) => (event === undefined ? [] : [...event.past, event.id])

export default spec(
  'vector-clock',
  { nodes: integer(3, { min: 2, max: 4 }), events: integer(4, { min: 1, max: 6 }) },
  ({ nodes, events }, mutant) => {
    const NODES: readonly string[] = ids('n', nodes)
    const tick = (clock: Stamp, id: string) => clock.map((n, i) => (NODES[i] === id ? n + 1 : n))
    const merge = (a: Stamp, b: Stamp) => a.map((n, i) => Math.max(n, Number(b[i])))

    /** What an event changes at its node, and in the history; `cause` is the event that sent the message that it takes. */
    const happens = (self: Node, id: string, stamp: Stamp, cause?: string) => {
      const event = `${id}.${self.events + 1}`
      return {
        state: { clock: stamp, events: self.events + 1 },
        record: (history: History): History => {
          const previous = history.find((other) => other.id === `${id}.${self.events}`)
          const sent = history.find((other) => other.id === cause)
          return [...history, { id: event, stamp, past: [...new Set([...upTo(previous), ...upTo(sent)])].sort() }]
        },
      }
    }

    const known = (node: Node | undefined, of: string) => Number(node?.clock[NODES.indexOf(of)])

    const node: Role<Node, Message, History> = role({
      nodes: NODES,
      init: { clock: NODES.map(() => 0), events: 0 },
      operations: {
        compute: (self, { id }) => happens(self, id, tick(self.clock, id)),
        send: (self, { id }) => {
          const stamp = mutant === 'noTickSend' ? self.clock : tick(self.clock, id)
          const event = `${id}.${self.events + 1}`
          return choose(others(NODES, id), (to) => ({
            ...happens(self, id, stamp),
            send: [{ to, type: 'message', stamp, event }],
          }))
        },
      },
      on: {
        message: (self, { stamp, event }, { id }) => {
          if (mutant === 'incrementAll')
            return happens(
              self,
              id,
              self.clock.map((n) => n + 1),
              event,
            )
          const known = mutant === 'noMerge' ? self.clock : merge(self.clock, stamp)
          return happens(self, id, mutant === 'noTickReceive' ? known : tick(known, id), event)
        },
      },
    })

    return protocol({
      roles: { node },
      history: nothing,
      invariants: {
        clockCondition: ({ history }) =>
          every(history, (a) => every(history, (b) => !isBefore(a, b) || isLess(a.stamp, b.stamp))),
        strongClockCondition: ({ history }) =>
          every(history, (a) => every(history, (b) => isBefore(a, b) === isLess(a.stamp, b.stamp))),
        knowledgeBound: (world) => every(NODES, (a) => every(NODES, (b) => known(world.node[a], b) <= known(world.node[b], b))),
      },
      sometimes: {
        concurrent: ({ history }) => history.some((a) => history.some((b) => a !== b && !isBefore(a, b) && !isBefore(b, a))),
        knowsAtSecondHand: ({ history }) => history.some(({ stamp }) => stamp.every((n) => n > 0)),
      },
      constraints: { fewEvents: ({ history }) => history.length <= events },
    })
  },
  {
    expected: { states: 10_567, depth: 4 },
    mutants: {
      noMerge: { violates: 'clockCondition', steps: 2 },
      noTickSend: { violates: 'clockCondition', steps: 2 },
      noTickReceive: { violates: 'clockCondition', steps: 2 },
      incrementAll: { violates: 'knowledgeBound', steps: 2 },
    },
  },
)
