/**
 * Quorums as an article tells them: reads and writes are consistent when both ask equally many replicas.
 *
 * Topic: registers
 * Claim: "Set a read quorum and a write quorum for reads and writes; when the sizes of the read quorum and the write quorum are
 * equal, the system can guarantee consistency." (Five articles on faults in distributed systems, in Chinese; article 002,
 * section 3.2.1, line 51.)
 * Why it is wrong: that the sizes are equal does not make two quorums meet. They must together be more than all replicas: R + W
 * > N.
 * Granularity: coarse. One step is a whole write or a whole read by one quorum, so operations never overlap. No fault is
 * needed.
 * Source: the article; for what is right D. K. Gifford, "Weighted voting for replicated data", 1979.
 * Parameters: `replicas`; `size`, of read and of write quorums; `writes`, how often the register is written.
 * Expected: `readsLastWritten` is violated in 2 steps: a write at one replica, a read at another; so too with two of five. With
 * two of three it holds, because these are more than half.
 *
 * What a newcomer learns: quorums work because they meet. quorum-register.ts has the right condition, and what else it takes.
 */
import { choose, ids, integer, machine, recordOf, spec, subsets } from 'faultline'

export default spec(
  'equal-quorums',
  { replicas: integer(3, { min: 1, max: 5 }), size: integer(1, { min: 1, max: 5 }), writes: integer(2, { min: 1, max: 4 }) },
  ({ replicas, size, writes }) => {
    const REPLICAS = ids('r', replicas)
    const QUORUMS = subsets(REPLICAS, Math.min(size, replicas))

    return machine({
      init: {
        /** Of each replica, the number of the write that it saw last. */
        version: recordOf(REPLICAS, 0),
        written: 0,
        lastRead: 'none' as number | 'none',
      },
      actions: {
        write: (s) =>
          s.written < writes &&
          choose(QUORUMS, (quorum) => ({
            version: recordOf(quorum, s.written + 1),
            written: s.written + 1,
            lastRead: 'none',
          })),
        read: (s) => choose(QUORUMS, (quorum) => ({ lastRead: Math.max(...quorum.map((r) => s.version[r])) })),
      },
      invariants: {
        readsLastWritten: (s) =>
          s.lastRead === 'none' ||
          s.lastRead === s.written || { because: 'a read missed the last write', read: s.lastRead, written: s.written },
      },
      sometimes: { lastWriteIsRead: (s) => s.lastRead === writes },
    })
  },
  { expected: { violates: 'readsLastWritten', steps: 2 } },
)
