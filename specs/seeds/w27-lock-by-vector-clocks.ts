/**
 * A lock as an article would have it: who asked first, by vector clocks, gets it.
 *
 * Topic: mutual exclusion
 * Claim: "The vector clock algorithm can be used to guarantee the consistency of locks." (Five articles on faults in
 * distributed systems, in Chinese; article 002, section 5.3, line 483.)
 * Why it is wrong: vector clocks order what happened one after the other. Of two requests that know nothing of each other
 * neither is before the other, so neither has to wait, and both enter.
 * Granularity: one step is a node asking, entering or leaving, or a message delivered. Channels keep the order.
 * Source: the article; L. Lamport, "Time, clocks, and the ordering of events in a distributed system", 1978, has the protocol.
 * Parameters: two nodes, each of which asks once; `order`, by `vector` clocks, or `total`: by the sums of their components, and
 * by the nodes' numbers where these are equal.
 * Expected: `mutualExclusion` is violated in 8 steps, without any fault. By the total order it holds, in 62 states.
 *
 * What a newcomer learns: a partial order says that two things conflict, and not who wins; lamport-mutex.ts makes a total one.
 */
import { oneOf, others, protocol, type Role, role, spec } from 'faultline'

type Message = { readonly type: 'request'; readonly clock: Clock } | { readonly type: 'acknowledge' | 'release' }

/** By node, how many of its requests are known of. */
interface Clock {
  readonly n1: number
  readonly n2: number
}

interface Node {
  readonly clock: Clock
  readonly phase: 'idle' | 'asking' | 'acknowledged' | 'inside' | 'done'
  readonly own: Clock
  /** The other's request, while it stands. */
  readonly other: Clock | null
}

const NODES = ['n1', 'n2'] as const
const zero: Clock = { n1: 0, n2: 0 }

export default spec(
  'lock-by-vector-clocks',
  { order: oneOf('vector', ['vector', 'total']) },
  ({ order }) => {
    const precedes = (a: Clock, b: Clock) => a.n1 <= b.n1 && a.n2 <= b.n2 && (a.n1 < b.n1 || a.n2 < b.n2)
    const sum = ({ n1, n2 }: Clock) => n1 + n2
    /** Whether the other's request is before the own. */
    const mustWait = (other: Clock, own: Clock, id: string) =>
      order === 'vector' ? precedes(other, own) : sum(other) < sum(own) || (sum(other) === sum(own) && id === 'n2')

    const node: Role<Node, Message> = role({
      nodes: NODES,
      init: { clock: zero, phase: 'idle', own: zero, other: null },
      operations: {
        ask: ({ phase, clock }, { id }) => {
          if (phase !== 'idle') return false
          const own = id === 'n1' ? { ...clock, n1: clock.n1 + 1 } : { ...clock, n2: clock.n2 + 1 }
          return {
            state: { phase: 'asking', clock: own, own },
            send: others(NODES, id).map((to) => ({ to, type: 'request', clock: own })),
          }
        },
        enter: ({ phase, own, other }, { id }) =>
          phase === 'acknowledged' && (other === null || !mustWait(other, own, id)) && { state: { phase: 'inside' } },
        leave: ({ phase }, { id }) =>
          phase === 'inside' && {
            state: { phase: 'done' },
            send: others(NODES, id).map((to) => ({ to, type: 'release' })),
          },
      },
      on: {
        request: (self, { clock }, { from }) => ({
          state: {
            other: clock,
            clock: { n1: Math.max(self.clock.n1, clock.n1), n2: Math.max(self.clock.n2, clock.n2) },
          },
          send: [{ to: from, type: 'acknowledge' }],
        }),
        acknowledge: () => ({ state: { phase: 'acknowledged' } }),
        release: () => ({ state: { other: null } }),
      },
    })

    return protocol({
      roles: { node },
      network: 'fifo',
      invariants: {
        mutualExclusion: ({ node }) => NODES.some((id) => node[id].phase !== 'inside') || { because: 'both are inside' },
      },
      sometimes: { bothWereInside: ({ node }) => NODES.every((id) => node[id].phase === 'done') },
      terminal: ({ node }) => NODES.every((id) => node[id].phase === 'done'),
    })
  },
  { expected: { violates: 'mutualExclusion', steps: 8 } },
)
