/**
 * Transaction commit: what any commit protocol must achieve, with no protocol in it.
 *
 * Topic: atomic commit
 * Granularity: one step is one resource manager's decision; a decision sees the state of all at once.
 * Source: J. Gray, L. Lamport, "Consensus on transaction commit", 2006; tlaplus/Examples, transaction_commit/TCommit.tla.
 * Parameters: `rms`, the resource managers: 34 states for 3, 2,314 for 7, about twice as many for each further one.
 * Expected: `consistent` holds. Mutants drop one half each of the rule.
 *
 * What a newcomer learns: the goal comes first; two-phase-commit.ts then reaches it with messages.
 */
import { choose, ids, integer, machine, recordOf, spec } from 'faultline'

type Rm = 'working' | 'prepared' | 'committed' | 'aborted'

export default spec(
  'tcommit',
  { rms: integer(3, { min: 1, max: 12 }) },
  ({ rms }, mutant) => {
    const RM = ids('rm', rms)
    type States = Readonly<Record<(typeof RM)[number], Rm>>
    const mayCommit = (rm: States) =>
      mutant === 'commitWithoutAll' || RM.every((r) => rm[r] === 'prepared' || rm[r] === 'committed')
    const mayAbort = (rm: States) => mutant === 'abortAfterCommit' || RM.every((r) => rm[r] !== 'committed')
    return machine({
      init: { rm: recordOf(RM, 'working' as Rm) },
      actions: {
        prepare: (s) => choose(RM, (r) => s.rm[r] === 'working' && { rm: { [r]: 'prepared' } }),
        commit: (s) => choose(RM, (r) => s.rm[r] === 'prepared' && mayCommit(s.rm) && { rm: { [r]: 'committed' } }),
        abort: (s) =>
          choose(RM, (r) => (s.rm[r] === 'working' || s.rm[r] === 'prepared') && mayAbort(s.rm) && { rm: { [r]: 'aborted' } }),
      },
      invariants: {
        consistent: (s) => !(RM.some((r) => s.rm[r] === 'committed') && RM.some((r) => s.rm[r] === 'aborted')),
      },
      sometimes: {
        allCommitted: (s) => RM.every((r) => s.rm[r] === 'committed'),
        allAborted: (s) => RM.every((r) => s.rm[r] === 'aborted'),
      },
      terminal: (s) => RM.every((r) => s.rm[r] === 'committed' || s.rm[r] === 'aborted'),
    })
  },
  {
    expected: { states: 34, depth: 6 },
    mutants: {
      commitWithoutAll: { violates: 'consistent', steps: 3 },
      abortAfterCommit: { violates: 'consistent', steps: 5 },
    },
  },
)
