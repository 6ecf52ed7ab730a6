/**
 * CAP: a register on two nodes that the network parts; one node takes a write, the other a read, and either somebody waits or
 * somebody is told what is old.
 *
 * Topic: registers
 * Granularity: one step delivers a message, lets a client ask (with policy `ap` it is answered in the same step), or is a
 * fault. Clients ask only when no message can arrive any more, so that what goes wrong is due to the partition, and not to
 * slow messages.
 * Source: S. Gilbert, N. Lynch, "Brewer's conjecture and the feasibility of consistent, available, partition-tolerant web
 * services", 2002.
 * Parameters: `policy`: with `cp` a node answers when it has heard from the other, with `ap` it answers from what it has.
 * Faults: one partition, which lasts. With a `heal` in the budget all are answered in the end, with either policy.
 * Expected: with `cp` the register is linearizable, and may never answer (`answered` is expected to be false). The mutant
 * `ap` is the other choice: it always answers, and is not linearizable. Without a partition both hold, with either.
 *
 * What a newcomer learns: there are two choices and no third; the theorem is a counterexample of three steps.
 */
import {
  answeredAtOnce,
  emptyHistory,
  type History,
  invoked,
  linearizable,
  oneOf,
  protocol,
  type RegisterOperation,
  type Role,
  register,
  returned,
  role,
  spec,
} from 'faultline'

type Value = 'old' | 'new'
type Message = { readonly type: 'store' | 'stored' | 'fetch' } | { readonly type: 'fetched'; readonly value: Value }
type Clients = History<'writer' | 'reader', RegisterOperation<Value>, Value | 'ok'>

interface Replica {
  readonly value: Value
  readonly answered: boolean
}

const write = { type: 'write', value: 'new' } as const
const read = { type: 'read' } as const

export default spec(
  'cap-register',
  { policy: oneOf('cp', ['cp', 'ap']) },
  ({ policy }) => {
    const model = register('old' as Value)
    const atomic = linearizable(model)

    const near: Role<Replica, Message, Clients> = role({
      nodes: ['n1'],
      init: { value: 'old', answered: false },
      armed: ['write'],
      timers: {
        write: () => ({
          state: { value: 'new', answered: policy === 'ap' },
          send: [{ to: 'n2', type: 'store' }],
          record: (history) =>
            policy === 'ap' ? answeredAtOnce(history, 'writer', write, 'ok') : invoked(history, 'writer', write),
        }),
      },
      on: {
        stored: (self) =>
          self.answered ? {} : { state: { answered: true }, record: (history) => returned(history, 'writer', 'ok') },
        fetch: (self, _message, { from }) => ({ send: [{ to: from, type: 'fetched', value: self.value }] }),
      },
    })

    const far: Role<Replica, Message, Clients> = role({
      nodes: ['n2'],
      init: { value: 'old', answered: false },
      armed: ['read'],
      timers: {
        read: (self) =>
          policy === 'ap'
            ? { state: { answered: true }, record: (history) => answeredAtOnce(history, 'reader', read, self.value) }
            : { send: [{ to: 'n1', type: 'fetch' }], record: (history) => invoked(history, 'reader', read) },
      },
      on: {
        store: (_self, _message, { from }) => ({ state: { value: 'new' }, send: [{ to: from, type: 'stored' }] }),
        fetched: (_self, { value }) => ({ state: { answered: true }, record: (history) => returned(history, 'reader', value) }),
      },
    })

    return protocol({
      roles: { near, far },
      timeouts: 'idle',
      faults: { partition: 1 },
      history: emptyHistory(['writer', 'reader'], model),
      invariants: { linearizable: (world) => atomic(world.history) },
      sometimes: { newValueRead: ({ history }) => history.reader.completed.some(({ result }) => result === 'new') },
      alwaysPossible: { answered: ({ near, far }) => near.n1?.answered === true && far.n2?.answered === true },
      // Who waits for ever is not at an end, but that is what `answered` says.
      terminal: true,
    })
  },
  {
    expected: { states: 29, depth: 7, violated: { answered: 1 } },
    mutants: { ap: { with: { policy: 'ap' }, violates: 'linearizable', steps: 3 } },
  },
)
