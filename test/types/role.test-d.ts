/** `role(...)`: a wrong name beside a right one is a mistake that the compiler must find. */
import { choose, ids, others, type Role, role } from 'faultline'
import { Map } from 'immutable'

type Message =
  | { readonly type: 'ask'; readonly term: number }
  | { readonly type: 'vote'; readonly yes: boolean }
  | { readonly type: 'end' }
interface Server {
  readonly phase: 'follower' | 'candidate'
  readonly term: number
  readonly log: { readonly last: number; readonly kind: 'a' | 'b' }
  readonly seen: Map<string, number>
  readonly vote: { readonly by: string } | null
  readonly next: Readonly<Record<string, number>>
}
interface History {
  readonly leaders: readonly string[]
  readonly count: number
}

const S = ids('s', 3)
const init: Server = { phase: 'follower', term: 0, log: { last: 0, kind: 'a' }, seen: Map(), vote: null, next: {} }
const step = () => ({ state: { term: 1, x: 1 } })

export const complete: Role<Server, Message, History> = role({
  nodes: S,
  init: (id) => ({ ...init, term: id === 's1' ? 1 : 0 }),
  durable: ['term', 'log'],
  armed: ['election'],
  start: (self, ctx) => ctx.restarted && { state: { term: self.term }, disarm: ['guess'] },
  on: {
    ask: (self, { term }, ctx) => term > self.term && { state: { term }, send: [{ to: ctx.from, type: 'vote', yes: true }] },
    vote: (self, { yes }, { from }) =>
      self.phase === 'candidate' &&
      yes && {
        state: { phase: 'follower', log: { kind: 'b' }, vote: { by: from }, next: { [from]: 1 } },
        record: (history) => ({ leaders: [...history.leaders, from] }),
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
  operations: {
    pick: (self) => (self.term > 0 ? { send: [{ to: 's1', type: 'end' }] } : { send: [{ to: 's1', type: 'ask', term: 1 }] }),
    either: (self) => ({ send: [self.term > 0 ? { to: 's1', type: 'end' } : { to: 's1', type: 'ask', term: 1 }] }),
  },
})
export const withoutHandlers: Role<Server, Message> = role({ nodes: S, init })

type R = Role<Server, Message, History>
const idle = { nodes: S, init }

// @ts-expect-error a field that the state does not have, beside one that it has
export const wrong1: R = role({ ...idle, on: { end: () => ({ state: { term: 1, x: 1 } }) } })
// @ts-expect-error the same where the handler may ignore the message
export const wrong2: R = role({ ...idle, on: { end: (self) => self.term > 0 && { state: { term: 1, x: 1 } } } })
// @ts-expect-error the same in one of two outcomes
export const wrong3: R = role({ ...idle, on: { end: () => [{ state: { term: 1 } }, { state: { term: 1, x: 1 } }] } })
// @ts-expect-error the same in one of two branches
export const wrong4: R = role({ ...idle, on: { end: (s) => (s.vote ? { state: { term: 1, x: 1 } } : { state: { term: 0 } }) } })
// @ts-expect-error the same in a choice
export const wrong5: R = role({ ...idle, on: { end: () => choose([1, 2], (n) => ({ state: { term: 1, x: n } })) } })
// @ts-expect-error the same in a choice within a choice
export const wrong6: R = role({ ...idle, on: { end: () => choose([1], () => choose([2], step)) } })
// @ts-expect-error the same in a record of the state
export const wrong7: R = role({ ...idle, on: { end: () => ({ state: { log: { last: 1, x: 'a' } } }) } })
// @ts-expect-error the same from a function of the spec
export const wrong8: R = role({ ...idle, on: { end: () => step() } })
// @ts-expect-error the same in a timer
export const wrong9: R = role({ ...idle, timers: { election: () => ({ state: { term: 1, x: 1 } }) } })
// @ts-expect-error the same in an operation
export const wrong10: R = role({ ...idle, operations: { pick: (self) => self.term > 0 && { state: { term: 1, x: 1 } } } })
// @ts-expect-error the same at the start
export const wrong11: R = role({ ...idle, start: () => ({ state: { term: 1, x: 1 } }) })
// @ts-expect-error a field that the message does not have
export const wrong12: R = role({ ...idle, on: { end: () => ({ send: [{ to: 's1', type: 'end', x: 1 }] }) } })
// @ts-expect-error the same in a list that is made
export const wrong13: R = role({ ...idle, on: { end: () => ({ send: S.map((to) => ({ to, type: 'end', x: 1 })) }) } })
// @ts-expect-error an effect that there is not
export const wrong14: R = role({ ...idle, on: { end: () => ({ state: { term: 1 }, arms: ['election'] }) } })
// @ts-expect-error a field that the history does not have
export const wrong15: R = role({ ...idle, on: { end: () => ({ record: () => ({ count: 1, x: 1 }) }) } })
// @ts-expect-error a timer that there is not
export const wrong16: R = role({ ...idle, timers: { election: () => ({ arm: ['electoin'] }) } })
// @ts-expect-error the same to disarm it
export const wrong17: R = role({ ...idle, on: { end: () => ({ disarm: ['electoin'] }) }, timers: { election: () => ({}) } })
// @ts-expect-error the same at first
export const wrong18: R = role({ ...idle, armed: ['electoin'], timers: { election: () => ({}) } })
// @ts-expect-error a type of message that there is not
export const wrong19: R = role({ ...idle, on: { votee: () => ({}) } })
// @ts-expect-error a key that a role does not have
export const wrong20: R = role({ ...idle, timer: {} })
// @ts-expect-error a durable field that there is not
export const wrong21: R = role({ ...idle, durable: ['x'] })
// @ts-expect-error a field of another type
export const wrong22: R = role({ ...idle, on: { end: () => ({ state: { term: 'x' } }) } })
// @ts-expect-error a message with a field missing
export const wrong23: R = role({ ...idle, on: { end: () => ({ send: [{ to: 's1', type: 'ask' }] }) } })
// @ts-expect-error a message to nobody
export const wrong24: R = role({ ...idle, on: { end: () => ({ send: [{ type: 'end' }] }) } })
// @ts-expect-error a message with a field of another type, in a choice
export const wrong25: R = role({ ...idle, on: { end: () => choose([1], (yes) => ({ send: [{ to: 's', type: 'vote', yes }] })) } })
// @ts-expect-error reading a field that the message does not have
export const wrong26: R = role({ ...idle, on: { vote: (_self, { term }) => ({ state: { term: Number(term) } }) } })
// @ts-expect-error reading a field that the state does not have
export const wrong27: R = role({ ...idle, on: { end: (self) => self.x && {} } })
// @ts-expect-error recording where the role has no history
export const noHistory: Role<Server, Message> = role({ ...idle, on: { end: () => ({ record: () => ({ count: 1 }) }) } })
// @ts-expect-error a field that is missing at first
export const missingField: R = role({ nodes: S, init: {} })

/** Messages of two types that are written as one, and two messages of one type. */
type Shared =
  | { readonly type: 'granted' | 'write'; readonly token: number }
  | { readonly type: 'done'; readonly ok: true }
  | { readonly type: 'done'; readonly ok: false; readonly why: string }
export const shared: Role<Server, Shared> = role({
  ...idle,
  on: {
    granted: (_self, { token }, { from }) => ({ send: [{ to: from, type: 'write', token }] }),
    write: (_self, { token }, { from }) => ({
      send: [token > 0 ? { to: from, type: 'done', ok: true } : { to: from, type: 'done', ok: false, why: 'old' }],
    }),
  },
})
type Q = Role<Server, Shared>
// @ts-expect-error a field that a message does not have, of a type that shares its fields with another
export const wrong28: Q = role({ ...idle, start: () => ({ send: [{ to: 's', type: 'write', token: 1, x: 1 }] }) })
// @ts-expect-error a field that none of the messages of a type has
export const wrong29: Q = role({ ...idle, start: () => ({ send: [{ to: 's', type: 'done', ok: true, x: 1 }] }) })
