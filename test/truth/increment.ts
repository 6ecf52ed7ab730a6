/**
 * Threads that increment a shared counter by reading it, and writing one more: Stateright's examples `increment` and
 * `increment_lock`. Pinned because their counts are published.
 */
import { choose, ids, integer, machine, recordOf, spec } from 'faultline'

const threads = integer(2, { min: 1, max: 8 })

/** Without a lock: an update is lost. */
export const increment = spec('increment', { threads }, ({ threads }) => {
  const THREADS = ids('t', threads)
  return machine({
    init: { counter: 0, read: recordOf(THREADS, 0), line: recordOf(THREADS, 1 as 1 | 2 | 3) },
    actions: {
      read: (s) => choose(THREADS, (t) => s.line[t] === 1 && { read: { [t]: s.counter }, line: { [t]: 2 } }),
      write: (s) => choose(THREADS, (t) => s.line[t] === 2 && { counter: s.read[t] + 1, line: { [t]: 3 } }),
    },
    invariants: { fin: (s) => THREADS.filter((t) => s.line[t] === 3).length === s.counter },
    terminal: (s) => THREADS.every((t) => s.line[t] === 3),
  })
})

/** With a lock: no update is lost. */
export const incrementLock = spec('increment-lock', { threads }, ({ threads }) => {
  const THREADS = ids('t', threads)
  return machine({
    init: {
      counter: 0,
      locked: false as boolean,
      read: recordOf(THREADS, 0),
      line: recordOf(THREADS, 0 as 0 | 1 | 2 | 3 | 4),
    },
    actions: {
      lock: (s) => choose(THREADS, (t) => !s.locked && s.line[t] === 0 && { locked: true, line: { [t]: 1 } }),
      read: (s) => choose(THREADS, (t) => s.line[t] === 1 && { read: { [t]: s.counter }, line: { [t]: 2 } }),
      write: (s) => choose(THREADS, (t) => s.line[t] === 2 && { counter: s.read[t] + 1, line: { [t]: 3 } }),
      release: (s) => choose(THREADS, (t) => s.locked && s.line[t] === 3 && { locked: false, line: { [t]: 4 } }),
    },
    invariants: {
      fin: (s) => THREADS.filter((t) => s.line[t] >= 3).length === s.counter,
      mutex: (s) => THREADS.filter((t) => s.line[t] >= 1 && s.line[t] <= 3).length <= 1,
    },
    terminal: (s) => THREADS.every((t) => s.line[t] === 4),
  })
})
