/**
 * Chord's ring maintenance in the version that is proved correct: members of a ring of identifiers join and fail, and mend
 * their pointers one query at a time.
 *
 * Topic: membership
 * Granularity: coarse. One step is a member that joins or fails, or one query of a member to another and what follows from
 * the answer: stabilizing asks the first successor, and then, if that knows of somebody nearer, asks this one; rectifying
 * asks the predecessor whether it lives. Steps and names are those of the source. Who fails loses all it knew, and may join
 * anew. Faults are written by hand here.
 * Source: P. Zave, "Reasoning about identifier spaces: how to make Chord correct", 2017, and its Alloy model; the mutants are
 * after I. Stoica et al., "Chord: a scalable peer-to-peer lookup protocol for Internet applications", 2003.
 * Parameters: `identifiers`; `successors`, how many each member keeps, at first one less than there are members; `fails` and
 * `joins`, how often in total. 1,167 states; 8,272 with 5 identifiers.
 * Expected: there is one ordered ring, every member has a way to it, and the ring can always become ideal. It rests on a
 * base: one member more than a list has entries that no list skips, and that do not all fail. Mutants: `unchecked` adopts its
 * successor's predecessor without asking whether that lives; `paper` does so too, and members fail as long as each of the
 * others has a successor left.
 *
 * What a newcomer learns: an inductive invariant (`baseOfPrincipals`) explains why the others hold; a pointer to somebody is
 * worth nothing until that one has answered.
 */
import { choose, every, ids, integer, machine, recordOf, same, spec } from 'faultline'

interface Member {
  readonly status: 'out' | 'idle' | 'stabilizing' | 'rectifying'
  /** The next members, nearest first, as far as is known; some may be gone. */
  readonly successors: readonly string[]
  readonly predecessor: string | null
  /** Whom to ask, or to consider, in the status that the member is in. */
  readonly saved: string | null
}

const OUT: Member = { status: 'out', successors: [], predecessor: null, saved: null }

