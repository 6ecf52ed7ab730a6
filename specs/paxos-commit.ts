/**
 * Paxos Commit: two-phase commit without a coordinator to wait for, where acceptors agree on the vote of every resource
 * manager.
 *
 * Topic: atomic commit
 * Granularity: one step is a resource manager voting or hearing the outcome, a leader starting a ballot, proposing or
 * announcing, or an acceptor answering. Messages are a set that only grows, so loss, duplication and reordering come for free,
 * and a crashed process is one that stays silent. Who leads is left open: any number of leaders may act.
 * Source: J. Gray, L. Lamport, "Consensus on transaction commit", 2006; tlaplus/Examples, transaction_commit/PaxosCommit.tla.
 * Parameters: `rms`, resource managers, for each of which there is an instance of Paxos; `acceptors`; `ballots`: the first is
 * the resource manager's own, the others are leaders'. 1,321,761 states for 2, 3 and 2, as published, in some seconds; 1,425
 * with one acceptor.
 * Expected: `consistent` holds. Each mutant lets one resource manager commit and another abort.
 *
 * What a newcomer learns: two-phase commit blocks because one process alone knows what was decided; let a majority know, and
 * nobody has to wait.
 */
import { choose, ids, integer, machine, recordOf, spec, subsets } from 'faultline'
import { Set } from 'immutable'

type Outcome = 'prepared' | 'aborted'
type Message =
  | 'commit'
  | 'abort'
  | `start ${string} in ${number}`
  | `promise ${string} in ${number} by ${string}, voted ${string}`
  | `accept ${string} ${Outcome} in ${number}`
  | `accepted ${string} ${Outcome} in ${number} by ${string}`

interface Acceptor {
  /** The highest ballot that the acceptor takes part in. */
  readonly promised: number
  readonly vote: Vote
}
/** What an acceptor accepted last: `none`, or an outcome and its ballot. */
type Vote = 'none' | { readonly ballot: number; readonly outcome: Outcome }
const show = (vote: Vote) => (vote === 'none' ? 'none' : `${vote.outcome} in ${vote.ballot}`)

