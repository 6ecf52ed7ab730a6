/**
 * Two-phase commit: a transaction manager asks resource managers to prepare, and commits when all have.
 *
 * Topic: atomic commit
 * Granularity: one step is one process handling one message or deciding. Messages are a set that only grows, so loss,
 * duplication and reordering come for free: a message may be received late, never, or many times.
 * Source: J. Gray, L. Lamport, "Consensus on transaction commit", 2006; tlaplus/Examples, transaction_commit/TwoPhase.tla.
 * Parameters: `rms`, the resource managers: 288 states for 3, 8,832 for 5, 296,448 for 7; six times as many for each further one.
 * Expected: `consistent` holds. Each mutant breaks a promise that the protocol rests on.
 *
 * What a newcomer learns: a vote to commit gives away the freedom to abort, until the decision is heard.
 */

import { choose, ids, integer, machine, recordOf, spec } from 'faultline'
import { Set } from 'immutable'

type Rm = 'working' | 'prepared' | 'committed' | 'aborted'
type Message = 'commit' | 'abort' | `prepared ${string}`

export default spec(
  'two-phase-commit',
  { rms: integer(3, { min: 1, max: 12 }) },
  ({ rms }, mutant) => {
    const RM = ids('rm', rms)
    /** How many resource managers may still be unprepared when the transaction manager commits. */
    const missingAllowed = mutant === 'commitWithoutAll' ? 1 : 0
    return machine({
      init: {
        rm: recordOf(RM, 'working' as Rm),
        tm: 'init' as 'init' | 'committed' | 'aborted',
        prepared: Set<string>(),
        messages: Set<Message>(),
      },
      actions: {
        tmReceivePrepared: (s) =>
          s.tm === 'init' && choose(RM, (r) => s.messages.has(`prepared ${r}`) && { prepared: s.prepared.add(r) }),
        tmCommit: (s) =>
          s.tm === 'init' &&
          RM.filter((r) => !s.prepared.has(r)).length <= missingAllowed && {
            tm: 'committed',
            messages: s.messages.add('commit'),
          },
        tmAbort: (s) =>
          (s.tm === 'init' || (mutant === 'abortAfterCommit' && s.tm === 'committed')) && {
            tm: 'aborted',
            messages: s.messages.add('abort'),
          },
        rmPrepare: (s) =>
          choose(RM, (r) => s.rm[r] === 'working' && { rm: { [r]: 'prepared' }, messages: s.messages.add(`prepared ${r}`) }),
        rmChooseToAbort: (s) =>
          choose(
            RM,
            (r) =>
              (s.rm[r] === 'working' || (mutant === 'abortAfterPrepared' && s.rm[r] === 'prepared')) && {
                rm: { [r]: 'aborted' },
              },
          ),
        rmReceiveCommit: (s) => s.messages.has('commit') && choose(RM, (r) => ({ rm: { [r]: 'committed' } })),
        rmReceiveAbort: (s) => s.messages.has('abort') && choose(RM, (r) => ({ rm: { [r]: 'aborted' } })),
      },
      invariants: {
        consistent: (s) => {
          const committed = RM.find((r) => s.rm[r] === 'committed')
          const aborted = RM.find((r) => s.rm[r] === 'aborted')
          if (committed === undefined || aborted === undefined) return true
          return { because: `${committed} committed and ${aborted} aborted` }
        },
      },
      sometimes: {
        allCommitted: (s) => RM.every((r) => s.rm[r] === 'committed'),
        allAborted: (s) => RM.every((r) => s.rm[r] === 'aborted'),
      },
    })
  },
  {
    expected: { states: 288, depth: 10 },
    mutants: {
      /** A resource manager that promised to commit changes its mind. */
      abortAfterPrepared: { violates: 'consistent', steps: 9 },
      /** The transaction manager commits when all but one have prepared. */
      commitWithoutAll: { violates: 'consistent', steps: 7 },
      /** The transaction manager aborts what it has committed. */
      abortAfterCommit: { violates: 'consistent', steps: 10 },
    },
  },
)
