/**
 * Paxos as an article tells it: a leader who has enough votes pushes its own value, and voters report nothing.
 *
 * Topic: consensus
 * Claim: "Other nodes decide by their own highest proposal number whether to vote. If it is smaller than the number received,
 * they vote. ... In the decision phase the leader broadcasts its own proposal to the other nodes, and these update theirs."
 * (Five articles on faults in distributed systems, in Chinese; article 000, section 3.1.2, lines 39 to 45.)
 * Why it is wrong: a vote says nothing about what was decided before, so a second leader cannot adopt it and decides for its
 * own value; and whoever votes promises nothing, so one node votes for both. Besides, a node that has seen a proposal can never
 * vote for it, because its own highest number is that proposal's: votes come only where the request overtakes the proposal.
 * Granularity: one step sends a proposal, sends the requests for votes, or delivers a message.
 * Source: the article; for what is missing L. Lamport, "Paxos made simple", 2001.
 * Parameters: `nodes`; `proposers`, the first of them, each with a number and a value of its own; `links`, `unordered` or
 * `fifo`; `votesFor`, numbers that are `higher` than the highest seen, as the article says, or `notLower`.
 * Expected: `agreement` is violated in 8 steps, without any fault: two leaders decide, each for its own value. On `fifo` links
 * nobody ever votes, so nothing is decided; with `votesFor=notLower` besides, `agreement` is violated in 10.
 *
 * What a newcomer learns: phase 1 of Paxos is there to learn what may have been decided; paxos.ts has it.
 */
import { ids, integer, oneOf, others, protocol, type Role, role, spec } from 'faultline'
import { Set } from 'immutable'

type Message =
  | { readonly type: 'proposal'; readonly number: number; readonly value: string }
  | { readonly type: 'requestVote' | 'vote'; readonly number: number }
  | { readonly type: 'decision'; readonly value: string }

interface Node {
  readonly highest: number
  readonly phase: 'idle' | 'proposed' | 'requested' | 'decided'
  readonly votes: Set<string>
  readonly value: string
}

interface History {
  readonly decided: Set<string>
}

export default spec(
  'paxos-without-adoption',
  {
    nodes: integer(3, { min: 2, max: 5 }),
    proposers: integer(2, { min: 1, max: 3 }),
    links: oneOf('unordered', ['unordered', 'fifo']),
    votesFor: oneOf('higher', ['higher', 'notLower']),
  },
  ({ nodes, proposers, links, votesFor }) => {
    const NODES = ids('n', nodes)
    const numberOf = (id: string) => Number(id.slice(1))
    const own = (id: string) => ({ number: numberOf(id), value: `v${numberOf(id)}` })
    const tell = <M extends Message>(id: string, message: M) => others(NODES, id).map((to) => ({ to, ...message }))

    const node: Role<Node, Message, History> = role({
      nodes: NODES,
      init: { highest: 0, phase: 'idle', votes: Set(), value: 'none' },
      operations: {
        propose: ({ phase }, { id }) =>
          phase === 'idle' &&
          numberOf(id) <= proposers && {
            state: { phase: 'proposed' },
            send: tell(id, { type: 'proposal', ...own(id) }),
          },
        requestVotes: ({ phase }, { id }) =>
          phase === 'proposed' && {
            state: { phase: 'requested', votes: Set([id]) },
            send: tell(id, { type: 'requestVote', number: numberOf(id) }),
          },
      },
      on: {
        proposal: ({ highest }, { number }) => ({ state: { highest: Math.max(highest, number) } }),
        requestVote: ({ highest }, { number }, { from }) =>
          number > highest || (number === highest && votesFor === 'notLower')
            ? { send: [{ to: from, type: 'vote', number }] }
            : {},
        vote: (self, _message, { id, from }) => {
          if (self.phase !== 'requested') return {}
          const votes = self.votes.add(from)
          if (votes.size <= nodes / 2) return { state: { votes } }
          const { value } = own(id)
          return {
            state: { phase: 'decided', votes: Set(), value },
            send: tell(id, { type: 'decision', value }),
            record: ({ decided }) => ({ decided: decided.add(value) }),
          }
        },
        decision: (_self, { value }) => ({ state: { value } }),
      },
    })

    return protocol({
      roles: { node },
      network: links,
      history: { decided: Set<string>() },
      invariants: {
        agreement: ({ history: { decided } }) =>
          decided.size <= 1 || { because: `${decided.sort().join(' and ')} are both decided` },
      },
      sometimes: { decided: ({ history }) => history.decided.size > 0 },
      // Whoever is short of votes waits for ever.
      terminal: true,
    })
  },
  { expected: { violates: 'agreement', steps: 8 } },
)
