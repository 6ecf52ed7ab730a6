/**
 * Leader election in a ring by Chang and Roberts: a candidate sends its number around; whoever has a smaller number swallows
 * it; a number that comes home has beaten all others.
 *
 * Topic: elections
 * Granularity: one step is one node starting, or one node taking one message. Messages to a node are a set: any of them may be
 * taken next.
 * Source: E. Chang, R. Roberts, "An improved algorithm for decentralized extrema-finding in circular configurations of
 * processes", 1979; tlaplus/Examples, chang_roberts. Every set of initiators is an initial state; the smallest number wins.
 * Parameters: `nodes`, numbered in ring order: 137 states for 3, about seven times as many for each further one.
 * Expected: `oneLeader` holds. Mutants: numbers are forwarded without comparing them; two nodes have the same number.
 *
 * What a newcomer learns: several initial states, and where a protocol may end (`terminal`).
 */

import { choose, ids, integer, machine, recordOf, spec, subsets } from 'faultline'
import { Set } from 'immutable'

type Status = 'candidate' | 'lost' | 'won'

export default spec(
  'chang-roberts',
  { nodes: integer(3, { min: 1, max: 7 }) },
  ({ nodes }, mutant) => {
    const NODES = ids('node', nodes)
    type Node = (typeof NODES)[number]
    const next = recordOf(NODES, (n) => NODES[(NODES.indexOf(n) + 1) % nodes])
    /** A node's number is its name, and the order of `NODES` that of numbers. */
    const numberOf = recordOf(NODES, (n) => (mutant === 'duplicateIds' && n === NODES[1] ? NODES[0] : n))
    const isSmaller = (a: Node, b: Node) => NODES.indexOf(a) < NODES.indexOf(b)

    return machine({
      init: subsets(NODES).map((initiators) => ({
        initiator: recordOf(NODES, (n) => initiators.includes(n)),
        started: recordOf(NODES, false as boolean),
        status: recordOf(NODES, 'candidate' as Status),
        /** Numbers on their way to each node. */
        inbox: recordOf(NODES, Set<Node>()),
      })),
      actions: {
        start: (s) =>
          choose(NODES, (n) => {
            if (s.started[n]) return false
            if (!s.initiator[n]) return { started: { [n]: true }, status: { [n]: 'lost' } }
            return { started: { [n]: true }, inbox: { [next[n]]: s.inbox[next[n]].add(numberOf[n]) } }
          }),
        take: (s) =>
          choose(NODES, (n) =>
            choose(NODES, (number) => {
              if (!s.started[n] || !s.inbox[n].has(number)) return false
              const taken = s.inbox[n].delete(number)
              // In a ring of one, what a node forwards comes back to its own inbox.
              const forwarded =
                next[n] === n ? { [n]: taken.add(number) } : { [n]: taken, [next[n]]: s.inbox[next[n]].add(number) }
              if (s.status[n] === 'lost') return { inbox: forwarded }
              if (number === numberOf[n]) return { inbox: { [n]: taken }, status: { [n]: 'won' } }
              if (mutant === 'noComparison') return { inbox: forwarded }
              if (isSmaller(number, numberOf[n])) return { inbox: forwarded, status: { [n]: 'lost' } }
              return { inbox: { [n]: taken } }
            }),
          ),
      },
      invariants: {
        oneLeader: (s) => NODES.filter((n) => s.status[n] === 'won').length <= 1,
      },
      sometimes: {
        lastNodeWins: (s) => s.status[NODES[nodes - 1]] === 'won',
      },
      terminal: (s) => NODES.every((n) => s.started[n] && s.inbox[n].isEmpty()),
    })
  },
  {
    expected: { states: 137, depth: 9 },
    mutants: {
      noComparison: { violates: 'oneLeader', steps: 9 },
      /** The first two nodes have the number of the first. */
      duplicateIds: { violates: 'oneLeader', steps: 6 },
    },
  },
)
