/**
 * Leader election as an article codes it, with the count put right: a node votes once, and never again.
 *
 * Topic: elections
 * Claim: "def start_candidate(self): self.is_candidate = True; self.vote_count = 1; ... def vote(self, candidate_id): if not
 * self.is_candidate: self.is_candidate = True" (Five articles on faults in distributed systems, in Chinese; article 002,
 * section 4.4.1, lines 376 to 388.)
 * Why it is wrong: `is_candidate` is never reset, and there are no terms, so nobody gets a second vote. Where votes are split,
 * they stay split.
 * Granularity: one step is a node that waited long enough becoming candidate, or a message delivered.
 * Source: the article, but votes are counted by the candidate that gets them, and a majority is enough:
 * w32-votes-counted-by-voters.ts has the code as it is.
 * Parameters: `nodes`.
 * Expected: `leaderPossible` is lost after as many steps as there are nodes, if there are two or three: each has voted for
 * itself. No fault is needed. There is never more than one leader.
 *
 * What a newcomer learns: a state may be safe and hopeless; `alwaysPossible` finds it, without any assumption about who is
 * quick.
 */
import { ids, integer, others, protocol, type Role, role, spec } from 'faultline'

interface Message {
  readonly type: 'askVote' | 'vote'
}

interface Node {
  readonly isCandidate: boolean
  readonly voteCount: number
}

export default spec(
  'one-vote-for-ever',
  { nodes: integer(3, { min: 2, max: 4 }) },
  ({ nodes }) => {
    const NODES = ids('n', nodes)

    const node: Role<Node, Message> = role({
      nodes: NODES,
      init: { isCandidate: false, voteCount: 0 },
      armed: ['election'],
      timers: {
        election: ({ isCandidate }, { id }) =>
          !isCandidate && {
            state: { isCandidate: true, voteCount: 1 },
            send: others(NODES, id).map((to) => ({ to, type: 'askVote' })),
            arm: ['election'],
          },
      },
      on: {
        askVote: ({ isCandidate }, _message, { from }) =>
          isCandidate ? {} : { state: { isCandidate: true }, send: [{ to: from, type: 'vote' }] },
        vote: ({ voteCount }) => ({ state: { voteCount: voteCount + 1 } }),
      },
    })

    const leaders = (counts: { readonly [id: string]: Node }) => NODES.filter((id) => counts[id].voteCount > nodes / 2)
    return protocol({
      roles: { node },
      invariants: { oneLeader: ({ node }) => leaders(node).length <= 1 },
      sometimes: { leaderElected: ({ node }) => leaders(node).length > 0 },
      alwaysPossible: { leaderPossible: ({ node }) => leaders(node).length > 0 },
      terminal: true,
    })
  },
  { expected: { violates: 'leaderPossible', steps: 3 } },
)
