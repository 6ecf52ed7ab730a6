/**
 * Paxos as nodes: proposers ask acceptors to promise, then to accept; acceptors crash and start again with what they have on disk.
 *
 * Topic: consensus
 * Granularity: one step is one message delivered, one proposer starting, one crash or one restart. Messages are a set that only grows, so
 * loss, repetition and reordering come for free, and a proposer that crashed is one that stays silent. A ballot takes a step more than in
 * paxos.ts, the same protocol without nodes: there a proposal and the promises that it rests on are one step, here a proposer hears them one by one.
 * Source: L. Lamport, "Paxos made simple", 2001.
 * Parameters: `acceptors`; `proposers`, each with one ballot and one value of its own: 14,525 states for 3 and 2; `crashes`, of acceptors, which
 * may start again. Without crashes, 2,905 states for 2 proposers and 159,725 for 3.
 * Expected: `agreement` holds. Each mutant takes a step more for each ballot than in paxos.ts; `sharedBallot` three more besides, since each proposer has to be promised
 * the ballot by itself; and a crash and a restart are two steps. Each mutant drops one rule of the protocol and lets two values be chosen.
 *
 * What a newcomer learns: an acceptor is its promise and its vote. If a crash takes one of them, a quorum may be made of nodes that no longer
 * know what they said.
 */

import { ids, integer, protocol, type Role, role, spec } from 'faultline'
import { Set } from 'immutable'

/** What an acceptor voted for last: ballot 0 and no value before it has. */
interface Vote {
  readonly ballot: number
  readonly value: string
}
type Message =
  | { readonly type: 'prepare'; readonly ballot: number }
  | { readonly type: 'promise'; readonly ballot: number; readonly vote: Vote }
  | { readonly type: 'accept'; readonly ballot: number; readonly value: string }

interface Acceptor {
  readonly promised: number
  readonly vote: Vote
}
interface Proposer {
  readonly phase: 'idle' | 'preparing' | 'proposed'
  readonly promises: Set<string>
  /** Of the votes reported, the one that decides what may be proposed. */
  readonly reported: Vote
}
/** Every vote ever cast, as `a1: v2 in 3`. */
interface History {
  readonly votes: Set<string>
}

const noVote: Vote = { ballot: 0, value: '' }

export default spec(
  'paxos-nodes',
  {
    acceptors: integer(3, { min: 1, max: 5 }),
    proposers: integer(2, { min: 1, max: 4 }),
    crashes: integer(1, { min: 0 }),
  },
  ({ acceptors, proposers, crashes }, mutant) => {
    const ACCEPTORS = ids('a', acceptors)
    const PROPOSERS = ids('p', proposers)
    const quorum = mutant === 'halfIsAQuorum' ? Math.ceil(acceptors / 2) : Math.floor(acceptors / 2) + 1
    const ballotOf = (id: string) => (mutant === 'sharedBallot' ? 1 : Number(id.slice(1)))
    const ownValueOf = (id: string) => `v${id.slice(1)}`

    const proposer: Role<Proposer, Message, History> = role({
      nodes: PROPOSERS,
      init: { phase: 'idle', promises: Set(), reported: noVote },
      operations: {
        prepare: ({ phase }, { id }) =>
          phase === 'idle' && {
            state: { phase: 'preparing' },
            send: ACCEPTORS.map((to) => ({ to, type: 'prepare', ballot: ballotOf(id) })),
          },
      },
      on: {
        promise: (self, { vote }, { id, from }) => {
          if (self.phase !== 'preparing' || self.promises.has(from)) return false
          const promises = self.promises.add(from)
          const decides =
            self.reported.ballot === 0 ||
            (mutant === 'adoptLowest'
              ? vote.ballot > 0 && vote.ballot < self.reported.ballot
              : vote.ballot > self.reported.ballot)
          const reported = decides && mutant !== 'ignoreReports' ? vote : self.reported
          if (promises.size < quorum) return { state: { promises, reported } }
          const value = reported.ballot === 0 ? ownValueOf(id) : reported.value
          return {
            state: { phase: 'proposed', promises: Set(), reported: noVote },
            send: ACCEPTORS.map((to) => ({ to, type: 'accept', ballot: ballotOf(id), value })),
          }
        },
      },
    })

    const acceptor: Role<Acceptor, Message, History> = role({
      nodes: ACCEPTORS,
      init: { promised: 0, vote: noVote },
      durable: mutant === 'forgetsEverything' ? [] : mutant === 'forgetsPromise' ? ['vote'] : ['promised', 'vote'],
      on: {
        prepare: ({ promised, vote }, { ballot }, { from }) =>
          (ballot > promised || (mutant === 'sharedBallot' && ballot === promised)) && {
            ...(mutant !== 'promiseNotKept' && { state: { promised: ballot } }),
            send: [{ to: from, type: 'promise', ballot, vote }],
          },
        accept: ({ promised, vote }, { ballot, value }, { id }) =>
          (ballot >= promised || mutant === 'acceptBelowPromise') &&
          (vote.ballot !== ballot || vote.value !== value) && {
            state: { promised: ballot, vote: { ballot, value } },
            record: ({ votes }) => ({ votes: votes.add(`${id}: ${value} in ${ballot}`) }),
          },
      },
    })

    const isChosen = (votes: Set<string>, value: string) =>
      PROPOSERS.some((p) => ACCEPTORS.filter((a) => votes.has(`${a}: ${value} in ${ballotOf(p)}`)).length >= quorum)

    return protocol({
      roles: { proposer, acceptor },
      network: 'set',
      faults: { crash: { acceptor: crashes }, restart: true },
      history: { votes: Set<string>() },
      invariants: {
        agreement: ({ history }) => {
          const chosen = PROPOSERS.map(ownValueOf).filter((value) => isChosen(history.votes, value))
          return chosen.length <= 1 || { because: `${chosen.join(' and ')} are both chosen` }
        },
      },
      sometimes: {
        lastValueChosen: ({ history }) => isChosen(history.votes, `v${proposers}`),
      },
      // A proposer whose ballot is too low waits for ever.
      terminal: true,
    })
  },
  {
    expected: { states: 14_525, depth: 20 },
    mutants: {
      /** All proposers use one ballot, and acceptors answer each. If they answered the first alone, no harm would come of it. */
      sharedBallot: { violates: 'agreement', steps: 14 },
      /** The proposer proposes its own value, whatever a quorum reports. */
      ignoreReports: { violates: 'agreement', steps: 14 },
      /** An acceptor accepts in a ballot below the one that it has promised. */
      acceptBelowPromise: { violates: 'agreement', steps: 14 },
      /** An acceptor promises, but forgets at once. */
      promiseNotKept: { violates: 'agreement', steps: 14 },
      /** The proposer adopts the reported value of the lowest ballot; three ballots are needed to see the harm. */
      adoptLowest: { with: { proposers: 3, crashes: 0 }, violates: 'agreement', steps: 20 },
      /** Two quorums need not meet: two of four acceptors suffice. */
      halfIsAQuorum: { with: { acceptors: 4, crashes: 0 }, violates: 'agreement', steps: 14 },
      /** An acceptor keeps its promise in memory only. */
      forgetsPromise: { violates: 'agreement', steps: 16 },
      /** An acceptor keeps its vote in memory only, too. */
      forgetsEverything: { violates: 'agreement', steps: 16 },
    },
  },
)
