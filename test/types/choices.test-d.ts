/** Patches inside `choose`: literals keep their unions there, and mistakes are found at any depth. */

import { choose, ids, machine, recordOf } from 'faultline'
import { Map } from 'immutable'

const RM = ids('rm', 3)
const init = {
  phase: 'idle' as 'idle' | 'busy',
  n: 0,
  deep: { a: { b: 1 as 1 | 2 } },
  counts: Map<string, number>(),
  rm: recordOf(RM, 'working' as 'working' | 'prepared'),
}

machine({
  init,
  actions: {
    overALiteralUnion: () => choose(['busy', 'idle'] as const, (phase) => ({ phase })),
    ofDifferentPatches: (s) => choose([1, 2] as const, (b) => (s.n > 1 ? { deep: { a: { b } } } : { phase: 'busy' })),
    nested: (s) => choose(RM, (r) => choose(RM, (q) => r !== q && s.rm[r] === 'working' && { rm: { [q]: 'prepared' } })),
    overEntries: (s) => choose(s.counts.entrySeq(), ([key, n]) => ({ n, counts: s.counts.delete(key) })),
    ofSeveralOutcomes: () => choose(RM, (r) => [{ rm: { [r]: 'prepared' } }, { phase: 'busy' }]),
    behindAGuard: (s) => s.n > 1 && choose(RM, (r) => ({ rm: { [r]: 'working' } })),
  },
})

// @ts-expect-error a literal outside the union
machine({ init, actions: { a: (s) => choose(RM, () => s.n > 1 && { phase: 'bussy' }) } })
// @ts-expect-error a field that the state does not have
machine({ init, actions: { a: (s) => choose(RM, () => s.n > 1 && { phasee: 'busy' }) } })
// @ts-expect-error a literal outside the union, under a chosen key
machine({ init, actions: { a: (s) => choose(RM, (r) => s.n > 1 && { rm: { [r]: 'comitted' } }) } })
// @ts-expect-error a literal outside the union, in a choice within a choice
machine({ init, actions: { a: (s) => choose(RM, () => choose(RM, (r) => s.n > 1 && { rm: { [r]: 'c' } })) } })
// @ts-expect-error a chosen element of another type
machine({ init, actions: { a: () => choose(['busy', 'gone'] as const, (phase) => ({ phase })) } })
// @ts-expect-error a mistake in one of several outcomes of a branch
machine({ init, actions: { a: () => choose(RM, () => [{ n: 1 }, { n: 'one' }]) } })
// @ts-expect-error a choice needs something to choose from
machine({ init, actions: { a: () => choose(3, () => ({ n: 1 })) } })
