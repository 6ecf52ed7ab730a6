/**
 * Cache-aside: readers fill the cache from the database, a writer changes the database and then deletes what is cached; a
 * slow reader puts the old value back.
 *
 * Topic: registers
 * Granularity: one step is one request of a reader or the writer to the cache or to the database.
 * Source: R. Nishtala et al., "Scaling Memcache at Facebook", 2013, section 3.2.1, on leases.
 * Parameters: `readers`: 19 states for 1, 69 for 2.
 * Expected: with leases what is cached is what the database has, once nobody has a request under way. A lease is given to a
 * reader that misses, the writer's delete makes it void, and no value is taken without. Mutants: no leases; the writer
 * deletes first and writes then.
 *
 * What a newcomer learns: a cache is a replica; "quiescence" as a property of the states where nothing is under way.
 */
import { choose, ids, integer, machine, recordOf, spec } from 'faultline'

type Value = 'old' | 'new'

export default spec(
  'cache-aside',
  { readers: integer(1, { min: 1, max: 3 }) },
  ({ readers }, mutant) => {
    const READERS = ids('r', readers)
    type Reader = (typeof READERS)[number]
    const steps = mutant === 'deleteFirst' ? (['delete', 'write'] as const) : (['write', 'delete'] as const)

    return machine({
      init: {
        database: 'old' as Value,
        cache: 'none' as Value | 'none',
        /** Who may fill the cache. */
        lease: null as Reader | null,
        at: recordOf(READERS, 'start' as 'start' | 'missed' | 'loaded' | 'done'),
        /** What each reader has found. */
        found: recordOf(READERS, 'none' as Value | 'none'),
        /** How many of its two requests the writer has made. */
        writer: 0,
      },
      actions: {
        get: (s) =>
          choose(READERS, (r) => {
            if (s.at[r] !== 'start') return undefined
            if (s.cache !== 'none') return { at: { [r]: 'done' }, found: { [r]: s.cache } }
            // Where another has the lease, a reader tries again.
            return s.lease === null && { at: { [r]: 'missed' }, lease: r }
          }),
        load: (s) => choose(READERS, (r) => s.at[r] === 'missed' && { at: { [r]: 'loaded' }, found: { [r]: s.database } }),
        fill: (s) =>
          choose(READERS, (r) => {
            if (s.at[r] !== 'loaded') return undefined
            const isTaken = s.lease === r || mutant === 'noLease'
            return isTaken ? { at: { [r]: 'done' }, cache: s.found[r], lease: null } : { at: { [r]: 'done' } }
          }),
        write: (s) => steps[s.writer] === 'write' && { database: 'new', writer: s.writer + 1 },
        delete: (s) => steps[s.writer] === 'delete' && { cache: 'none', lease: null, writer: s.writer + 1 },
      },
      invariants: {
        cacheMatchesDbAtQuiescence: (s) => {
          const isQuiet = s.writer === 2 && READERS.every((r) => s.at[r] === 'start' || s.at[r] === 'done')
          return (
            !isQuiet ||
            s.cache === 'none' ||
            s.cache === s.database || { because: 'the cache has an old value, and nobody is about to delete it' }
          )
        },
      },
      sometimes: {
        newIsCached: (s) => s.cache === 'new',
        leaseIsVoid: (s) => READERS.some((r) => s.at[r] === 'loaded' && s.lease !== r),
      },
      terminal: (s) => s.writer === 2 && READERS.every((r) => s.at[r] === 'done'),
    })
  },
  {
    expected: { states: 19, depth: 5 },
    mutants: {
      noLease: { violates: 'cacheMatchesDbAtQuiescence', steps: 5 },
      deleteFirst: { violates: 'cacheMatchesDbAtQuiescence', steps: 5 },
    },
  },
)