export default spec(
  'paxos-commit',
  {
    rms: integer(2, { min: 1, max: 4 }),
    acceptors: integer(3, { min: 1, max: 5 }),
    ballots: integer(2, { min: 1, max: 3 }),
  },
  ({ rms, acceptors, ballots }, mutant) => {
    const RMS = ids('rm', rms)
    const ACCEPTORS = ids('a', acceptors)
    const BALLOTS = Array.from({ length: ballots }, (_, ballot) => ballot)
    const LATER = BALLOTS.slice(1)
    const OUTCOMES = ['prepared', 'aborted'] as const
    const MAJORITIES = subsets(ACCEPTORS, mutant === 'oneIsAQuorum' ? 1 : Math.floor(acceptors / 2) + 1)
    const VOTES: readonly Vote[] = ['none', ...BALLOTS.flatMap((ballot) => OUTCOMES.map((outcome) => ({ ballot, outcome })))]

    /** What a leader may propose for `rm` when it has heard a majority: what was accepted last, else to abort. */
    const proposal = (messages: Set<Message>, rm: string, b: number, majority: readonly string[]) => {
      const byMember = majority.map((a) =>
        VOTES.filter((vote) => messages.has(`promise ${rm} in ${b} by ${a}, voted ${show(vote)}`)),
      )
      if (byMember.some((votes) => votes.length === 0)) return undefined
      const cast = byMember.flat().filter((vote) => vote !== 'none')
      const [last] = [...cast].sort((one, other) => other.ballot - one.ballot)
      return last === undefined || mutant === 'ignoreReports' ? 'aborted' : last.outcome
    }
    const isChosen = (messages: Set<Message>, rm: string, outcome: Outcome) =>
      BALLOTS.some((b) => MAJORITIES.some((some) => some.every((a) => messages.has(`accepted ${rm} ${outcome} in ${b} by ${a}`))))

    return machine({
      init: {
        rm: recordOf(RMS, 'working' as 'working' | 'prepared' | 'committed' | 'aborted'),
        /** Of each instance, what its acceptors know. */
        acceptor: recordOf(RMS, recordOf<(typeof ACCEPTORS)[number], Acceptor>(ACCEPTORS, { promised: 0, vote: 'none' })),
        messages: Set<Message>(),
      },
      actions: {
        prepare: (s) =>
          choose(
            RMS,
            (rm) =>
              s.rm[rm] === 'working' && { rm: { [rm]: 'prepared' }, messages: s.messages.add(`accept ${rm} prepared in 0`) },
          ),
        chooseToAbort: (s) =>
          choose(
            RMS,
            (rm) =>
              (s.rm[rm] === 'working' || (s.rm[rm] === 'prepared' && mutant === 'abortAfterPrepared')) && {
                rm: { [rm]: 'aborted' },
                messages: s.messages.add(`accept ${rm} aborted in 0`),
              },
          ),
        hearCommit: (s) => s.messages.has('commit') && choose(RMS, (rm) => ({ rm: { [rm]: 'committed' } })),
        hearAbort: (s) => s.messages.has('abort') && choose(RMS, (rm) => ({ rm: { [rm]: 'aborted' } })),
        startBallot: (s) => choose(RMS, (rm) => choose(LATER, (b) => ({ messages: s.messages.add(`start ${rm} in ${b}`) }))),
        propose: (s) =>
          choose(RMS, (rm) =>
            choose(
              LATER,
              (b) =>
                !OUTCOMES.some((outcome) => s.messages.has(`accept ${rm} ${outcome} in ${b}`)) &&
                choose(MAJORITIES, (majority) => {
                  const outcome = proposal(s.messages, rm, b, majority)
                  return outcome !== undefined && { messages: s.messages.add(`accept ${rm} ${outcome} in ${b}`) }
                }),
            ),
          ),
        announceCommit: (s) =>
          (mutant === 'commitWithoutAll' ? RMS.slice(0, 1) : RMS).every((rm) => isChosen(s.messages, rm, 'prepared')) && {
            messages: s.messages.add('commit'),
          },
        announceAbort: (s) => RMS.some((rm) => isChosen(s.messages, rm, 'aborted')) && { messages: s.messages.add('abort') },
        promise: (s) =>
          choose(ACCEPTORS, (a) =>
            choose(RMS, (rm) =>
              choose(LATER, (b) => {
                const { promised, vote } = s.acceptor[rm][a]
                return (
                  promised < b &&
                  s.messages.has(`start ${rm} in ${b}`) && {
                    acceptor: { [rm]: { [a]: { promised: b } } },
                    messages: s.messages.add(`promise ${rm} in ${b} by ${a}, voted ${show(vote)}`),
                  }
                )
              }),
            ),
          ),
        accept: (s) =>
          choose(ACCEPTORS, (a) =>
            choose(RMS, (rm) =>
              choose(BALLOTS, (ballot) =>
                choose(
                  OUTCOMES,
                  (outcome) =>
                    s.acceptor[rm][a].promised <= ballot &&
                    s.messages.has(`accept ${rm} ${outcome} in ${ballot}`) && {
                      acceptor: { [rm]: { [a]: { promised: ballot, vote: { ballot, outcome } } } },
                      messages: s.messages.add(`accepted ${rm} ${outcome} in ${ballot} by ${a}`),
                    },
                ),
              ),
            ),
          ),
      },
      invariants: {
        consistent: (s) => {
          const committed = RMS.find((rm) => s.rm[rm] === 'committed')
          const aborted = RMS.find((rm) => s.rm[rm] === 'aborted')
          return committed === undefined || aborted === undefined || { because: `${committed} committed, and ${aborted} aborted` }
        },
      },
      sometimes: {
        allCommitted: (s) => RMS.every((rm) => s.rm[rm] === 'committed'),
        preparedYetAborted: (s) => RMS.every((rm) => s.messages.has(`accept ${rm} prepared in 0`)) && s.messages.has('abort'),
      },
    })
  },
  {
    expected: { states: 1_321_761, depth: 27 },
    mutants: {
      /** A leader proposes to abort, whatever a majority reports. */
      ignoreReports: { violates: 'consistent', steps: 16 },
      /** One acceptor of three is enough to decide, and another is enough to decide otherwise. */
      oneIsAQuorum: { violates: 'consistent', steps: 12 },
      /** A leader announces commit when the first resource manager's vote is chosen. */
      commitWithoutAll: { violates: 'consistent', steps: 6 },
      /** A resource manager that voted to commit aborts. */
      abortAfterPrepared: { violates: 'consistent', steps: 9 },
    },
  },
)
