/**
 * Paxos as another article tells it: proposers ask acceptors, acceptors ask voters, and voters always vote.
 *
 * Topic: consensus
 * Claim: "3. On a request for votes from an acceptor, a voter stores the value and returns the result of the vote to the
 * acceptor. 4. When an acceptor has received a majority of votes, it broadcasts the value to all proposers. 5. When a proposer
 * has received the confirmations of a majority of acceptors, it broadcasts the value to all nodes." (Five articles on faults in
 * distributed systems, in Chinese; article 003, section 3.1, lines 65 to 69.)
 * Why it is wrong: there are no ballots, and no vote is ever refused, so every value that is proposed gets a majority.
 * Granularity: one step is a proposer proposing, or a message delivered. A node has learned a value when the broadcast has
 * reached it.
 * Source: the article; for what is right L. Lamport, "Paxos made simple", 2001.
 * Parameters: `proposers`, each with a value of its own; `acceptors`; `voters`.
 * Expected: `agreement` is violated in 12 steps, without any fault: two values are learned. With three voters it takes 16.
 *
 * What a newcomer learns: a majority decides only if its members may vote once, and a ballot says what once is.
 */
import { ids, integer, type MessageContext, protocol, type Role, role, spec } from 'faultline'
import { Map, Set } from 'immutable'

interface Message {
  readonly type: 'request' | 'askVote' | 'vote' | 'confirm' | 'decision'
  readonly value: string
}

interface Node {
  /** By value, who voted for it (of an acceptor), or who confirmed it (of a proposer). */
  readonly heard: Map<string, Set<string>>
  readonly proposed: boolean
}

interface History {
  readonly learned: Set<string>
}

export default spec(
  'paxos-without-ballots',
  {
    proposers: integer(2, { min: 1, max: 3 }),
    acceptors: integer(1, { min: 1, max: 3 }),
    voters: integer(1, { min: 1, max: 3 }),
  },
  ({ proposers, acceptors, voters }) => {
    const PROPOSERS = ids('p', proposers)
    const ACCEPTORS = ids('a', acceptors)
    const VOTERS = ids('v', voters)
    const ALL = [...PROPOSERS, ...ACCEPTORS, ...VOTERS]
    const tell = (nodes: readonly string[], message: Message) => nodes.map((to) => ({ to, ...message }))

    const init: Node = { heard: Map(), proposed: false }
    const decision = (_self: Node, { value }: Message) => ({
      record: ({ learned }: History) => ({ learned: learned.add(value) }),
    })
    /** Counts who says `value`, and tells `nodes` at the moment when more than half of `all` have. */
    const counting =
      (all: number, nodes: readonly string[], type: Message['type']) =>
      ({ heard }: Node, { value }: Message, { from }: MessageContext) => {
        const sayers = heard.get(value, Set<string>()).add(from)
        const isMajority = sayers.size > all / 2 && sayers.size - 1 <= all / 2
        return { state: { heard: heard.set(value, sayers) }, send: isMajority ? tell(nodes, { type, value }) : [] }
      }

    const proposer: Role<Node, Message, History> = role({
      nodes: PROPOSERS,
      init,
      operations: {
        propose: ({ proposed }, { id }) =>
          !proposed && { state: { proposed: true }, send: tell(ACCEPTORS, { type: 'request', value: `x${id.slice(1)}` }) },
      },
      on: { decision, confirm: counting(acceptors, ALL, 'decision') },
    })
    const acceptor: Role<Node, Message, History> = role({
      nodes: ACCEPTORS,
      init,
      on: {
        decision,
        request: (_self, { value }) => ({ send: tell(VOTERS, { type: 'askVote', value }) }),
        vote: counting(voters, PROPOSERS, 'confirm'),
      },
    })
    const voter: Role<Node, Message, History> = role({
      nodes: VOTERS,
      init,
      on: { decision, askVote: (_self, { value }, { from }) => ({ send: [{ to: from, type: 'vote', value }] }) },
    })

    return protocol({
      roles: { proposer, acceptor, voter },
      history: { learned: Set<string>() },
      invariants: {
        agreement: ({ history: { learned } }) =>
          learned.size <= 1 || { because: `${learned.sort().join(' and ')} are both learned` },
      },
      sometimes: { learned: ({ history }) => history.learned.size > 0 },
      terminal: ({ messages }) => messages.length === 0,
    })
  },
  { expected: { violates: 'agreement', steps: 12 } },
)
