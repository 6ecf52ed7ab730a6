import { List, Map, Set, Record as IRecord } from 'immutable'
import { choose, machine, spec, ids, recordOf } from 'faultline'
import tpc from '../../specs/two-phase-commit.js'

tpc.with({ rms: 4 })
// @ts-expect-error unknown
tpc.with({ rmss: 4 })
// @ts-expect-error type
tpc.with({ rms: 'x' })
tpc.mutant('commitWithoutAll')
// @ts-expect-error mutant
tpc.mutant('nope')
const p: 'consistent' | 'allCommitted' | 'deadlock' = tpc.properties
void p
const Point = IRecord({ x: 0, y: 0 })
const RM = ids('rm', 3)
const ok = machine({
  init: { phase: 'idle' as 'idle' | 'busy', n: 0, deep: { a: { b: 1 as 1 | 2, l: List<number>() } }, m: Map<string, number>(), s: Set<string>(), p: Point(), rm: recordOf(RM, 'a' as 'a' | 'b'), u: null as null | { type: 'x'; x: number } | { type: 'y'; y: string } , arr: [1, 2] as readonly number[]},
  actions: {
    a: (s) => s.phase === 'idle' && { phase: 'busy' },
    b: (s) => [{ phase: 'busy', n: s.n + 1 }, { n: 0 }],
    c: () => choose(['busy', 'idle'] as const, (x) => ({ phase: x })),
    d: (s) => choose([1, 2] as const, (x) => (s.n > 1 ? { deep: { a: { b: x } } } : { phase: 'busy' })),
    e: (s) => ({ m: s.m.set('a', 1), s: s.s.add('x'), p: s.p.set('x', 1) }),
    f: (s) => choose(RM, (r) => choose(RM, (q) => r !== q && s.rm[r] === 'a' && { rm: { [q]: 'b' } })),
    g: () => undefined,
    h: (s) => ({ u: { type: 'x', x: 1 }, arr: [...s.arr, 3] }),
    i: (s) => (s.n > 3 ? undefined : { deep: { a: { l: s.deep.a.l.push(1) } } }),
    j: (s) => choose(s.m.entrySeq(), ([k, v]) => ({ n: v, s: s.s.add(k) })),
    k(s) { if (s.n > 2) return; return { n: 1 } },
  },
  transitions: { up: (a, b, step) => a.n <= b.n || step.action === 'x' },
  invariants: { fine: (s) => s.n < 3 || { because: 'n' } },
})
void ok
const init = { phase: 'idle' as 'idle' | 'busy', n: 0, deep: { a: { b: 1 as 1 | 2 } }, m: Map<string, number>(), rm: recordOf(RM, 'a' as 'a' | 'b') }
// @ts-expect-error unknown field
machine({ init, actions: { a: (s) => s.n > 1 && { phase: 'busy', nn: 2 } } })
// @ts-expect-error
machine({ init, actions: { a: (s) => s.n > 1 && { phase: 'bussy' } } })
// @ts-expect-error
machine({ init, actions: { a: (s) => choose(RM, () => s.n > 1 && { phase: 'bussy' }) } })
// @ts-expect-error
machine({ init, actions: { a: (s) => choose(RM, () => s.n > 1 && { phasee: 'busy' }) } })
// @ts-expect-error
machine({ init, actions: { a: (s) => choose(RM, (r) => s.n > 1 && { rm: { [r]: 'c' } }) } })
// @ts-expect-error
machine({ init, actions: { a: (s) => choose(RM, () => choose(RM, (r) => s.n > 1 && { rm: { [r]: 'c' } })) } })
// @ts-expect-error
machine({ init, actions: { a: () => ({ deep: { a: { c: 1 } } }) } })
// @ts-expect-error
machine({ init, actions: { a: () => ({ deep: { a: { b: 3 } } }) } })
// @ts-expect-error
machine({ init, actions: { a: (s) => ({ m: s.m.set('a', 'b') }) } })
// @ts-expect-error
machine({ init, actions: { a: (s) => ({ n: s.nn }) } })
// @ts-expect-error
machine({ init, actions: { a: (s) => s.phase === 'bussy' && { n: 1 } } })
// @ts-expect-error
machine({ init, actions: { a: () => ({ n: 1 }) }, invariants: { x: (s) => s.n } })
// @ts-expect-error
machine({ init, actions: { a: () => [{ n: 1 }, { nn: 1 }] } })
machine({ init: [init, { ...init, n: 3 }], actions: { a: (s) => ({ n: s.n + 1 }) } })
machine({ init: Map<string, number>(), actions: { a: (s) => s.has('x') && s.set('a', 1), b: (s) => choose([1,2], (x) => s.set('b', x)) } })
// @ts-expect-error
machine({ init: Map<string, number>(), actions: { a: (s) => s.has('x') && s.set('a', 'q') } })
export const q = spec('x', { n: 3, flag: false, mode: 'a' }, ({ n, flag, mode }, mutant) => { const m: 'p' | 'q' | null = mutant; const c: number = n; const d: boolean = flag; const e: string = mode; void m; void c;void d;void e; return machine({ init: { n }, actions: { a: (s) => ({ n: s.n + 1 }) } }) }, { mutants: { p: { with: { n: 2 } }, q: {} } })
// @ts-expect-error
spec('x', { n: 3 }, ({ nn }) => machine({ init: { n: nn }, actions: {} }))
