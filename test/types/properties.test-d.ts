/** Properties see the state's own type, and answer with a boolean or an explanation. */
import { machine } from 'faultline'

const init = { phase: 'idle' as 'idle' | 'busy', n: 0 }
const actions = { grow: (s: typeof init) => ({ n: s.n + 1 }) }

machine({
  init,
  actions,
  invariants: {
    boolean: (s) => s.n < 3,
    explained: (s) => s.n < 3 || { because: 'n is too large', n: s.n },
  },
  transitions: {
    grows: (before, after, step) => before.n <= after.n || step.action === 'reset' || { because: 'n shrank' },
    labelled: (_before, _after, { args }) => args.length === 0,
  },
  sometimes: { busy: (s) => s.phase === 'busy' },
  terminal: (s) => s.n === 3,
  constraints: { small: (s) => s.n < 10 },
})

machine({ init: [init, { ...init, n: 3 }], actions, invariants: { small: (s) => s.n < 9 }, terminal: true })

// @ts-expect-error a number is not an answer
machine({ init, actions, invariants: { a: (s) => s.n } })
// @ts-expect-error an explanation says because
machine({ init, actions, invariants: { a: (s) => s.n < 3 || { why: 'n' } } })
// @ts-expect-error a comparison that can never be true
machine({ init, actions, invariants: { a: (s) => s.phase === 'bussy' } })
// @ts-expect-error a field that the state does not have
machine({ init, actions, transitions: { a: (before, after) => before.n <= after.nn } })
// @ts-expect-error a step has a name and arguments, nothing else
machine({ init, actions, transitions: { a: (_before, _after, step) => step.node === 'rm1' } })
// @ts-expect-error a sometimes is reached or not: it has nothing to explain
machine({ init, actions, sometimes: { a: (s) => s.n > 3 || { because: 'n' } } })
// @ts-expect-error a property of its own kind, misspelt
machine({ init, actions, invariant: { a: () => true } })
// @ts-expect-error several initial states are of one type
machine({ init: [init, { phase: 'idle', n: 'three' }], actions })
