/**
 * Raft's RequestVote as an article codes it: a voter counts its own term up, instead of adopting the candidate's.
 *
 * Topic: elections
 * Claim: "if self.voted_for is None or self.voted_for == candidate_id: self.voted_for = candidate_id; self.current_term += 1;
 * return True" (Five articles on faults in distributed systems, in Chinese; article 001, section 4.2, lines 138 to 145.)
 * Why it is wrong: a voter's term falls behind that of the candidate that it voted for, so its own next candidacy is in a term
 * in which it has voted for somebody else. And `voted_for` is never cleared: a server that voted for itself votes for nobody
 * else, in any later term.
 * Granularity: one step is an election timeout, a message delivered, or a candidate with enough votes becoming leader. The code
 * has no candidate; it does as in Raft: counts its term up, votes for itself and asks the others.
 * Source: the article; for what is right D. Ongaro, J. Ousterhout, "In search of an understandable consensus algorithm", 2014.
 * Parameters: `servers`; `terms`, the highest term of a candidate; `clears`, whether a voter forgets its vote when it is asked
 * in a later term, which does not help.
 * Expected: `electionSafety` is violated in 9 steps, without any fault: two servers lead one term. Once each of three servers
 * has timed out, which takes 3 steps, no leader is possible any more.
 *
 * What a newcomer learns: a term is a number that all agree on by adopting the highest. raft.ts has this fault as the mutant
 * `voterIncrements`.
 */
import { ids, integer, others, protocol, type Role, role, spec } from 'faultline'
import { Map, Set } from 'immutable'

type Message = { readonly type: 'requestVote' | 'vote'; readonly term: number }

interface Server {
  readonly term: number
  readonly votedFor: string | null
  readonly role: 'follower' | 'candidate' | 'leader'
  readonly votes: Set<string>
}

interface History {
  /** Who ever led a term. */
  readonly leaders: Map<number, Set<string>>
}

export default spec(
  'raft-voter-counts-terms',
  { servers: integer(3, { min: 1, max: 5 }), terms: integer(2, { min: 1, max: 4 }), clears: false },
  ({ servers, terms, clears }) => {
    const SERVERS = ids('s', servers)

    const server: Role<Server, Message, History> = role({
      nodes: SERVERS,
      init: { term: 0, votedFor: null, role: 'follower', votes: Set() },
      armed: ['election'],
      timers: {
        election: ({ role, term }, { id }) =>
          role !== 'leader' &&
          term < terms && {
            state: { term: term + 1, votedFor: id, role: 'candidate', votes: Set([id]) },
            send: others(SERVERS, id).map((to) => ({ to, type: 'requestVote', term: term + 1 })),
            arm: ['election'],
          },
      },
      operations: {
        becomeLeader: ({ role, term, votes }, { id }) =>
          role === 'candidate' &&
          votes.size > servers / 2 && {
            state: { role: 'leader', votes: Set() },
            record: ({ leaders }) => ({ leaders: leaders.update(term, Set(), (all) => all.add(id)) }),
          },
      },
      on: {
        requestVote: (self, { term }, { from }) => {
          if (self.term > term) return {}
          const votedFor = clears && term > self.term ? null : self.votedFor
          if (votedFor !== null && votedFor !== from) return {}
          return {
            state: { votedFor: from, term: self.term + 1, role: 'follower', votes: Set() },
            send: [{ to: from, type: 'vote', term }],
          }
        },
        vote: ({ role, term, votes }, message, { from }) =>
          role === 'candidate' && message.term === term ? { state: { votes: votes.add(from) } } : {},
      },
    })

    return protocol({
      roles: { server },
      history: { leaders: Map<number, Set<string>>() },
      invariants: {
        electionSafety: ({ history }) => {
          const [term, leaders] = history.leaders.findEntry((all) => all.size > 1) ?? []
          return leaders === undefined || { because: `${leaders.sort().join(' and ')} both led term ${term}` }
        },
      },
      sometimes: { led: ({ server }) => SERVERS.some((id) => server[id].role === 'leader') },
      alwaysPossible: { leaderElected: ({ server }) => SERVERS.some((id) => server[id].role === 'leader') },
      // No candidate goes beyond the last term.
      terminal: true,
    })
  },
  { expected: { violates: 'electionSafety', steps: 9, violated: { leaderElected: 3 } } },
)
