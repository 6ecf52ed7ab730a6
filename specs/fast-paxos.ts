/**
 * Fast Paxos: in a fast round acceptors vote for whatever value reaches them first, which saves a message delay and costs
 * larger quorums, and a rule for what to do when their votes differ.
 *
 * Topic: consensus
 * Granularity: one step is one phase of one round or one acceptor. Messages are a set that only grows, so loss, duplication and
 * reordering come for free, and a crashed process is one that stays silent. Round 0 is the fast one: nothing can have been
 * accepted before, so it needs no phase 1, and its invitation to vote for any value is out from the beginning. All values are
 * proposed from the beginning, too.
 * Source: L. Lamport, "Fast Paxos", 2006; the rule for collisions is that of its figure 2.
 * Parameters: `acceptors`; `classic` and `fast`, the sizes of quorums in rounds of either kind; `values`; `rounds`, of which
 * the first is fast. 10,017 states; 1,475 for three acceptors with quorums of 2 and 3; 183,507 for five with 3 and 4.
 * Expected: `agreement` holds where any classic quorum and any two fast ones have an acceptor in common (twice `fast`, plus
 * `classic`, is more than twice `acceptors`), and where any two classic ones have. Mutants: fast quorums that are too small,
 * which leave two values that may both have been chosen; a leader that does not look for the value that may have been.
 *
 * What a newcomer learns: a quorum is as large as the questions that it must answer; here it must tell which of two values
 * could have won.
 */
import { choose, ids, integer, machine, recordOf, spec, subsets } from 'faultline'
import { Set } from 'immutable'

/** The vote of an acceptor: `none`, or the round and the value that it last voted for. */
type Vote = 'none' | { readonly round: number; readonly value: string }
const show = (vote: Vote) => (vote === 'none' ? 'none' : `${vote.value} in ${vote.round}`)

type Message =
  | `prepare ${number}`
  | `promise ${number} by ${string}, voted ${string}`
  | `accept ${string} in ${number}`
  | `accepted ${string} in ${number} by ${string}`

const FAST = 0

