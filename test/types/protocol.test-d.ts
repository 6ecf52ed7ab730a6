/** Roles and protocols: every mistake here is one that the compiler must find. */
import { choose, ids, others, protocol, type Role, spec } from 'faultline'
import { Set } from 'immutable'

type Message =
  | { readonly type: 'ask'; readonly term: number }
  | { readonly type: 'vote'; readonly yes: boolean }
  | { readonly type: 'end' }
interface Server {
  readonly phase: 'follower' | 'candidate'
  readonly term: number
  readonly votes: Set<string>
  readonly log: { readonly last: number; readonly kind: 'a' | 'b' }
}
interface Client {
  readonly done: boolean
}
interface History {
  readonly leaders: Set<string>
  readonly count: number
}

const S = ids('s', 3)
const server: Role<Server, Message, History> = {
  nodes: S,
  init: (id) => ({ phase: 'follower', term: id === 's1' ? 1 : 0, votes: Set(), log: { last: 0, kind: 'a' } }),
  durable: ['term', 'log'],
  armed: ['election'],
  start: (self, ctx) => ctx.restarted && { state: { term: self.term } },
  on: {
    ask: (self, { term }, ctx) => term > self.term && { state: { term }, send: [{ to: ctx.from, type: 'vote', yes: true }] },
    vote: (self, { yes }, { from }) =>
      self.phase === 'candidate' &&
      yes && {
        state: { phase: 'follower', votes: self.votes.add(from), log: { kind: 'b' } },
        record: (history) => ({ leaders: history.leaders.add(from) }),
      },
    end: () => [{ state: { phase: 'candidate' } }, false, { disarm: ['election'] }],
  },
  timers: {
    election: (self, { id }) => ({
      state: { phase: 'candidate', term: self.term + 1 },
      send: others(S, id).map((to) => ({ to, type: 'ask', term: self.term + 1 })),
      arm: ['election'],
    }),
    guess: () => choose([true, false], (yes) => ({ send: [{ to: 's1', type: 'vote', yes }], state: { phase: 'follower' } })),
  },
}
const client: Role<Client, Message> = {
  nodes: ['c1'],
  init: { done: false },
  operations: { finish: (self) => !self.done && { state: { done: true }, send: S.map((to) => ({ to, type: 'end' })) } },
}
const roles = { server, client }
const history: History = { leaders: Set(), count: 0 }

export const complete = protocol({
  roles,
  network: { kind: 'unordered', links: [{ from: 'client', to: 'server', kind: 'fifo' }], toCrashed: 'lost' },
  timeouts: 'idle',
  faults: {
    drop: 1,
    duplicate: 1,
    crash: { server: 1, atOnce: 1 },
    restart: true,
    corrupt: { budget: 1, forms: (message) => (message.type === 'vote' ? [{ type: 'vote', yes: !message.yes }] : []) },
    partition: { budget: 1, oneWay: true },
    skew: { budget: 1, by: [-1, 2] },
    total: 2,
  },
  clock: { max: 4, drift: 1, roles: ['server'] },
  history,
  invariants: {
    oneLeader: (world) => world.history.leaders.size <= 1 || { because: 'two leaders', leaders: world.history.leaders },
    terms: (world) => S.every((s) => world.server[s].term >= 0) && world.server.s1.term >= 0,
    inFlight: ({ messages }) => messages.every(({ message }) => message.type !== 'ask' || message.term > 0),
  },
  transitions: {
    grows: (before, after, step) => step.envelope?.message.type === 'end' || after.server.s1.term >= before.server.s1.term,
  },
  sometimes: { done: (world) => world.client.c1.done && world.up.s1 && world.now.s1 > 2 },
  terminal: (world) => world.client.c1.done,
  constraints: { few: (world) => world.messages.length < 4 },
})

const named = spec('votes', { servers: 3 }, () => complete, { mutants: { forgetful: { violates: 'oneLeader' } } })
export const property: 'oneLeader' | 'terms' | 'inFlight' | 'grows' | 'done' | 'deadlock' = named.properties

