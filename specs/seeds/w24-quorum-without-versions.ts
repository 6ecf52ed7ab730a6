/**
 * Quorum reads and writes as an article codes them: values have no versions, and a read returns what it saw last.
 *
 * Topic: registers
 * Claim: "def read(self, node): count = 0; data = None; for n in self.nodes: if n.data is not None: count += 1; data = n.data;
 * if count >= self.read_quorum: break; return data" (Five articles on faults in distributed systems, in Chinese; article 002,
 * section 4.2.1, lines 160 to 179.)
 * Why it is wrong: quorums meet, so a read sees the last value written, and does not know it from older ones: it takes the
 * value of the node that it asked last. And where too few nodes answer it returns all the same, as if there were a quorum.
 * Granularity: coarse. One step is a whole read or write, which asks the nodes that are up in their order, until it has enough;
 * or a node goes down, or comes back with what it had.
 * Source: the article; for what is right D. K. Gifford, "Weighted voting for replicated data", 1979.
 * Parameters: `nodes`; `writes`, how often the register is written; `down`, how many nodes may be down at the same time.
 * Expected: `readsLastWritten` is violated in 5 steps: a node that missed a write comes back, and is asked last. With two of
 * three down it takes 4, by a read that finds nothing.
 *
 * What a newcomer learns: that quorums meet gives a witness; it takes a version to know which one to believe, and an error to
 * know that there is none.
 */
import { choose, ids, integer, machine, recordOf, spec } from 'faultline'

export default spec(
  'quorum-without-versions',
  { nodes: integer(3, { min: 1, max: 5 }), writes: integer(2, { min: 1, max: 4 }), down: integer(1, { min: 0, max: 5 }) },
  ({ nodes, writes, down }) => {
    const NODES = ids('n', nodes)
    const quorum = Math.floor(nodes / 2) + 1

    return machine({
      init: {
        up: recordOf(NODES, true as boolean),
        /** Of each node, the number of the write that it has; 0 for none. */
        data: recordOf(NODES, 0),
        written: 0,
        lastRead: 'none' as number | 'none',
      },
      actions: {
        write: (s) => {
          const asked = NODES.filter((n) => s.up[n]).slice(0, quorum)
          if (asked.length < quorum || s.written === writes) return false
          return { data: recordOf(asked, s.written + 1), written: s.written + 1, lastRead: 'none' }
        },
        read: (s) => {
          const answers = NODES.filter((n) => s.up[n] && s.data[n] > 0).slice(0, quorum)
          const last = answers.at(-1)
          return { lastRead: last === undefined ? 0 : s.data[last] }
        },
        crash: (s) => NODES.filter((n) => !s.up[n]).length < down && choose(NODES, (n) => s.up[n] && { up: { [n]: false } }),
        restart: (s) => choose(NODES, (n) => !s.up[n] && { up: { [n]: true } }),
      },
      invariants: {
        readsLastWritten: (s) =>
          s.lastRead === 'none' ||
          s.lastRead === s.written || { because: 'a read missed the last write', read: s.lastRead, written: s.written },
      },
      sometimes: { lastWriteIsRead: (s) => s.lastRead === writes },
    })
  },
  { expected: { violates: 'readsLastWritten', steps: 5 } },
)
