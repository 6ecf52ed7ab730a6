/**
 * Lamport's distributed mutual exclusion: every process keeps a queue of all requests, ordered by logical clocks, and enters
 * when its own is first and all others have answered.
 *
 * Topic: mutual exclusion
 * Granularity: one step is one process requesting, entering, leaving, or handling one message. Each channel keeps the order.
 * Source: L. Lamport, "Time, clocks, and the ordering of events in a distributed system", 1978; tlaplus/Examples, lamport_mutex.
 * Parameters: `processes`; `clock`, the highest clock explored: the constraint `clocksBounded` cuts the space there. 401 states
 * for 2 and 4, 3,215 for 2 and 10, 724,274 for 3 and 6.
 * Expected: `mutualExclusion` holds. Mutants: channels that reorder, clocks that do not advance on
 * receipt, ties that nobody breaks.
 *
 * What a newcomer learns: how a total order comes out of logical clocks, and that it needs channels that keep the order.
 */

import { choose, ids, integer, machine, recordOf, spec } from 'faultline'
import { List, Set } from 'immutable'

type Message =
  | { readonly type: 'request'; readonly clock: number }
  | { readonly type: 'acknowledge' }
  | { readonly type: 'release' }

export default spec(
  'lamport-mutex',
  { processes: integer(2, { min: 2, max: 4 }), clock: integer(4, { min: 1, max: 12 }) },
  ({ processes, clock: clockMax }, mutant) => {
    const PROCESSES = ids('p', processes)
    type Process = (typeof PROCESSES)[number]
    type Channels = Readonly<Record<Process, Readonly<Record<Process, List<Message>>>>>
    const others = recordOf(PROCESSES, (p) => PROCESSES.filter((q) => q !== p))
    const isBefore = (p: Process, q: Process) => PROCESSES.indexOf(p) < PROCESSES.indexOf(q)
    const everyone = Set<string>(PROCESSES)

    /** The channels from `p` with `message` sent to all others. */
    const broadcast = (channels: Channels, p: Process, message: Message) => ({
      [p]: recordOf(others[p], (q) => channels[p][q].push(message)),
    })
    /** The messages that may come out of a channel next, each with its place. */
    const next = (channel: List<Message>) => {
      const entries = [...channel.entries()]
      return mutant === 'reordering' ? entries : entries.slice(0, 1)
    }

    return machine({
      init: {
        clock: recordOf(PROCESSES, 1),
        /** `requested[p][q]`: the clock of q's request as p knows it; 0 for none. */
        requested: recordOf(PROCESSES, () => recordOf(PROCESSES, 0)),
        /** Who has answered the process's request, itself included. */
        answered: recordOf(PROCESSES, Set<string>()),
        critical: recordOf(PROCESSES, false as boolean),
        /** `channel[p][q]`: messages on their way from p to q. */
        channel: recordOf(PROCESSES, (p) => recordOf(others[p], List<Message>())),
      },
      actions: {
        request: (s) =>
          choose(
            PROCESSES,
            (p) =>
              s.requested[p][p] === 0 && {
                requested: { [p]: { [p]: s.clock[p] } },
                answered: { [p]: Set([p]) },
                channel: broadcast(s.channel, p, { type: 'request', clock: s.clock[p] }),
              },
          ),
        receive: (s) =>
          choose(PROCESSES, (p) =>
            choose(others[p], (q) =>
              choose(next(s.channel[q][p]), ([index, message]) => {
                const channel = { [q]: { [p]: s.channel[q][p].delete(index) } }
                switch (message.type) {
                  case 'request':
                    return {
                      requested: { [p]: { [q]: message.clock } },
                      clock: { [p]: mutant === 'clockIgnoresReceipt' ? s.clock[p] : Math.max(s.clock[p], message.clock) + 1 },
                      channel: { ...channel, [p]: { [q]: s.channel[p][q].push({ type: 'acknowledge' }) } },
                    }
                  case 'acknowledge':
                    return { answered: { [p]: s.answered[p].add(q) }, channel }
                  case 'release':
                    return { requested: { [p]: { [q]: 0 } }, channel }
                }
              }),
            ),
          ),
        enter: (s) =>
          choose(PROCESSES, (p) => {
            const isFirst = others[p].every((q) => {
              const mine = s.requested[p][p]
              const theirs = s.requested[p][q]
              if (theirs === 0 || mine < theirs) return true
              return mine === theirs && (isBefore(p, q) || mutant === 'noTieBreak')
            })
            return isFirst && s.answered[p].equals(everyone) && { critical: { [p]: true } }
          }),
        exit: (s) =>
          choose(
            PROCESSES,
            (p) =>
              s.critical[p] && {
                critical: { [p]: false },
                requested: { [p]: { [p]: 0 } },
                answered: { [p]: Set<string>() },
                channel: broadcast(s.channel, p, { type: 'release' }),
              },
          ),
      },
      invariants: {
        mutualExclusion: (s) => PROCESSES.filter((p) => s.critical[p]).length <= 1,
      },
      sometimes: {
        sameClock: (s) => s.requested.p1.p1 > 0 && s.requested.p1.p1 === s.requested.p2.p2,
        waitsForTheOther: (s) => s.critical.p1 && s.answered.p2.equals(everyone),
      },
      constraints: { clocksBounded: (s) => PROCESSES.every((p) => s.clock[p] <= clockMax) },
    })
  },
  {
    expected: { states: 401, depth: 27 },
    mutants: {
      reordering: { violates: 'mutualExclusion', steps: 8 },
      noTieBreak: { violates: 'mutualExclusion', steps: 8 },
      clockIgnoresReceipt: { violates: 'mutualExclusion', steps: 8 },
    },
  },
)
