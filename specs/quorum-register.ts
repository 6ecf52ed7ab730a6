/**
 * A register on several replicas: a write is done when `write` of them have it, a read asks `read` of them.
 *
 * Topic: registers
 * Granularity: coarse. One step is a whole write or read by one quorum, so operations never overlap; or a replica goes
 * down, comes back with what it had, or is cut off from the others and joined again. Faults are written by hand here.
 * Source: D. K. Gifford, "Weighted voting for replicated data", 1979; G. DeCandia et al., "Dynamo: Amazon's highly available
 * key-value store", 2007, on sloppy quorums.
 * Parameters: `replicas`, `write`, `read`, the sizes of quorums; `writes`, how often the register is written; `crashes`, how many
 * replicas are down at most, and `cuts`, how often one is cut off. 840 states; 15,232 for 5 replicas and
 * quorums of 3.
 * Expected: a read finds the last value written. Mutants: quorums that need not meet (three sizes); replicas without versions, so
 * that a read takes what the last one says; a read that makes do with fewer replicas than it should; and, with a cut, sloppy
 * quorums, where any node may stand in for a replica that is out of reach.
 *
 * What a newcomer learns: quorums that meet give a witness, and the version says which witness to believe.
 */
import { choose, ids, integer, machine, recordOf, spec, subsets } from 'faultline'

/** All ways to choose at least `size` of `replicas`, in their order. */
const quorums = <R>(replicas: readonly R[], size: number) => subsets(replicas).filter((subset) => subset.length >= size)

export default spec(
  'quorum-register',
  {
    replicas: integer(3, { min: 1, max: 5 }),
    write: integer(2, { min: 1, max: 5 }),
    read: integer(2, { min: 1, max: 5 }),
    writes: integer(2, { min: 1, max: 4 }),
    crashes: integer(2, { min: 0, max: 5 }),
    cuts: integer(1, { min: 0, max: 2 }),
  },
  ({ replicas, write, read, writes, crashes, cuts }, mutant) => {
    const REPLICAS = ids('r', replicas)
    type Replica = (typeof REPLICAS)[number]
    const init = {
      /** Of each replica, the version that it has; the value is the version's. */
      version: recordOf(REPLICAS, 0),
      up: recordOf(REPLICAS, true as boolean),
      /** The replica that is cut off from the others. */
      isolated: 'none' as Replica | 'none',
      cuts: 0,
      written: 0,
      lastRead: 'none' as number | 'none',
    }
    /** What a client can reach, on either side of a cut. */
    const sides = (s: typeof init) => {
      const up = REPLICAS.filter((r) => s.up[r])
      return s.isolated === 'none' ? [up] : [up.filter((r) => r === s.isolated), up.filter((r) => r !== s.isolated)]
    }
    const reach = (s: typeof init, size: number, makesDo: boolean) =>
      sides(s).flatMap((side) => quorums(side, makesDo ? Math.min(size, Math.max(side.length, 1)) : size))

    return machine({
      init,
      actions: {
        write: (s) =>
          s.written < writes &&
          choose(reach(s, write, mutant === 'sloppy'), (quorum) => ({
            version: recordOf(quorum, s.written + 1),
            written: s.written + 1,
            lastRead: 'none',
          })),
        read: (s) =>
          choose(reach(s, read, mutant === 'readBelowQuorum'), (quorum) => {
            const found = quorum.map((r) => s.version[r])
            return { lastRead: mutant === 'noVersions' ? Number(found.at(-1)) : Math.max(...found) }
          }),
        crash: (s) =>
          REPLICAS.filter((r) => !s.up[r]).length < crashes && choose(REPLICAS, (r) => s.up[r] && { up: { [r]: false } }),
        restart: (s) => choose(REPLICAS, (r) => !s.up[r] && { up: { [r]: true } }),
        cut: (s) => s.isolated === 'none' && s.cuts < cuts && choose(REPLICAS, (r) => ({ isolated: r, cuts: s.cuts + 1 })),
        heal: (s) => s.isolated !== 'none' && { isolated: 'none' },
      },
      invariants: {
        readsLastWritten: (s) =>
          s.lastRead === 'none' ||
          s.lastRead === s.written || { because: 'a read missed the last write', read: s.lastRead, written: s.written },
      },
      sometimes: {
        lastWriteIsRead: (s) => s.lastRead === writes,
      },
    })
  },
  {
    expected: { states: 840, depth: 7 },
    mutants: {
      readOneWriteOne: { with: { read: 1, write: 1 }, violates: 'readsLastWritten', steps: 2 },
      halfOfFour: { with: { replicas: 4 }, violates: 'readsLastWritten', steps: 2 },
      twoOfFive: { with: { replicas: 5 }, violates: 'readsLastWritten', steps: 2 },
      noVersions: { violates: 'readsLastWritten', steps: 2 },
      readBelowQuorum: { with: { cuts: 0 }, violates: 'readsLastWritten', steps: 4 },
      sloppy: { violates: 'readsLastWritten', steps: 3 },
    },
  },
)
