/**
 * Consistent hashing, and what it leaves to others: the ring says which node a key belongs to, and when a node joins somebody
 * has to move the data.
 *
 * Topic: membership
 * Granularity: coarse. One step is a whole write or read at the node that the ring in force names, or a step of the join: it
 * begins, and the old owner takes no writes any more of what moves; the data are copied; the new ring comes into force for
 * all at once. Reads go on all the time.
 * Source: D. Karger et al., "Consistent hashing and random trees", 1997; G. DeCandia et al., "Dynamo: Amazon's highly
 * available key-value store", 2007.
 * Parameters: `keys`; the first moves when the third node joins, the others do not. `writes`, how many writes there are in
 * total. 30 states; 112 for 2 keys.
 * Expected: a read finds what was written last, and keys move to the new node alone. Mutants: nobody moves data
 * (`noHandoff`); writes go on while data are copied (`noFreeze`); a writer goes by the old ring still when the new one is in
 * force (`twoRings`); keys belong to a node by their remainder, so that keys move between old nodes (`modulo`).
 *
 * What a newcomer learns: hashing says who should have the key; the hard part is the moment when that changes.
 */
import { choose, every, integer, machine, recordOf, spec } from 'faultline'

const OLD = ['n1', 'n2'] as const
const NEW = 'n3'
const NODES = [...OLD, NEW] as const
type Node = (typeof NODES)[number]

/** Places on a ring of 60. */
const PLACE = { n1: 0, n2: 40, n3: 20, k1: 11, k2: 34, k3: 51 } as const
const KEYS = ['k1', 'k2', 'k3'] as const
type Key = (typeof KEYS)[number]

/** The first node at the key's place or after it. */
function successor(members: readonly Node[], key: Key): Node {
  const sorted = members.toSorted((a, b) => PLACE[a] - PLACE[b])
  return sorted.find((node) => PLACE[node] >= PLACE[key]) ?? sorted[0] ?? NEW
}

export default spec(
  'consistent-hashing',
  { keys: integer(1, { min: 1, max: 3 }), writes: integer(2, { min: 1, max: 4 }) },
  ({ keys, writes }, mutant) => {
    const USED = KEYS.slice(0, keys)
    const ownerAmong = (members: readonly Node[], key: Key) =>
      mutant === 'modulo' ? (members[PLACE[key] % members.length] ?? NEW) : successor(members, key)
    const before = (key: Key) => ownerAmong(OLD, key)
    const after = (key: Key) => ownerAmong(NODES, key)
    const moves = (key: Key) => before(key) !== after(key)

    const init = {
      join: 'waiting' as 'waiting' | 'begun' | 'copied' | 'done',
      /** Which write of a key each node has, 0 for none. */
      data: recordOf(NODES, recordOf(KEYS, 0)),
      written: recordOf(KEYS, 0),
      lastRead: recordOf(KEYS, 'none' as number | 'none'),
    }
    const owner = (s: typeof init, key: Key) => (s.join === 'done' ? after(key) : before(key))
    const isMoving = (s: typeof init, key: Key) => moves(key) && (s.join === 'begun' || s.join === 'copied')
    /** The nodes that take a write of the key. */
    const accepting = (s: typeof init, key: Key) => {
      if (mutant === 'twoRings' && moves(key) && s.join === 'done') return [before(key), after(key)]
      return isMoving(s, key) && mutant !== 'noFreeze' ? [] : [owner(s, key)]
    }

    return machine({
      init,
      actions: {
        write: (s) =>
          USED.reduce((sum, key) => sum + s.written[key], 0) < writes &&
          choose(USED, (key) =>
            choose(accepting(s, key), (node) => ({
              data: { [node]: { [key]: s.written[key] + 1 } },
              written: { [key]: s.written[key] + 1 },
              lastRead: { [key]: 'none' },
            })),
          ),
        read: (s) => choose(USED, (key) => ({ lastRead: { [key]: s.data[owner(s, key)][key] } })),
        beginJoin: (s) => s.join === 'waiting' && { join: mutant === 'noHandoff' ? 'done' : 'begun' },
        copy: (s) =>
          s.join === 'begun' && {
            join: 'copied',
            data: recordOf(NODES, (node) =>
              recordOf(KEYS, (key) => (moves(key) && after(key) === node ? s.data[before(key)][key] : s.data[node][key])),
            ),
          },
        finishJoin: (s) => s.join === 'copied' && { join: 'done' },
      },
      invariants: {
        noLostKey: (s) =>
          USED.every((key) => s.lastRead[key] === 'none' || s.lastRead[key] === s.written[key]) || {
            because: 'a read missed the last write',
            read: s.lastRead,
            written: s.written,
          },
      },
      transitions: {
        onlyTheNewNodeGains: (s, next) => every(USED, (key) => owner(s, key) === owner(next, key) || owner(next, key) === NEW),
      },
      sometimes: {
        movedAndRead: (s) => s.join === 'done' && s.lastRead.k1 === writes,
      },
      alwaysPossible: { joined: (s) => s.join === 'done' },
    })
  },
  {
    expected: { states: 30, depth: 6 },
    mutants: {
      noHandoff: { violates: 'noLostKey', steps: 3 },
      noFreeze: { violates: 'noLostKey', steps: 5 },
      twoRings: { violates: 'noLostKey', steps: 5 },
      modulo: { with: { keys: 2 }, violates: 'onlyTheNewNodeGains', steps: 3 },
    },
  },
)
