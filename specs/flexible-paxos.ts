/**
 * Flexible Paxos: the quorums of phase 1 must meet those of phase 2, and no others need to meet, so phase 2 can make do with
 * fewer acceptors.
 *
 * Topic: consensus
 * Granularity: one step is one phase of one ballot or one acceptor. Messages are a set that only grows, so loss, duplication
 * and reordering come for free, and a crashed process is one that stays silent.
 * Source: H. Howard, D. Malkhi, A. Spiegelman, "Flexible Paxos: quorum intersection revisited", 2016; fpaxos/fpaxos-tlaplus,
 * FPaxos.tla. A value counts as chosen there only when a quorum accepted it in every ballot; here, as in the paper, one ballot
 * is enough.
 * Parameters: `acceptors`; `q1` and `q2`, the sizes of the quorums of both phases; `values`; `ballots`, numbered from 0. 20,609
 * states. For two acceptors, quorums of 1 and 2, three values and three ballots there are 36,953 as published; for quorums of
 * two of three, 3,921 as in paxos.ts.
 * Expected: `agreement` holds where q1 + q2 is more than all acceptors. Mutants have quorums that may miss each other.
 *
 * What a newcomer learns: phase 1 asks who may have accepted something, so its quorums must meet those that accept; that
 * quorums of one phase meet each other was never needed.
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
  'flexible-paxos',
  {
    acceptors: integer(4, { min: 1, max: 5 }),
    q1: integer(3, { min: 1, max: 5 }),
    q2: integer(2, { min: 1, max: 5 }),
    values: integer(2, { min: 1, max: 3 }),
    ballots: integer(2, { min: 1, max: 4 }),
  },
  ({ acceptors, q1, q2, values, ballots }) => {
    const ACCEPTORS = ids('a', acceptors)
    const VALUES = ids('v', values)
    const BALLOTS = Array.from({ length: ballots }, (_, ballot) => ballot)
    const VOTES: readonly Vote[] = ['none', ...BALLOTS.flatMap((ballot) => VALUES.map((value) => ({ ballot, value })))]
    const PHASE1 = subsets(ACCEPTORS, q1)
    const PHASE2 = subsets(ACCEPTORS, q2)

    /** Whether all of a quorum of phase 1 promised ballot `b`, and none reports a later vote than one for `value`. */
    const allows = (messages: Set<Message>, b: number, value: string, quorum: readonly string[]) => {
      const byMember = quorum.map((a) => VOTES.filter((vote) => messages.has(`promise ${b} by ${a}, voted ${show(vote)}`)))
      if (byMember.some((votes) => votes.length === 0)) return false
      const cast = byMember.flat().filter((vote) => vote !== 'none')
      const latest = Math.max(...cast.map((vote) => vote.ballot))
      return cast.length === 0 || cast.some((vote) => vote.ballot === latest && vote.value === value)
    }
    const isChosen = (messages: Set<Message>, value: string) =>
      BALLOTS.some((b) => PHASE2.some((quorum) => quorum.every((a) => messages.has(`accepted ${value} in ${b} by ${a}`))))

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
                  promised: { [a]: b },
                  messages: s.messages.add(`promise ${b} by ${a}, voted ${show(s.vote[a])}`),
                },
            ),
          ),
        propose: (s) =>
          choose(
            BALLOTS,
            (b) =>
              !VALUES.some((v) => s.messages.has(`accept ${v} in ${b}`)) &&
              choose(
                VALUES,
                (value) =>
                  PHASE1.some((quorum) => allows(s.messages, b, value, quorum)) && {
                    messages: s.messages.add(`accept ${value} in ${b}`),
                  },
              ),
          ),
        accept: (s) =>
          choose(ACCEPTORS, (a) =>
            choose(BALLOTS, (b) =>
              choose(
                VALUES,
                (value) =>
                  b >= s.promised[a] &&
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
      sometimes: { lastValueChosen: (s) => isChosen(s.messages, VALUES[values - 1]) },
    })
  },
  {
    expected: { states: 20_609, depth: 20 },
    mutants: {
      /** A leader hears one acceptor of three, which may not be one of the two that accepted. */
      smallQ1: { with: { acceptors: 3, q1: 1, q2: 2 }, violates: 'agreement', steps: 10 },
      /** One acceptor of three chooses alone, which may not be one of the two that a leader hears. */
      smallQ2: { with: { acceptors: 3, q1: 2, q2: 1 }, violates: 'agreement', steps: 10 },
      /** Two of four in either phase. */
      halfIsAQuorum: { with: { acceptors: 4, q1: 2, q2: 2 }, violates: 'agreement', steps: 12 },
    },
  },
)
