/**
 * RAID 5's write hole: the power fails between the write of a block and that of its parity, and later a block that nobody
 * wrote is lost.
 *
 * Topic: delivery
 * Granularity: one step is one write of the controller to a disk or to its journal, the replay of the journal, or a fault.
 * What the controller is about to write is in its memory until the power fails; until then it misses nothing when a disk
 * fails, so the disk fails after the write, or after the power failure. Faults are written by hand here.
 * Source: D. A. Patterson, G. Gibson, R. H. Katz, "A case for redundant arrays of inexpensive disks (RAID)", 1988; N. Brown,
 * "A journal for MD/RAID5", 2015.
 * Parameters: none. A stripe of two blocks and their parity, and one write of the first block: 11 states.
 * Faults: the power fails once, the disk of the second block fails once.
 * Expected: the second block, which nobody writes, survives the loss of its disk. A mutant has no journal.
 *
 * What a newcomer learns: redundancy is an invariant across disks, and a write to two disks is not atomic; the first failure
 * leaves behind what makes the second one fatal.
 */
import { machine, spec } from 'faultline'

/** What the second block holds, from the beginning. */
const UNTOUCHED = 1
/** What is to be written to the first block, and the parity that goes with it. */
const NEW = { block: 1, parity: 1 ^ UNTOUCHED }

export default spec(
  'raid5-write-hole',
  {},
  (_, mutant) => {
    const journaled = mutant !== 'noJournal'
    return machine({
      init: {
        disks: { block: 0, parity: 0 ^ UNTOUCHED },
        journal: 'empty' as 'empty' | 'written',
        /** `lost`: the power failed while it was running; `recovered`: it was finished from the journal. */
        write: 'waiting' as 'waiting' | 'running' | 'lost' | 'recovered' | 'done',
        untouchedDisk: 'works' as 'works' | 'failed',
      },
      actions: {
        writeJournal: (s) => journaled && s.write === 'waiting' && { write: 'running', journal: 'written' },
        writeBlock: (s) =>
          s.write === (journaled ? 'running' : 'waiting') &&
          s.disks.block !== NEW.block && { write: 'running', disks: { block: NEW.block } },
        writeParity: (s) =>
          s.write === 'running' &&
          s.disks.block === NEW.block && { write: 'done', disks: { parity: NEW.parity }, journal: 'empty' },
        powerFails: (s) => s.write === 'running' && { write: 'lost' },
        replayJournal: (s) =>
          s.write === 'lost' && s.journal === 'written' && { write: 'recovered', disks: NEW, journal: 'empty' },
        diskFails: (s) =>
          s.write !== 'waiting' && s.write !== 'running' && s.untouchedDisk === 'works' && { untouchedDisk: 'failed' },
      },
      invariants: {
        /** Before anything is read the journal is replayed. */
        untouchedDataSurvivesOneDiskFailure: (s) => {
          const rebuilt = s.disks.block ^ s.disks.parity
          const isRead = s.untouchedDisk === 'failed' && s.journal === 'empty'
          return !isRead || rebuilt === UNTOUCHED || { because: 'a block that nobody wrote has changed', rebuilt, was: UNTOUCHED }
        },
      },
      sometimes: {
        recoveredWithoutTheDisk: (s) => s.write === 'recovered' && s.untouchedDisk === 'failed',
        parityIsStale: (s) => s.write === 'lost' && (s.disks.block ^ s.disks.parity) !== UNTOUCHED,
      },
      terminal: (s) => s.untouchedDisk === 'failed' && s.journal === 'empty',
    })
  },
  {
    expected: { states: 11, depth: 4 },
    mutants: {
      noJournal: { violates: 'untouchedDataSurvivesOneDiskFailure', steps: 3 },
    },
  },
)
