/**
 * Vector clocks as an article codes them: on receipt a node counts up every component, instead of taking the maximum and
 * counting its own.
 *
 * Topic: clocks
 * Claim: "def receive(self, msg): vector_clock = msg['vector_clock']; for node in vector_clock: self.vector_clock.inc(node)"
 * (Five articles on faults in distributed systems, in Chinese; article 002, section 4.2.2, lines 217 to 227.)
 * Why it is wrong: a component counts events of its node, so only that node may count it up; here a receiver claims to know of
 * events that never happened. Sending counts nothing, so it gets the stamp of the event before; and it reads the receiver's
 * clock, which is elsewhere.
 * Granularity: one step is a call of `send`, which calls `receive` of the other node itself: two events.
 * Source: the article; for what is right C. J. Fidge, "Timestamps in message-passing systems that preserve the partial
 * ordering", 1988, and F. Mattern, "Virtual time and global states of distributed systems", 1989.
 * Parameters: `nodes`; `sends`, how many messages are sent.
 * Expected: `knowledgeBound` is violated in 1 step: the receiver counts an event of the sender that the sender does not count.
 * `clockCondition` is violated in 2: two nodes send to each other, and an event has the stamp of the one before it.
 *
 * What a newcomer learns: a stamp is a claim about the past, and there is an invariant that says which claims are true.
 */
import { choose, ids, integer, machine, others, recordOf, spec } from 'faultline'

export default spec(
  'vector-clock-counts-everyone',
  { nodes: integer(2, { min: 2, max: 4 }), sends: integer(2, { min: 1, max: 5 }) },
  ({ nodes, sends }) => {
    const NODES = ids('n', nodes)
    type Node = (typeof NODES)[number]
    type Vector = Readonly<Record<Node, number>>
    const isBefore = (a: Vector, b: Vector) => NODES.every((n) => a[n] <= b[n]) && NODES.some((n) => a[n] < b[n])
    const zero = recordOf(NODES, 0)

    return machine({
      init: {
        /** The clock of each node, which is the stamp of its last event. */
        vector: recordOf(NODES, zero),
        hadEvent: recordOf(NODES, false as boolean),
        sent: 0,
      },
      actions: {
        send: (s) =>
          s.sent < sends &&
          choose(NODES, (from) =>
            choose(others(NODES, from), (to) => ({
              vector: {
                [from]: { [to]: Math.max(s.vector[from][to], s.vector[to][to]) },
                [to]: recordOf(NODES, (n) => s.vector[to][n] + 1),
              },
              hadEvent: { [from]: true, [to]: true },
              sent: s.sent + 1,
            })),
          ),
      },
      invariants: {
        knowledgeBound: (s) => {
          const claims = NODES.flatMap((b) => others(NODES, b).map((a) => [b, a] as const))
          const [b, a] = claims.find(([b, a]) => s.vector[b][a] > s.vector[a][a]) ?? []
          return b === undefined || { because: `${b} knows of more events of ${a} than ${a} does` }
        },
      },
      transitions: {
        // Of two events that follow each other, on one node or by a message, the later one has the greater stamp.
        clockCondition: (before, after, { args }) => {
          const [from, to] = [0, 1].map((place) => NODES.find((n) => n === args[place]))
          if (from === undefined || to === undefined) return false
          const onNodes = [from, to].filter((n) => before.hadEvent[n]).map((n) => [before.vector[n], after.vector[n]] as const)
          const pairs = [...onNodes, [after.vector[from], after.vector[to]] as const]
          const wrong = pairs.find(([earlier, later]) => !isBefore(earlier, later))
          return wrong === undefined || { because: 'the later of two events has no greater stamp', stamps: wrong }
        },
      },
      terminal: (s) => s.sent === sends,
    })
  },
  { expected: { violates: 'knowledgeBound', steps: 1, violated: { clockCondition: 2 } } },
)
