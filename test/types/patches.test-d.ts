/** What an action may return against a state of records: every mistake here is one that the compiler must find. */
import { ids, machine, recordOf } from 'faultline'

type Phase = 'idle' | 'busy'
type Message = { readonly type: 'x'; readonly x: number } | { readonly type: 'y'; readonly y: string }

const RM = ids('rm', 3)
const init = {
  phase: 'idle' as Phase,
  n: 0,
  deep: { a: { b: 1 as 1 | 2 } },
  rm: recordOf(RM, 'working' as 'working' | 'prepared'),
  last: null as null | Message,
  queue: [1, 2] as readonly number[],
}

machine({
  init,
  actions: {
    oneField: (s) => s.phase === 'idle' && { phase: 'busy' },
    severalOutcomes: (s) => [{ phase: 'busy', n: s.n + 1 }, { n: 0 }, s.n > 1 && { n: 1 }],
    nothing: () => undefined,
    nested: (s) => s.n > 3 && { deep: { a: { b: 2 } } },
    byKey: () => ({ rm: { rm1: 'prepared' } }),
    wholeArray: (s) => ({ queue: [...s.queue, 3] }),
    unionOfRecords: () => ({ last: { type: 'x', x: 1 } }),
    toNull: () => ({ last: null }),
    conditional: (s) => (s.n > 3 ? undefined : { n: 0 }),
    early(s) {
      if (s.n > 2) return
      return { n: 1 }
    },
  },
})

// @ts-expect-error a field that the state does not have
machine({ init, actions: { a: (s) => s.n > 1 && { phase: 'busy', nn: 2 } } })
// @ts-expect-error a field that a nested record does not have
machine({ init, actions: { a: () => ({ deep: { a: { c: 1 } } }) } })
// @ts-expect-error a field that the state does not have, in one of several outcomes
machine({ init, actions: { a: () => [{ n: 1 }, { nn: 1 }] } })
// @ts-expect-error a literal outside the union
machine({ init, actions: { a: (s) => s.n > 1 && { phase: 'bussy' } } })
// @ts-expect-error a literal outside the union, nested
machine({ init, actions: { a: () => ({ deep: { a: { b: 3 } } }) } })
// @ts-expect-error a value of another type
machine({ init, actions: { a: () => ({ n: '1' }) } })
// @ts-expect-error a key that is no process
machine({ init, actions: { a: () => ({ rm: { tm1: 'prepared' } }) } })
// @ts-expect-error a comparison that can never be true
machine({ init, actions: { a: (s) => s.phase === 'bussy' && { n: 1 } } })
// @ts-expect-error reading a field that the state does not have
machine({ init, actions: { a: (s) => ({ n: s.nn }) } })
// @ts-expect-error an element of another type
machine({ init, actions: { a: (s) => ({ queue: [...s.queue, 'x'] }) } })
// @ts-expect-error a variant's field of another type
machine({ init, actions: { a: () => ({ last: { type: 'x', x: '1' } }) } })
// @ts-expect-error true is not a patch: an action is enabled by what it returns
machine({ init, actions: { a: (s) => s.n > 1 } })
machine({
  init,
  actions: {
    a: (s) => {
      // @ts-expect-error a state is not to be changed in place
      s.queue.push(1)
      return { n: 1 }
    },
  },
})
