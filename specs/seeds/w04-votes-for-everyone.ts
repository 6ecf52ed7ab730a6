/**
 * Paxos as a third article tells it: a node votes for everyone who asks, until it knows of a leader.
 *
 * Topic: consensus
 * Claim: "2. When the other nodes have received a Vote Request, and no leader has been elected yet, they send a Vote Reply to
 * the node that sent the request, to agree. 3. When the leader has received enough Vote Replies, it sends a Promise to the
 * other nodes, which says that it has decided to use a value." (Five articles on faults in distributed systems, in Chinese;
 * article 001, section 3.1.1, lines 41 to 44.)
 * Why it is wrong: whoever does not know of a leader votes again, so two nodes have a majority each. The Promise comes after
 * the vote, from the wrong side, and promises nothing: whoever gets two confirms both.
 * Granularity: one step is a node asking for votes, becoming leader or sending its Promise, or a message delivered.
 * Source: the article; for what is right L. Lamport, "Paxos made simple", 2001.
 * Parameters: `nodes`; `candidates`, the first of them, each with a value of its own.
 * Expected: `oneLeader` is violated in 8 steps, and `agreement` in 14, without any fault.
 *
 * What a newcomer learns: a vote is a promise to vote for nobody else, and must be kept before anybody knows how the election
 * ends.
 */
import { ids, integer, others, protocol, type Role, role, spec } from 'faultline'
import { Set } from 'immutable'

type Message = { readonly type: 'voteRequest' | 'voteReply' | 'confirm' } | { readonly type: 'promise'; readonly value: string }

interface Node {
  readonly phase: 'idle' | 'asking' | 'leader' | 'promised' | 'decided'
  /** Who replied to the request for votes, and later who confirmed the value. */
  readonly heard: Set<string>
  readonly knowsLeader: boolean
}

export default spec(
  'votes-for-everyone',
  { nodes: integer(3, { min: 2, max: 5 }), candidates: integer(2, { min: 1, max: 3 }) },
  ({ nodes, candidates }) => {
    const NODES = ids('n', nodes)
    const valueOf = (id: string) => `v${id.slice(1)}`
    const tell = <M extends Message>(id: string, message: M) => others(NODES, id).map((to) => ({ to, ...message }))

    const node: Role<Node, Message> = role({
      nodes: NODES,
      init: { phase: 'idle', heard: Set(), knowsLeader: false },
      operations: {
        askVotes: ({ phase }, { id }) =>
          phase === 'idle' &&
          NODES.slice(0, candidates).some((candidate) => candidate === id) && {
            state: { phase: 'asking', heard: Set([id]) },
            send: tell(id, { type: 'voteRequest' }),
          },
        becomeLeader: ({ phase, heard }) =>
          phase === 'asking' && heard.size > nodes / 2 && { state: { phase: 'leader', knowsLeader: true } },
        promise: ({ phase }, { id }) =>
          phase === 'leader' && {
            state: { phase: 'promised', heard: Set([id]) },
            send: tell(id, { type: 'promise', value: valueOf(id) }),
          },
      },
      on: {
        voteRequest: ({ knowsLeader }, _message, { from }) => (knowsLeader ? {} : { send: [{ to: from, type: 'voteReply' }] }),
        voteReply: ({ phase, heard }, _message, { from }) => (phase === 'asking' ? { state: { heard: heard.add(from) } } : {}),
        promise: (_self, _message, { from }) => ({ state: { knowsLeader: true }, send: [{ to: from, type: 'confirm' }] }),
        confirm: ({ phase, ...self }, _message, { from }) => {
          if (phase !== 'promised') return {}
          const heard = self.heard.add(from)
          return { state: heard.size > nodes / 2 ? { phase: 'decided', heard: Set() } : { heard } }
        },
      },
    })

    return protocol({
      roles: { node },
      invariants: {
        oneLeader: ({ node }) => {
          const leaders = NODES.filter((id) => ['leader', 'promised', 'decided'].includes(node[id].phase))
          return leaders.length <= 1 || { because: `${leaders.join(' and ')} both lead` }
        },
        agreement: ({ node }) => {
          const deciders = NODES.filter((id) => node[id].phase === 'decided')
          return deciders.length <= 1 || { because: `${deciders.map(valueOf).join(' and ')} are both decided` }
        },
      },
      sometimes: { decided: ({ node }) => NODES.some((id) => node[id].phase === 'decided') },
      // Whoever is short of votes waits for ever.
      terminal: true,
    })
  },
  { expected: { violates: 'oneLeader', steps: 8 } },
)
