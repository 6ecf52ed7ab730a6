/**
 * Write skew: doctors go off call while somebody else is on call, each in a transaction, and in the end nobody is.
 *
 * Topic: transactions
 * Granularity: coarse. One step is all reads of a transaction, its write, its commit, or the abort of the victim of a deadlock.
 * Source: H. Berenson et al., "A critique of ANSI SQL isolation levels", 1995; M. J. Cahill, U. Röhm, A. D. Fekete, "Serializable isolation for
 * snapshot databases", 2008, which has the doctors; P. A. Bernstein, V. Hadzilacos, N. Goodman, "Concurrency control and recovery in database
 * systems", 1987, for strict two-phase locking.
 * Parameters: `doctors`, one transaction each: 18 states for 2, 113 for 3.
 * Faults: none.
 * Expected: under strict two-phase locking somebody stays on call, and nobody acts on what was never committed. Mutants: under snapshot
 * isolation, where each reads what was committed before it began, both see the other on call; where they read what is not yet committed, one
 * acts on a write that may still be undone.
 *
 * What a newcomer learns: an isolation level is a set of histories that it lets happen, and a checker shows one that surprises.
 */
import { choose, ids, integer, machine, others, recordOf, spec } from 'faultline'

type Phase = 'begun' | 'read' | 'wrote' | 'committed' | 'aborted'

export default spec(
  'write-skew',
  { doctors: integer(2, { min: 2, max: 4 }) },
  ({ doctors }, mutant) => {
    const DOCTORS = ids('d', doctors)
    type Doctor = (typeof DOCTORS)[number]
    const init = {
      /** Of each doctor's transaction. */
      phase: recordOf(DOCTORS, 'begun' as Phase),
      /** What was written, be it committed or not. */
      onCall: recordOf(DOCTORS, true as boolean),
      /** Who else was on call when the transaction read. */
      saw: recordOf(DOCTORS, [] as readonly Doctor[]),
    }
    type State = typeof init
    const locking = mutant === null

    /** A transaction that has read holds read locks on all doctors, and one that has written the write lock on its own, until they end. */
    const holdsLocks = (s: State, d: Doctor) => s.phase[d] === 'read' || s.phase[d] === 'wrote'
    const wantsToWrite = (s: State, d: Doctor) => s.phase[d] === 'read' && s.saw[d].length > 0
    const seesOnCall = (s: State, d: Doctor) => s.onCall[d] || (mutant === 'snapshot' && s.phase[d] === 'wrote')

    return machine({
      init,
      actions: {
        read: (s) =>
          choose(
            DOCTORS,
            (d) =>
              s.phase[d] === 'begun' &&
              !(locking && DOCTORS.some((other) => s.phase[other] === 'wrote')) && {
                phase: { [d]: 'read' },
                saw: { [d]: others(DOCTORS, d).filter((other) => seesOnCall(s, other)) },
              },
          ),
        goOffCall: (s) =>
          choose(
            DOCTORS,
            (d) =>
              wantsToWrite(s, d) &&
              !(locking && others(DOCTORS, d).some((other) => holdsLocks(s, other))) && {
                phase: { [d]: 'wrote' },
                onCall: { [d]: false },
              },
          ),
        commit: (s) => choose(DOCTORS, (d) => holdsLocks(s, d) && !wantsToWrite(s, d) && { phase: { [d]: 'committed' } }),
        // Each waits for a read lock of the other: one must go.
        abortVictim: (s) =>
          locking &&
          DOCTORS.filter((d) => wantsToWrite(s, d)).length > 1 &&
          choose(DOCTORS, (d) => wantsToWrite(s, d) && { phase: { [d]: 'aborted' } }),
      },
      invariants: {
        someoneOnCall: (s) => DOCTORS.some((d) => s.onCall[d] || s.phase[d] !== 'committed'),
        noDirtyRead: (s) => {
          const dirty = DOCTORS.find(
            (d) =>
              s.phase[d] === 'committed' &&
              others(DOCTORS, d).some((other) => !s.saw[d].includes(other) && s.phase[other] !== 'committed'),
          )
          return dirty === undefined || { because: `${dirty} committed after reading what was not committed` }
        },
      },
      sometimes: {
        offCall: (s) => DOCTORS.some((d) => !s.onCall[d] && s.phase[d] === 'committed'),
        staysOnCall: (s) => DOCTORS.some((d) => s.onCall[d] && s.phase[d] === 'committed'),
      },
      terminal: (s) => DOCTORS.every((d) => s.phase[d] === 'committed' || s.phase[d] === 'aborted'),
    })
  },
  {
    expected: { states: 18, depth: 5 },
    mutants: {
      snapshot: { violates: 'someoneOnCall', steps: 6 },
      readUncommitted: { violates: 'noDirtyRead', steps: 4 },
    },
  },
)