export default spec(
  'chord',
  {
    identifiers: integer(4, { min: 3, max: 6 }),
    successors: integer(2, { min: 1, max: 3 }),
    fails: integer(2, { min: 0, max: 4 }),
    joins: integer(2, { min: 0, max: 4 }),
  },
  ({ identifiers, successors, fails, joins }, mutant) => {
    const ID: readonly string[] = ids('n', identifiers)
    const base = successors + 1
    const next = (id: string) => ID[(ID.indexOf(id) + 1) % identifiers] ?? ''
    /** How far it is from one identifier to another around the ring; once around to itself. */
    const distance = (from: string, to: string) => ((ID.indexOf(to) - ID.indexOf(from) + identifiers - 1) % identifiers) + 1
    const isBetween = (from: string, id: string, to: string) => id !== to && distance(from, id) < distance(from, to)

    type Ring = { readonly [id: string]: Member }
    const isMember = (ring: Ring, id: string | null) => id !== null && ring[id]?.status !== 'out'
    const members = (ring: Ring) => ID.filter((id) => isMember(ring, id))
    const best = (ring: Ring, id: string) => ring[id]?.successors.find((other) => isMember(ring, other))
    /** Those that no member skips in its list of successors. */
    const principals = (ring: Ring) =>
      members(ring).filter((id) =>
        members(ring).every((other) => {
          const list = [other, ...(ring[other]?.successors ?? [])]
          return list.every((to, i) => i === 0 || !isBetween(list[i - 1] ?? to, id, to))
        }),
      )
    /** The members that a member comes to along the best successors. */
    const path = (ring: Ring, id: string) => {
      const seen: string[] = []
      for (let to = best(ring, id); to !== undefined && !seen.includes(to); to = best(ring, to)) seen.push(to)
      return seen
    }
    /** The members that a ring goes through. The others are appendages. */
    const cycle = (ring: Ring) => members(ring).filter((id) => path(ring, id).includes(id))

    /** What a member would know if all members were `among`, and all knew all. */
    const ideal = (among: readonly string[], id: string): Member => {
      const place = among.indexOf(id) + among.length
      const list = Array.from({ length: successors }, (_, i) => among[(place + 1 + i) % among.length] ?? '')
      return { status: 'idle', successors: list, predecessor: among[(place - 1) % among.length] ?? null, saved: null }
    }
    const isIdeal = (ring: Ring) =>
      members(ring).every((id) => {
        const { successors: list, predecessor } = ideal(members(ring), id)
        return same(ring[id]?.successors, list) && ring[id]?.predecessor === predecessor
      })
    const first: Ring = recordOf(ID, (id) => (ID.indexOf(id) < base ? ideal(ID.slice(0, base), id) : OUT))
    const notify = (s: { readonly ring: Ring }, to: string, by: string) =>
      isMember(s.ring, to) ? { [to]: { status: 'rectifying' as const, saved: by } } : {}

    return machine({
      init: { ring: first, fails: 0, joins: 0 },
      actions: {
        join: (s) =>
          s.joins < joins &&
          choose(ID, (id) =>
            choose(ID, (member) => {
              const asked = s.ring[member] ?? OUT
              if (isMember(s.ring, id) || !isMember(s.ring, member)) return undefined
              if (!isBetween(member, id, asked.successors[0] ?? '')) return undefined
              return {
                ring: { [id]: { status: 'idle', successors: asked.successors, predecessor: member } },
                joins: s.joins + 1,
              }
            }),
          ),
        fail: (s) =>
          s.fails < fails &&
          choose(ID, (id) => {
            if (!isMember(s.ring, id)) return undefined
            const left = { ...s.ring, [id]: OUT }
            const isLastHope = members(left).some((other) => best(left, other) === undefined)
            const isNeeded = principals(s.ring).includes(id) && principals(s.ring).length <= base
            if (isLastHope || (isNeeded && mutant !== 'paper')) return undefined
            return { ring: { [id]: OUT }, fails: s.fails + 1 }
          }),
        stabilizeFromSuccessor: (s) =>
          choose(ID, (id) => {
            const self = s.ring[id] ?? OUT
            const nearest = self.successors[0] ?? ''
            if (self.status !== 'idle') return undefined
            if (!isMember(s.ring, nearest)) {
              const list = [...self.successors.slice(1), next(self.successors.at(-1) ?? '')]
              return { ring: { [id]: { successors: list }, ...notify(s, list[0] ?? '', id) } }
            }
            const { predecessor } = s.ring[nearest] ?? OUT
            const list = [nearest, ...(s.ring[nearest]?.successors ?? [])].slice(0, successors)
            if (predecessor !== null && isBetween(id, predecessor, nearest)) {
              const adopted = [predecessor, ...self.successors.slice(1)]
              if (mutant !== null) return { ring: { [id]: { successors: adopted }, ...notify(s, predecessor, id) } }
              return { ring: { [id]: { successors: list, status: 'stabilizing', saved: predecessor } } }
            }
            return { ring: { [id]: { successors: list }, ...notify(s, nearest, id) } }
          }),
        stabilizeFromPredecessor: (s) =>
          choose(ID, (id) => {
            const self = s.ring[id] ?? OUT
            if (self.status !== 'stabilizing' || self.saved === null) return undefined
            const done = { status: 'idle', saved: null } as const
            if (!isMember(s.ring, self.saved)) return { ring: { [id]: done, ...notify(s, self.successors[0] ?? '', id) } }
            const list = [self.saved, ...(s.ring[self.saved]?.successors ?? [])].slice(0, successors)
            return { ring: { [id]: { ...done, successors: list }, ...notify(s, self.saved, id) } }
          }),
        rectify: (s) =>
          choose(ID, (id) => {
            const self = s.ring[id] ?? OUT
            if (self.status !== 'rectifying' || self.saved === null) return undefined
            const isBetter = self.predecessor === null || isBetween(self.predecessor, self.saved, id)
            const predecessor = isBetter || !isMember(s.ring, self.predecessor) ? self.saved : self.predecessor
            return { ring: { [id]: { status: 'idle', saved: null, predecessor } } }
          }),
      },
      invariants: {
        oneLiveSuccessor: (s) => every(members(s.ring), (id) => best(s.ring, id) !== undefined),
        baseOfPrincipals: (s) =>
          principals(s.ring).length >= base || { because: 'lists skip too many members', principals: principals(s.ring) },
        atLeastOneRing: (s) => cycle(s.ring).length > 0,
        atMostOneRing: (s) => every(cycle(s.ring), (id) => every(cycle(s.ring), (to) => path(s.ring, id).includes(to))),
        orderedRing: (s) =>
          every(cycle(s.ring), (id) => every(cycle(s.ring), (other) => !isBetween(id, other, best(s.ring, id) ?? ''))),
        connectedAppendages: (s) =>
          every(members(s.ring), (id) => [id, ...path(s.ring, id)].some((to) => cycle(s.ring).includes(to))),
      },
      sometimes: {
        grown: (s) => isIdeal(s.ring) && members(s.ring).length > base,
        appendage: (s) => members(s.ring).some((id) => !cycle(s.ring).includes(id)),
        rejoined: (s) => s.fails > 0 && s.joins === joins && isIdeal(s.ring),
      },
      alwaysPossible: { ideal: (s) => isIdeal(s.ring) },
    })
  },
  {
    expected: { states: 1_167, depth: 21 },
    mutants: {
      unchecked: { violates: 'atLeastOneRing', steps: 11 },
      paper: { violates: 'atLeastOneRing', steps: 3 },
    },
  },
)
