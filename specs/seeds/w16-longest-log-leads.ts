/**
 * Raft and ZAB as an article tells them: a follower whose log is longer than the leader's proclaims itself leader.
 *
 * Topic: replication
 * Claim: "When the length of a follower's log exceeds the length of the leader's log, the follower proclaims itself leader, and
 * sends requests to the other followers." (Five articles on faults in distributed systems, in Chinese; article 003, section
 * 3.2, line 92, and word for word section 3.3, line 116.)
 * Why it is wrong: nobody is asked, and no term tells the new leader from the old one. A follower's log should never be longer;
 * it takes one repeated message to make it so, since an entry is appended as often as it comes.
 * Granularity: one step is a request of a client, a message delivered, a follower proclaiming itself, or a fault. A message
 * carries the length of its sender's log, which is all that a follower knows of it. Voters, who only count what they receive,
 * are left out.
 * Source: the article; for what is right D. Ongaro, J. Ousterhout, "In search of an understandable consensus algorithm", 2014.
 * Parameters: `nodes`, of which the first leads at the beginning; `requests` of clients.
 * Faults: one message is duplicated.
 * Expected: `electionSafety` is violated in 5 steps, by one request whose message comes twice.
 *
 * What a newcomer learns: a leader is made by a majority, not by what one node believes of another; messages come twice.
 */
import { ids, integer, others, protocol, type Role, role, spec } from 'faultline'

interface Message {
  readonly type: 'request'
  readonly entry: string
  readonly logLength: number
}

interface Node {
  readonly leads: boolean
  readonly log: readonly string[]
  /** The greatest length that the node knows the leader's log to have. */
  readonly leaderLength: number
}

export default spec(
  'longest-log-leads',
  { nodes: integer(2, { min: 2, max: 4 }), requests: integer(1, { min: 1, max: 3 }) },
  ({ nodes, requests }) => {
    const NODES = ids('n', nodes)

    const node: Role<Node, Message> = role({
      nodes: NODES,
      init: (id) => ({ leads: id === NODES[0], log: [], leaderLength: 0 }),
      operations: {
        request: ({ leads, log }, { id }) => {
          if (!leads || log.length >= requests) return false
          const entry = `entry${log.length + 1}`
          return {
            state: { log: [...log, entry] },
            send: others(NODES, id).map((to) => ({ to, type: 'request', entry, logLength: log.length + 1 })),
          }
        },
        proclaim: ({ leads, log, leaderLength }, { id }) =>
          !leads &&
          log.length > leaderLength && {
            state: { leads: true },
            send: others(NODES, id).map((to) => ({ to, type: 'request', entry: String(log.at(-1)), logLength: log.length })),
          },
      },
      on: {
        request: ({ log, leaderLength }, { entry, logLength }) => ({
          state: { log: [...log, entry], leaderLength: Math.max(leaderLength, logLength) },
        }),
      },
    })

    return protocol({
      roles: { node },
      faults: { duplicate: 1 },
      invariants: {
        electionSafety: ({ node }) => {
          const leaders = NODES.filter((id) => node[id].leads)
          return leaders.length <= 1 || { because: `${leaders.join(' and ')} both lead` }
        },
      },
      sometimes: { replicated: ({ node }) => NODES.every((id) => node[id].log.length === requests) },
      terminal: ({ messages }) => messages.length === 0,
    })
  },
  { expected: { violates: 'electionSafety', steps: 5 } },
)