export default spec(
  'fast-paxos',
  {
    acceptors: integer(4, { min: 1, max: 5 }),
    classic: integer(3, { min: 1, max: 5 }),
    fast: integer(3, { min: 1, max: 5 }),
    values: integer(2, { min: 1, max: 3 }),
    rounds: integer(2, { min: 2, max: 3 }),
  },
  ({ acceptors, classic, fast, values, rounds }, mutant) => {
    const ACCEPTORS = ids('a', acceptors)
    const VALUES = ids('v', values)
    const ROUNDS = Array.from({ length: rounds }, (_, round) => round)
    const CLASSIC_ROUNDS = ROUNDS.filter((round) => round !== FAST)
    const VOTES: readonly Vote[] = ['none', ...ROUNDS.flatMap((round) => VALUES.map((value) => ({ round, value })))]
    const CLASSIC = subsets(ACCEPTORS, classic)
    const QUORUMS_FAST = subsets(ACCEPTORS, fast)
    const quorumsOf = (round: number) => (round === FAST ? QUORUMS_FAST : CLASSIC)

    /** The values that the leader of round `r` may propose once a quorum has answered. */
    const proposals = (messages: Set<Message>, r: number, quorum: readonly string[]): readonly string[] => {
      const votesOf = (a: string) => VOTES.filter((vote) => messages.has(`promise ${r} by ${a}, voted ${show(vote)}`))
      if (quorum.some((a) => votesOf(a).length === 0)) return []
      const cast = quorum.flatMap((a) => votesOf(a).flatMap((vote) => (vote === 'none' ? [] : [{ a, ...vote }])))
      const latest = Math.max(...cast.map(({ round }) => round))
      const votedFor = (value: string, a: string) =>
        cast.some((vote) => vote.a === a && vote.round === latest && vote.value === value)
      const reported = VALUES.filter((value) => quorum.some((a) => votedFor(value, a)))
      if (reported.length === 0) return VALUES
      if (reported.length === 1 || mutant === 'anyReported') return reported
      // A value may have been chosen if some quorum of that round, as far as it was heard, voted for it.
      const maybeChosen = reported.filter((value) =>
        quorumsOf(latest).some((other) => other.every((a) => !quorum.includes(a) || votedFor(value, a))),
      )
      return maybeChosen.length === 0 ? VALUES : maybeChosen
    }
    const isChosenIn = (round: number, messages: Set<Message>, value: string) =>
      quorumsOf(round).some((quorum) => quorum.every((a) => messages.has(`accepted ${value} in ${round} by ${a}`)))

    return machine({
      init: {
        /** The highest round that the acceptor takes part in. */
        promised: recordOf(ACCEPTORS, FAST),
        vote: recordOf(ACCEPTORS, 'none' as Vote),
        messages: Set<Message>(),
      },
      actions: {
        voteFast: (s) =>
          choose(
            ACCEPTORS,
            (a) =>
              s.promised[a] === FAST &&
              s.vote[a] === 'none' &&
              choose(VALUES, (value) => ({
                vote: { [a]: { round: FAST, value } },
                messages: s.messages.add(`accepted ${value} in ${FAST} by ${a}`),
              })),
          ),
        prepare: (s) => choose(CLASSIC_ROUNDS, (r) => ({ messages: s.messages.add(`prepare ${r}`) })),
        promise: (s) =>
          choose(ACCEPTORS, (a) =>
            choose(
              CLASSIC_ROUNDS,
              (r) =>
                r > s.promised[a] &&
                s.messages.has(`prepare ${r}`) && {
                  promised: { [a]: r },
                  messages: s.messages.add(`promise ${r} by ${a}, voted ${show(s.vote[a])}`),
                },
            ),
          ),
        propose: (s) =>
          choose(
            CLASSIC_ROUNDS,
            (r) =>
              !VALUES.some((v) => s.messages.has(`accept ${v} in ${r}`)) &&
              choose(
                VALUES,
                (value) =>
                  CLASSIC.some((quorum) => proposals(s.messages, r, quorum).includes(value)) && {
                    messages: s.messages.add(`accept ${value} in ${r}`),
                  },
              ),
          ),
        accept: (s) =>
          choose(ACCEPTORS, (a) =>
            choose(CLASSIC_ROUNDS, (round) =>
              choose(
                VALUES,
                (value) =>
                  round >= s.promised[a] &&
                  s.messages.has(`accept ${value} in ${round}`) && {
                    promised: { [a]: round },
                    vote: { [a]: { round, value } },
                    messages: s.messages.add(`accepted ${value} in ${round} by ${a}`),
                  },
              ),
            ),
          ),
      },
      invariants: {
        agreement: (s) => {
          const chosen = VALUES.filter((value) => ROUNDS.some((r) => isChosenIn(r, s.messages, value)))
          return chosen.length <= 1 || { because: `${chosen.join(' and ')} are both chosen` }
        },
      },
      sometimes: {
        chosenFast: (s) => isChosenIn(FAST, s.messages, VALUES[0]),
        collisionSettled: (s) =>
          VALUES.every((value) => ACCEPTORS.some((a) => s.messages.has(`accepted ${value} in ${FAST} by ${a}`))) &&
          CLASSIC_ROUNDS.some((r) => isChosenIn(r, s.messages, VALUES[values - 1])),
      },
    })
  },
  {
    expected: { states: 10_017, depth: 14 },
    mutants: {
      /** Two of three are a fast quorum, so of two values reported by one acceptor each, either may have been chosen. */
      fastTwoOfThree: { with: { acceptors: 3, classic: 2, fast: 2 }, violates: 'agreement', steps: 9 },
      /** Three of five are one. */
      fastThreeOfFive: { with: { acceptors: 5, classic: 3, fast: 3 }, violates: 'agreement', steps: 12 },
      /** After a collision the leader proposes any value that is reported. */
      anyReported: { violates: 'agreement', steps: 12 },
    },
  },
)
