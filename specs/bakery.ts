/**
 * Lamport's bakery: who wants in takes a ticket, as in a bakery, and the lowest ticket is served. Processes share only
 * variables that one process writes and the others read.
 *
 * Topic: mutual exclusion
 * Granularity: one step reads or writes one shared variable. A process that takes a ticket reads the others' tickets one after
 * the other; then it waits for the others one after the other, first until each is out of the doorway, then for its ticket.
 * Source: L. Lamport, "A new solution of Dijkstra's concurrent programming problem", 1974.
 * Parameters: `processes`, and `tickets`, the highest ticket explored: tickets grow for ever while processes overlap, so the
 * constraint `ticketsBounded` cuts the space. 190 states for 2 and 3, 346 for 2 and 5,
 * 3,315 for 3 and 2.
 * Expected: `mutualExclusion` holds. Mutants: without the doorway flag, a process that is still taking its ticket is
 * overlooked; without the tie-break, two with the same ticket both enter, or wait for each other for ever.
 *
 * What a newcomer learns: what a state constraint cuts, and why a flag that looks superfluous is not.
 */
import { choose, ids, integer, machine, recordOf, spec } from 'faultline'

type Line = 'noncritical' | 'readTickets' | 'takeTicket' | 'leaveDoorway' | 'waitForDoorway' | 'waitForTurn' | 'critical'

export default spec(
  'bakery',
  { processes: integer(2, { min: 2, max: 4 }), tickets: integer(3, { min: 1, max: 8 }) },
  ({ processes, tickets }, mutant) => {
    const PROCESSES = ids('p', processes)
    type Process = (typeof PROCESSES)[number]
    const others = recordOf(PROCESSES, (p) => PROCESSES.filter((q) => q !== p))
    const isLast = (next: number) => next === processes - 2

    const goesFirst = (p: Process, q: Process, ticket: Readonly<Record<Process, number>>) => {
      if (ticket[q] === 0 || ticket[p] < ticket[q]) return true
      if (ticket[p] > ticket[q]) return false
      if (mutant === 'tiesBothEnter') return true
      if (mutant === 'tiesBothWait') return false
      return PROCESSES.indexOf(p) < PROCESSES.indexOf(q)
    }

    return machine({
      init: {
        /** Shared: about to take a ticket. */
        inDoorway: recordOf(PROCESSES, false as boolean),
        /** Shared: 0 is no ticket. */
        ticket: recordOf(PROCESSES, 0),
        at: recordOf(PROCESSES, 'noncritical' as Line),
        /** The highest ticket that the process has read. */
        highest: recordOf(PROCESSES, 0),
        /** Which of the others the process looks at next. */
        next: recordOf(PROCESSES, 0),
      },
      actions: {
        enterDoorway: (s) =>
          choose(PROCESSES, (p) => s.at[p] === 'noncritical' && { at: { [p]: 'readTickets' }, inDoorway: { [p]: true } }),
        readTicket: (s) =>
          choose(PROCESSES, (p) => {
            if (s.at[p] !== 'readTickets') return false
            const q = others[p][s.next[p]]
            const highest = { [p]: Math.max(s.highest[p], s.ticket[q]) }
            if (isLast(s.next[p])) return { at: { [p]: 'takeTicket' }, highest, next: { [p]: 0 } }
            return { highest, next: { [p]: s.next[p] + 1 } }
          }),
        takeTicket: (s) =>
          choose(
            PROCESSES,
            (p) =>
              s.at[p] === 'takeTicket' && {
                at: { [p]: 'leaveDoorway' },
                ticket: { [p]: s.highest[p] + 1 },
                highest: { [p]: 0 },
              },
          ),
        leaveDoorway: (s) =>
          choose(PROCESSES, (p) => s.at[p] === 'leaveDoorway' && { at: { [p]: 'waitForDoorway' }, inDoorway: { [p]: false } }),
        seeOutOfDoorway: (s) =>
          choose(PROCESSES, (p) => {
            if (s.at[p] !== 'waitForDoorway') return false
            const q = others[p][s.next[p]]
            return (mutant === 'noDoorway' || !s.inDoorway[q]) && { at: { [p]: 'waitForTurn' } }
          }),
        seeTurn: (s) =>
          choose(PROCESSES, (p) => {
            if (s.at[p] !== 'waitForTurn') return false
            if (!goesFirst(p, others[p][s.next[p]], s.ticket)) return false
            if (isLast(s.next[p])) return { at: { [p]: 'critical' }, next: { [p]: 0 } }
            return { at: { [p]: 'waitForDoorway' }, next: { [p]: s.next[p] + 1 } }
          }),
        leave: (s) => choose(PROCESSES, (p) => s.at[p] === 'critical' && { at: { [p]: 'noncritical' }, ticket: { [p]: 0 } }),
      },
      invariants: {
        mutualExclusion: (s) => PROCESSES.filter((p) => s.at[p] === 'critical').length <= 1,
      },
      sometimes: {
        sameTicket: (s) => PROCESSES.some((p) => others[p].some((q) => s.ticket[p] > 0 && s.ticket[p] === s.ticket[q])),
        highestTicket: (s) => PROCESSES.some((p) => s.ticket[p] === tickets),
      },
      constraints: { ticketsBounded: (s) => PROCESSES.every((p) => s.ticket[p] <= tickets) },
    })
  },
  {
    expected: { states: 190, depth: 27 },
    mutants: {
      noDoorway: { violates: 'mutualExclusion', steps: 12 },
      tiesBothEnter: { violates: 'mutualExclusion', steps: 12 },
      tiesBothWait: { violates: 'deadlock', steps: 10 },
    },
  },
)
