/**
 * Last writer wins: two replicas keep of several writes the one with the highest stamp, and what is last depends on whose
 * clock runs fast.
 *
 * Topic: clocks
 * Granularity: coarse. One step is a whole write at one replica, each at a time of its own, or a replica taking over what the
 * other has, if that has a higher stamp.
 * Source: S. S. Kulkarni et al., "Logical physical clocks", 2014; K. Kingsbury, "The trouble with timestamps", 2013.
 * Parameters: `writes`; `skew`, by how much the second replica's clock is fast; `clock`, `physical` for stamps that a replica
 * reads from its clock, `hybrid` where a stamp is higher too than that of the write that it replaces. 13 states.
 * Expected: without skew the replicas agree on what was written last. Mutants: with a clock that is one ahead they may agree
 * on the write before (`skewed`), with hybrid clocks too (`skewedHybrid`); but these never lose a write to one that its
 * writer had seen.
 *
 * What a newcomer learns: a clock that is off loses acknowledged writes without any error; hybrid clocks keep cause and
 * effect in order, and nothing else.
 */
import { choose, integer, machine, oneOf, recordOf, spec } from 'faultline'

const REPLICAS = ['r1', 'r2'] as const
type Replica = (typeof REPLICAS)[number]

interface Version {
  readonly stamp: number
  /** Who wrote it, which decides between stamps that are equal. */
  readonly by: Replica | 'none'
  /** The time at which it was written, which nobody knows. */
  readonly time: number
}

const NOTHING: Version = { stamp: 0, by: 'none', time: 0 }

/** Of two versions the one that wins; 'none' < 'r1' < 'r2'. */
const winner = (a: Version, b: Version) => (a.stamp > b.stamp || (a.stamp === b.stamp && a.by > b.by) ? a : b)

export default spec(
  'lww-skew',
  {
    writes: integer(2, { min: 1, max: 4 }),
    skew: integer(0, { min: 0, max: 3 }),
    clock: oneOf('physical', ['physical', 'hybrid']),
  },
  ({ writes, skew, clock }) =>
    machine({
      init: { time: 0, copy: recordOf(REPLICAS, NOTHING) },
      actions: {
        write: (s) =>
          s.time < writes &&
          choose(REPLICAS, (r) => {
            const time = s.time + 1
            const shown = r === 'r2' ? time + skew : time
            const stamp = clock === 'hybrid' ? Math.max(shown, s.copy[r].stamp + 1) : shown
            return { time, copy: { [r]: winner({ stamp, by: r, time }, s.copy[r]) } }
          }),
        takeOver: (s) =>
          choose(REPLICAS, (r) => {
            const other = s.copy[r === 'r1' ? 'r2' : 'r1']
            return winner(other, s.copy[r]).time !== s.copy[r].time && { copy: { [r]: other } }
          }),
      },
      invariants: {
        latestWriteSurvives: (s) =>
          s.copy.r1.time !== s.copy.r2.time ||
          s.copy.r1.time === s.time || {
            because: 'the replicas agree on a write that is not the last',
            on: s.copy.r1,
            last: s.time,
          },
      },
      transitions: {
        seenWriteIsReplaced: (before, after) =>
          before.time === after.time || REPLICAS.some((r) => after.copy[r].time === after.time),
      },
      sometimes: { bothWrote: (s) => s.copy.r1.by === 'r1' && s.copy.r2.by === 'r2' },
      alwaysPossible: { agreed: (s) => s.time === writes && s.copy.r1.time === s.copy.r2.time },
      terminal: (s) => s.time === writes && s.copy.r1.time === s.copy.r2.time,
    }),
  {
    expected: { states: 13, depth: 3 },
    mutants: {
      skewed: { with: { skew: 1 }, violates: 'latestWriteSurvives', steps: 3 },
      skewedHybrid: { with: { skew: 1, clock: 'hybrid' }, violates: 'latestWriteSurvives', steps: 3 },
    },
  },
)
