/**
 * Peterson's algorithm: two processes share a critical section with nothing but reads and writes of shared variables.
 *
 * Topic: mutual exclusion
 * Granularity: one step is one labelled line, so one read or write of a shared variable at most; the wait reads the other's
 * flag and the turn at once, as in the source.
 * Source: G. L. Peterson, "Myths about the mutual exclusion problem", 1981; tlaplus/Examples, locks_auxiliary_vars/Peterson.tla.
 * Parameters: none; 42 states.
 * Expected: `mutualExclusion` holds. Mutants: without the turn both raise their flags and are stuck; with the turn given away
 * before the flag is raised, or with nobody waiting, both get in.
 *
 * What a newcomer learns: each process is a field of its own; a deadlock is found without being asked for.
 */
import { choose, machine, recordOf, spec } from 'faultline'

type Line = 'noncritical' | 'raiseFlag' | 'giveTurn' | 'wait' | 'critical' | 'lowerFlag'

const PROCESSES = ['p1', 'p2'] as const
type Process = (typeof PROCESSES)[number]
const other = (p: Process): Process => (p === 'p1' ? 'p2' : 'p1')

export default spec(
  'peterson',
  {},
  (_, mutant) => {
    // The lines before the wait, in the order in which a process runs them.
    const flagFirst = mutant !== 'turnBeforeFlag'
    return machine({
      init: {
        at: recordOf(PROCESSES, 'noncritical' as Line),
        flag: recordOf(PROCESSES, false as boolean),
        turn: 'p1' as Process,
      },
      actions: {
        leaveNoncritical: (s) =>
          choose(PROCESSES, (p) => s.at[p] === 'noncritical' && { at: { [p]: flagFirst ? 'raiseFlag' : 'giveTurn' } }),
        raiseFlag: (s) =>
          choose(
            PROCESSES,
            (p) => s.at[p] === 'raiseFlag' && { at: { [p]: flagFirst ? 'giveTurn' : 'wait' }, flag: { [p]: true } },
          ),
        giveTurn: (s) =>
          choose(PROCESSES, (p) => s.at[p] === 'giveTurn' && { at: { [p]: flagFirst ? 'wait' : 'raiseFlag' }, turn: other(p) }),
        enter: (s) =>
          choose(PROCESSES, (p) => {
            const mayEnter = !s.flag[other(p)] || (mutant !== 'noTurn' && s.turn === p) || mutant === 'noWait'
            return s.at[p] === 'wait' && mayEnter && { at: { [p]: 'critical' } }
          }),
        leave: (s) => choose(PROCESSES, (p) => s.at[p] === 'critical' && { at: { [p]: 'lowerFlag' } }),
        lowerFlag: (s) =>
          choose(PROCESSES, (p) => s.at[p] === 'lowerFlag' && { at: { [p]: 'noncritical' }, flag: { [p]: false } }),
      },
      invariants: {
        mutualExclusion: (s) => !(s.at.p1 === 'critical' && s.at.p2 === 'critical'),
      },
      sometimes: {
        bothWait: (s) => s.at.p1 === 'wait' && s.at.p2 === 'wait',
        oneWaitsForTheOther: (s) => s.at.p1 === 'critical' && s.at.p2 === 'wait',
      },
    })
  },
  {
    expected: { states: 42, depth: 10 },
    mutants: {
      turnBeforeFlag: { violates: 'mutualExclusion', steps: 8 },
      noTurn: { violates: 'deadlock', steps: 6 },
      noWait: { violates: 'mutualExclusion', steps: 8 },
    },
  },
)
