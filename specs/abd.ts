/**
 * ABD: a register kept by replicas, of which a minority may be slow or gone. One client writes, others read.
 *
 * Topic: registers
 * Granularity: one step is one client beginning an operation, or one message being received and handled. An operation ends with the
 * answer that completes a quorum.
 * Source: H. Attiya, A. Bar-Noy, D. Dolev, "Sharing memory robustly in message-passing systems", Journal of the ACM, 1995.
 * Parameters: `replicas`; `writes`, one after the other; `readers`, who read once each; `ask`, whom a client asks: a `quorum` of its
 * choice, the requests to the others being lost, or `all`, with answers that come late. 264,139 states; 3,571,042 with a second write;
 * with `all` 13,114 for one reader, 7,784,032 for two.
 * Faults: none. With `--faults crash=1` set `ask` to `all`: a client that asked just a quorum is stuck when one of it is down.
 * Expected: `linearizable` holds. Each mutant gives up one of the two things that it rests on: quorums that meet, and readers who write. Where a replica's handling
 * and its answer are one step they take 10, 10 and 11 (test/truth/abd-round-trips.ts).
 *
 * What a newcomer learns: who has read a new value must make sure that nobody after it reads an old one, so reading is writing.
 */

import {
  choose,
  type Effects,
  ids,
  integer,
  oneOf,
  type PossibleHistory,
  possibilities,
  protocol,
  type RegisterOperation,
  type Role,
  register,
  role,
  spec,
  subsets,
} from 'faultline'
import { Set } from 'immutable'

/** There is one writer, and it numbers its values: the number tells which of two is newer. */
type Value = number

type Request = { readonly type: 'store'; readonly value: Value } | { readonly type: 'query' }
type Answer = { readonly type: 'stored'; readonly value: Value } | { readonly type: 'copy'; readonly value: Value }
type Message = Request | Answer

interface Replica {
  readonly value: Value
}

interface Client {
  readonly phase: 'idle' | 'asking' | 'storing' | 'done'
  /** The newest value that the client knows of. */
  readonly value: Value
  /** Replicas that answered in this phase. */
  readonly answers: Set<string>
}

/** A client that starts again goes on with its operation. */
const CLIENT_FIELDS = ['phase', 'value', 'answers'] as const

type Seen = PossibleHistory<Value, RegisterOperation<Value>, Value | 'ok'>

export default spec(
  'abd',
  {
    replicas: integer(3, { min: 1, max: 5 }),
    writes: integer(1, { min: 0, max: 3 }),
    readers: integer(2, { min: 1, max: 3 }),
    ask: oneOf('quorum', ['quorum', 'all']),
  },
  ({ replicas, writes, readers, ask }, mutant) => {
    const REPLICAS = ids('s', replicas)
    const READERS = ids('r', readers)
    const writeQuorum = Math.floor(replicas / 2) + (mutant === 'halfQuorum' ? 0 : 1)
    const readQuorum = mutant === 'readOne' ? 1 : writeQuorum
    const seen = possibilities(['w', ...READERS], register(0 as Value))

    /** A step for each choice of replicas that a request may go to. */
    const request = (message: Request, quorum: number, effects: Effects<Client, Message, Seen>) =>
      choose(ask === 'all' ? [REPLICAS] : subsets(REPLICAS, quorum), (asked) => ({
        ...effects,
        send: asked.map((to) => ({ to, ...message })),
      }))

    const replica: Role<Replica, Message, Seen> = role({
      nodes: REPLICAS,
      init: { value: 0 },
      durable: ['value'],
      on: {
        store: (self, { value }, { from }) => ({
          state: { value: Math.max(value, self.value) },
          send: [{ to: from, type: 'stored', value }],
        }),
        query: ({ value }, _, { from }) => ({ send: [{ to: from, type: 'copy', value }] }),
      },
    })

    const client = { phase: 'idle', value: 0, answers: Set<string>() } as const

    const writer: Role<Client, Message, Seen> = role({
      nodes: ['w'],
      init: client,
      durable: CLIENT_FIELDS,
      operations: {
        write: ({ phase, value }, { id }) =>
          phase === 'idle' &&
          value < writes &&
          request({ type: 'store', value: value + 1 }, writeQuorum, {
            state: { phase: 'storing', value: value + 1 },
            record: (history) => seen.invoked(history, id, { type: 'write', value: value + 1 }),
          }),
      },
      on: {
        stored: (self, { value }, { id, from }) => {
          if (self.phase !== 'storing' || value !== self.value) return undefined
          const answers = self.answers.add(from)
          if (answers.size < writeQuorum) return { state: { answers } }
          return { state: { phase: 'idle', answers: Set() }, record: (history) => seen.returned(history, id, 'ok') }
        },
      },
    })

    const finished = (id: string, value: Value): Effects<Client, Message, Seen> => ({
      state: { ...client, phase: 'done' },
      record: (history) => seen.returned(history, id, value),
    })

    const reader: Role<Client, Message, Seen> = role({
      nodes: READERS,
      init: client,
      durable: CLIENT_FIELDS,
      operations: {
        read: ({ phase }, { id }) =>
          phase === 'idle' &&
          request({ type: 'query' }, readQuorum, {
            state: { phase: 'asking' },
            record: (history) => seen.invoked(history, id, { type: 'read' }),
          }),
      },
      on: {
        copy: (self, message, { id, from }) => {
          if (self.phase !== 'asking') return undefined
          const answers = self.answers.add(from)
          const value = Math.max(message.value, self.value)
          if (answers.size < readQuorum) return { state: { answers, value } }
          if (mutant === 'noWriteBack') return finished(id, value)
          return request({ type: 'store', value }, writeQuorum, { state: { phase: 'storing', value, answers: Set() } })
        },
        stored: (self, _, { id, from }) => {
          if (self.phase !== 'storing') return undefined
          const answers = self.answers.add(from)
          return answers.size < writeQuorum ? { state: { answers } } : finished(id, self.value)
        },
      },
    })

    return protocol({
      roles: { replica, writer, reader },
      history: seen.atFirst,
      invariants: { linearizable: (world) => seen.linearizable(world.history) },
      sometimes: {
        newValueRead: ({ reader }) => READERS.some((r) => reader[r]?.phase === 'storing' && reader[r].value !== 0),
      },
      // A client that is down has nothing left to do; one that waits for a replica that is down is stuck.
      terminal: ({ writer, reader, up }) =>
        (!up.w || (writer.w?.phase === 'idle' && writer.w.value === writes)) &&
        READERS.every((r) => !up[r] || reader[r]?.phase === 'done'),
    })
  },
  {
    expected: { states: 264_139, depth: 23 },
    mutants: {
      /** A reader returns what it has read, though it may be on one replica alone. */
      noWriteBack: { violates: 'linearizable', steps: 12 },
      /** A reader asks one replica, which need not be one of those that the writer waited for. */
      readOne: { violates: 'linearizable', steps: 12 },
      /** Half of the replicas are a quorum, and the other half are another. */
      halfQuorum: { with: { replicas: 4 }, violates: 'linearizable', steps: 14 },
    },
  },
)
