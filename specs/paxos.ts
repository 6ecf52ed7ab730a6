/**
 * Paxos: acceptors choose one value, whatever the ballots that compete and however messages are lost, repeated or late.
 *
 * Topic: consensus
 * Granularity: one step is one phase of one ballot or one acceptor. Messages are a set that only grows, so loss, duplication
 * and reordering come for free, and a crashed process is one that stays silent.
 * Source: L. Lamport, "Paxos made simple", 2001; tlaplus/Examples, PaxosHowToWinATuringAward/Paxos.tla.
 * Parameters: `acceptors`; `values`; `ballots`, numbered from 0. 3,921 states for 3, 2 and 2; 185,369 with 3 ballots.
 * Expected: `agreement` holds. Each mutant drops one rule of the protocol and lets two values be chosen.
 *
 * What a newcomer learns: phase 1 exists to learn what may already be chosen; ballots exist so that "later" has a meaning.
 */

import { choose, ids, integer, machine, recordOf, spec, subsets } from 'faultline'
import { Set } from 'immutable'

/** The vote of an acceptor: `none`, or the ballot and the value that it last accepted. */
type Vote = 'none' | { readonly ballot: number; readonly value: string }
const show = (vote: Vote) => (vote === 'none' ? 'none' : `${vote.value} in ${vote.ballot}`)

type Message =
  | `prepare ${number}`
  | `promise ${number} by ${string}, voted ${string}`
  | `accept ${string} in ${number}`
  | `accepted ${string} in ${number} by ${string}`

export default spec(
  'paxos',
  {
    acceptors: integer(3, { min: 1, max: 5 }),
    values: integer(2, { min: 1, max: 3 }),
    ballots: integer(2, { min: 1, max: 4 }),
  },
  ({ acceptors, values, ballots }, mutant) => {
    const ACCEPTORS = ids('a', acceptors)
    const VALUES = ids('v', values)
    const BALLOTS = Array.from({ length: ballots }, (_, ballot) => ballot)
    const QUORUMS = subsets(ACCEPTORS, mutant === 'halfIsAQuorum' ? Math.ceil(acceptors / 2) : Math.floor(acceptors / 2) + 1)
    const VOTES: readonly Vote[] = ['none', ...BALLOTS.flatMap((ballot) => VALUES.map((value) => ({ ballot, value })))]

    /** What the members of a quorum report to ballot `b`, or `undefined` while one of them is silent. */
    const reports = (messages: Set<Message>, b: number, quorum: readonly string[]) => {
      const byMember = quorum.map((a) => VOTES.filter((vote) => messages.has(`promise ${b} by ${a}, voted ${show(vote)}`)))
      return byMember.every((votes) => votes.length > 0) ? byMember.flat() : undefined
    }
    /** Whether ballot `b` may propose `value`, given what a quorum reports. */
    const isSafe = (value: string, votes: readonly Vote[]) => {
      const cast = votes.filter((vote) => vote !== 'none')
      if (cast.length === 0 || mutant === 'ignoreReports') return true
      const numbers = cast.map((vote) => vote.ballot)
      const decisive = mutant === 'adoptLowest' ? Math.min(...numbers) : Math.max(...numbers)
      return cast.some((vote) => vote.ballot === decisive && vote.value === value)
    }
    const isChosen = (messages: Set<Message>, value: string) =>
      BALLOTS.some((b) => QUORUMS.some((quorum) => quorum.every((a) => messages.has(`accepted ${value} in ${b} by ${a}`))))

    return machine({
      init: {
        /** The highest ballot that the acceptor has promised to take part in; -1 for none. */
        promised: recordOf(ACCEPTORS, -1),
        vote: recordOf(ACCEPTORS, 'none' as Vote),
        messages: Set<Message>(),
      },
      actions: {
        prepare: (s) => choose(BALLOTS, (b) => ({ messages: s.messages.add(`prepare ${b}`) })),
        promise: (s) =>
          choose(ACCEPTORS, (a) =>
            choose(
              BALLOTS,
              (b) =>
                b > s.promised[a] &&
                s.messages.has(`prepare ${b}`) && {
                  ...(mutant !== 'promiseNotKept' && { promised: { [a]: b } }),
                  messages: s.messages.add(`promise ${b} by ${a}, voted ${show(s.vote[a])}`),
                },
            ),
          ),
        propose: (s) =>
          choose(BALLOTS, (b) =>
            choose(VALUES, (value) => {
              const proposed = VALUES.some((v) => s.messages.has(`accept ${v} in ${b}`))
              if (proposed && mutant !== 'sharedBallot') return false
              const backed = QUORUMS.some((quorum) => {
                const votes = reports(s.messages, b, quorum)
                return votes !== undefined && isSafe(value, votes)
              })
              return backed && { messages: s.messages.add(`accept ${value} in ${b}`) }
            }),
          ),
        accept: (s) =>
          choose(ACCEPTORS, (a) =>
            choose(BALLOTS, (b) =>
              choose(
                VALUES,
                (value) =>
                  (b >= s.promised[a] || mutant === 'acceptBelowPromise') &&
                  s.messages.has(`accept ${value} in ${b}`) && {
                    promised: { [a]: b },
                    vote: { [a]: { ballot: b, value } },
                    messages: s.messages.add(`accepted ${value} in ${b} by ${a}`),
                  },
              ),
            ),
          ),
      },
      invariants: {
        agreement: (s) => {
          const chosen = VALUES.filter((value) => isChosen(s.messages, value))
          return chosen.length <= 1 || { because: `${chosen.join(' and ')} are both chosen` }
        },
      },
      sometimes: {
        lastValueChosen: (s) => isChosen(s.messages, VALUES[values - 1]),
      },
    })
  },
  {
    expected: { states: 3921, depth: 16 },
    mutants: {
      /** Two proposers use one ballot: nothing stops the second proposal. */
      sharedBallot: { with: { ballots: 1 }, violates: 'agreement', steps: 9 },
      /** The proposer proposes what it likes, whatever a quorum reports. */
      ignoreReports: { violates: 'agreement', steps: 12 },
      /** An acceptor accepts in a ballot below the one that it has promised. */
      acceptBelowPromise: { violates: 'agreement', steps: 12 },
      /** An acceptor promises, but forgets. */
      promiseNotKept: { violates: 'agreement', steps: 12 },
      /** The proposer adopts the reported value of the lowest ballot; three ballots are needed to see the harm. */
      adoptLowest: { with: { ballots: 3 }, violates: 'agreement', steps: 17 },
      /** Two quorums need not meet: two of four acceptors suffice. */
      halfIsAQuorum: { with: { acceptors: 4 }, violates: 'agreement', steps: 12 },
    },
  },
)
