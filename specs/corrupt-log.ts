/**
 * A replicated log with bad disks: a replica that finds a damaged entry and treats it as one that was never written takes
 * part in losing it.
 *
 * Topic: replication
 * Granularity: coarse. One step is a disk going bad under an entry, which its replica notices by the checksum; an election by
 * one majority; or a replica that repairs its entry from the copy of another. There is one entry, committed, on all replicas
 * but the last.
 * Source: R. Alagappan et al., "Protocol-aware recovery for consensus-based storage", 2018; the property is that of Raft.
 * Parameters: `replicas`; `corruptions`, how many entries go bad: 12 states for 3 replicas and 1.
 * Expected: the leader always knows of the committed entry, and can always read it in the end. Mutants: `truncate` takes a
 * bad checksum for a torn write, the end of the log, and cuts there; with `twoCorruptions` all copies may be lost, which no
 * protocol mends, but it is known that an entry is missing.
 *
 * What a newcomer learns: "corrupt" is not "absent"; throwing data away is a decision that the protocol must take, not the
 * disk's driver.
 */
import { choose, ids, integer, machine, recordOf, spec } from 'faultline'

type Entry = 'intact' | 'corrupt' | 'absent'

export default spec(
  'corrupt-log',
  { replicas: integer(3, { min: 3, max: 5 }), corruptions: integer(1, { min: 0, max: 5 }) },
  ({ replicas, corruptions }, mutant) => {
    const REPLICAS = ids('r', replicas)
    type Replica = (typeof REPLICAS)[number]
    const quorum = Math.floor(replicas / 2) + 1

    return machine({
      init: {
        entry: recordOf(REPLICAS, (r): Entry => (r === REPLICAS.at(-1) ? 'absent' : 'intact')),
        leader: null as Replica | null,
        corruptions: 0,
      },
      actions: {
        corrupt: (s) =>
          s.corruptions < corruptions &&
          choose(
            REPLICAS,
            (r) =>
              s.entry[r] === 'intact' && {
                entry: { [r]: mutant === 'truncate' ? 'absent' : 'corrupt' },
                corruptions: s.corruptions + 1,
              },
          ),
        /** A replica votes for those whose log is not shorter; an entry that is damaged counts. */
        elect: (s) =>
          choose(REPLICAS, (r) => {
            const votes = REPLICAS.filter((voter) => s.entry[r] !== 'absent' || s.entry[voter] === 'absent')
            return s.leader !== r && votes.length >= quorum && { leader: r }
          }),
        repair: (s) =>
          REPLICAS.some((r) => s.entry[r] === 'intact') &&
          choose(REPLICAS, (r) => s.entry[r] === 'corrupt' && { entry: { [r]: 'intact' } }),
      },
      invariants: {
        leaderCompleteness: (s) =>
          s.leader === null ||
          s.entry[s.leader] !== 'absent' || { because: 'the leader does not know of a committed entry', leader: s.leader },
      },
      sometimes: {
        corruptLeader: (s) => s.leader !== null && s.entry[s.leader] === 'corrupt',
        repaired: (s) => s.corruptions > 0 && REPLICAS.every((r) => s.entry[r] !== 'corrupt'),
      },
      alwaysPossible: { readable: (s) => s.leader !== null && s.entry[s.leader] === 'intact' },
    })
  },
  {
    expected: { states: 12, depth: 3 },
    mutants: {
      truncate: { violates: 'leaderCompleteness', steps: 2 },
      twoCorruptions: { with: { corruptions: 2 }, violates: 'readable', steps: 2 },
    },
  },
)
