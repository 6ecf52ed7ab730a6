/** Histories in a spec: the model gives every type, and no type argument is written. */
import {
  answeredAtOnce,
  choose,
  emptyHistory,
  ids,
  invoked,
  linearizable,
  log,
  machine,
  monotonicReads,
  queue,
  recordOf,
  register,
  returned,
} from 'faultline'

type Value = 'none' | 'A' | 'B'

const CLIENTS = ids('c', 2)
const model = register('none' as Value)
const atomic = linearizable(model)
const init = { phase: recordOf(CLIENTS, 'idle' as 'idle' | 'reading'), history: emptyHistory(CLIENTS, model) }
const { history } = init

machine({
  init,
  actions: {
    read: (s) =>
      choose(
        CLIENTS,
        (c) => s.phase[c] === 'idle' && { phase: { [c]: 'reading' }, history: invoked(s.history, c, { type: 'read' }) },
      ),
    answer: (s) => choose(CLIENTS, (c) => ({ phase: { [c]: 'idle' }, history: returned(s.history, c, 'A') })),
    readAtOnce: (s) => choose(CLIENTS, (c) => ({ history: answeredAtOnce(s.history, c, { type: 'read' }, 'A') })),
    goOn: (s) => choose(CLIENTS, (c) => ({ history: returned(s.history, c, 'A', { type: 'write', value: 'B' }) })),
  },
  invariants: { linearizable: (s) => atomic(s.history), monotonic: (s) => monotonicReads(model)(s.history) },
})

// @ts-expect-error an operation that the model does not know
invoked(history, 'c1', { type: 'append', value: 'A' })
// @ts-expect-error a value that the register does not hold
invoked(history, 'c1', { type: 'write', value: 'C' })
// @ts-expect-error a result that the model does not give
returned(history, 'c1', 'C')
// @ts-expect-error a result that the model does not give
answeredAtOnce(history, 'c1', { type: 'read' }, 'C')
// @ts-expect-error a client that is not in the history
invoked(history, 'server1', { type: 'read' })
// @ts-expect-error a history of another object
linearizable(queue([] as Value[]))(history)
// @ts-expect-error values tell no versions of a log
monotonicReads(log([] as Value[]))
// @ts-expect-error a patch of the history that does not fit
machine({ init, actions: { a: (s) => ({ history: invoked(s.history, 'c1', { type: 'read' }), histroy: 1 }) } })
