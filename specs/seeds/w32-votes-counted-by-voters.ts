/**
 * Leader election as an article codes it: whoever is asked for a vote counts it for itself, once.
 *
 * Topic: elections
 * Claim: "def vote(self, candidate_id): if not self.is_candidate: self.is_candidate = True; self.vote_count += 1; if
 * self.vote_count > len(self.nodes) // 2 + 1: leader_election.elect_leader(self)" (Five articles on faults in distributed
 * systems, in Chinese; article 002, section 4.4.1, lines 376 to 388.)
 * Why it is wrong: the voter counts, not the candidate, and after its first vote it is a candidate itself and counts no more.
 * So no count ever exceeds 1, and nobody is elected, whatever the number of nodes. If somebody were, it would be the voter.
 * Granularity: one step is a node that waited long enough becoming candidate, or one call of `vote`, which may take its time
 * like a message.
 * Source: the article; chang-roberts.ts and raft.ts elect leaders.
 * Parameters: `nodes`: 86 states for 3, about a million for 5; `threshold`, whether a count must `exceed` half of the nodes
 * plus one, as in the article, or may `reach` it.
 * Expected: `leaderElected` is unreachable, for 1, 2, 3 and 5 nodes and either threshold.
 *
 * What a newcomer learns: a protocol that never does anything breaks no invariant. `sometimes` asks that it can do what it is
 * for.
 */
import { ids, integer, oneOf, others, protocol, type Role, role, spec } from 'faultline'

interface Message {
  readonly type: 'vote'
}

interface Node {
  readonly isCandidate: boolean
  readonly voteCount: number
}

interface History {
  readonly leader: string | null
}

export default spec(
  'votes-counted-by-voters',
  { nodes: integer(3, { min: 1, max: 5 }), threshold: oneOf('exceed', ['exceed', 'reach']) },
  ({ nodes, threshold }) => {
    const NODES = ids('n', nodes)
    const needed = Math.floor(nodes / 2) + 1 + (threshold === 'exceed' ? 1 : 0)

    const node: Role<Node, Message, History> = role({
      nodes: NODES,
      init: { isCandidate: false, voteCount: 0 },
      armed: ['election'],
      timers: {
        election: ({ isCandidate }, { id }) =>
          !isCandidate && {
            state: { isCandidate: true, voteCount: 1 },
            send: others(NODES, id).map((to) => ({ to, type: 'vote' })),
            arm: ['election'],
          },
      },
      on: {
        vote: ({ isCandidate, voteCount }, _message, { id }) => {
          if (isCandidate) return {}
          return {
            state: { isCandidate: true, voteCount: voteCount + 1 },
            record: () => (voteCount + 1 >= needed ? { leader: id } : {}),
          }
        },
      },
    })

    return protocol({
      roles: { node },
      history: { leader: null as string | null },
      invariants: {
        countsOnce: ({ node }) => NODES.every((id) => node[id].voteCount <= 1),
      },
      sometimes: { leaderElected: ({ history }) => history.leader !== null },
      terminal: true,
    })
  },
  { expected: { violates: 'leaderElected', states: 86, depth: 7 } },
)