type R = Role<Client, Message>
const idle = { nodes: ['c1'], init: { done: false } }

// @ts-expect-error a type of message that there is not
export const wrongHandler: R = { ...idle, on: { votee: () => ({}) } }
// @ts-expect-error a key that a role does not have
export const wrongKey: R = { ...idle, timer: {} }
// @ts-expect-error a field that is missing at first
export const missingField: R = { nodes: [], init: {} }
// @ts-expect-error a durable field that there is not
export const wrongDurable: R = { ...idle, durable: ['don'] }
// @ts-expect-error reading a field of the message that it does not have
export const wrongPayload: R = { ...idle, on: { vote: (_self, { term }) => ({ state: { done: term > 1 } }) } }
// @ts-expect-error reading a field of the state that it does not have
export const wrongRead: R = { ...idle, on: { end: (self) => self.don && {} } }
// @ts-expect-error a field of the state of another type
export const wrongValue: R = { ...idle, on: { end: () => ({ state: { done: 1 } }) } }
// @ts-expect-error a field that the state does not have
export const wrongField: R = { ...idle, on: { end: () => ({ state: { don: true } }) } }
// @ts-expect-error sending a type of message that there is not
export const wrongType: R = { ...idle, on: { end: () => ({ send: [{ to: 's1', type: 'ended' }] }) } }
// @ts-expect-error sending a message with a field missing
export const missingPayload: R = { ...idle, on: { end: () => ({ send: [{ to: 's1', type: 'ask' }] }) } }
// @ts-expect-error sending a message to nobody
export const missingReceiver: R = { ...idle, on: { end: () => ({ send: [{ type: 'end' }] }) } }
// @ts-expect-error sending a message with a field of another type, in a branch of a choice
export const wrongBranch: R = { ...idle, on: { end: () => choose([1], (yes) => ({ send: [{ to: 's1', type: 'vote', yes }] })) } }
// @ts-expect-error recording where the role has no history
export const noHistory: R = { ...idle, on: { end: () => ({ record: () => ({ count: 1 }) }) } }
// @ts-expect-error recording a field that the history does not have
export const wrongRecord: Role<Client, Message, History> = { ...idle, start: () => ({ record: () => ({ cout: 1 }) }) }

// @ts-expect-error a history is recorded, and there is none
protocol({ roles })
// @ts-expect-error a role that there is not, in a property
protocol({ roles, history, invariants: { a: (world) => world.servers.s1.term > 0 } })
// @ts-expect-error a field that nodes do not have, in a property
protocol({ roles, history, invariants: { a: (world) => world.server.s1.trem > 0 } })
// @ts-expect-error a field that the history does not have
protocol({ roles, history, invariants: { a: (world) => world.history.leader.size > 0 } })
// @ts-expect-error a comparison that can never be true
protocol({ roles, history, invariants: { a: (world) => world.server.s1.phase === 'leader' } })
// @ts-expect-error a type of message that there is not, in a property
protocol({ roles, history, invariants: { a: (world) => world.messages.some(({ message }) => message.type === 'votee') } })
// @ts-expect-error a kind of fault that there is not
protocol({ roles, history, faults: { drops: 1 } })
// @ts-expect-error a crash of a role that there is not
protocol({ roles, history, faults: { crash: { servers: 1 } } })
// @ts-expect-error a kind of network that there is not
protocol({ roles, history, network: 'lossy' })
// @ts-expect-error a link between roles that there are not
protocol({ roles, history, network: { links: [{ from: 'servers', to: 'client', kind: 'fifo' }] } })
// @ts-expect-error a corrupted form that is no message
protocol({ roles, history, faults: { corrupt: { budget: 1, forms: () => [{ type: 'vote', yes: 1 }] } } })
// @ts-expect-error the name of a property that there is not
spec('x', {}, () => complete).properties satisfies 'oneLeaders'
