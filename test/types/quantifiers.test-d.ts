/** Quantifiers keep the type of the elements, and answer what a property may. */
import { every, ids, machine, recordOf, some } from 'faultline'
import { Map, Set } from 'immutable'

const P = ids('p', 2)
const init = { phase: recordOf(P, 'idle' as 'idle' | 'busy'), seen: Set<number>(), owner: Map<string, number>() }
const actions = { begin: (s: typeof init) => ({ seen: s.seen.add(1) }) }

machine({
  init,
  actions,
  invariants: {
    ids: (s) => every(P, (p) => s.phase[p] === 'idle'),
    set: (s) => some(s.seen, (n) => n > 0),
    entries: (s) => every(s.owner, ([name, n]) => name.length > n),
    nested: (s) => every(P, (p) => some(s.seen, (n) => n > 0 || { because: 'n is 0', p })),
  },
  transitions: { grows: (before, after) => every(before.seen, (n) => after.seen.has(n)) },
})

// @ts-expect-error the elements are numbers
machine({ init, actions, invariants: { a: (s) => every(s.seen, (n) => n.length > 0) } })
// @ts-expect-error a predicate answers true, false, or why
machine({ init, actions, invariants: { a: (s) => some(s.seen, (n) => n) } })
// @ts-expect-error a sometimes is reached or not: it has nothing to explain
machine({ init, actions, sometimes: { a: (s) => every(s.seen, (n) => n > 0) } })
