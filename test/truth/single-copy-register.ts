/**
 * Clients that write and read a register which each server keeps for itself: Stateright's example `single-copy-register`. With one server
 * it is linearizable; with two it is not.
 */
import { ids, integer, protocol, type Role, spec } from 'faultline'

type Message =
  | { readonly type: 'put'; readonly request: number; readonly value: string }
  | { readonly type: 'get'; readonly request: number }
  | { readonly type: 'putOk'; readonly request: number }
  | { readonly type: 'getOk'; readonly request: number; readonly value: string }

/** What a client asked: a write of a value, or a read. */
type Operation = { readonly write: string } | { readonly read: string | null }

/**
 * What linearizability is judged by: the operations completed, each with how many each other client had completed when it was invoked (only those
 * that had any), and the operation in flight.
 */
interface ClientHistory {
  readonly completed: readonly {
    readonly operation: Operation
    readonly after: readonly (readonly [client: string, last: number])[]
  }[]
  readonly inFlight: {
    readonly operation: Operation
    readonly after: readonly (readonly [client: string, last: number])[]
  } | null
}
type History = Readonly<Record<string, ClientHistory>>

interface Client {
  readonly awaited: number | null
  readonly done: number
}

const invoked = (history: History, client: string, operation: Operation): History => {
  const others = Object.entries(history).filter(([other, { completed }]) => other !== client && completed.length > 0)
  const after = others.map(([other, { completed }]) => [other, completed.length - 1] as const)
  return { [client]: { completed: history[client]?.completed ?? [], inFlight: { operation, after } } }
}

const returned = (history: History, client: string, read: string | null): History => {
  const { completed = [], inFlight = null } = history[client] ?? {}
  if (inFlight === null) return {}
  const operation = read === null ? inFlight.operation : { read }
  return { [client]: { completed: [...completed, { operation, after: inFlight.after }], inFlight: null } }
}

export const singleCopyRegister = spec(
  'single-copy-register',
  { clients: integer(2, { min: 1 }), servers: integer(1, { min: 1 }) },
  ({ clients, servers }) => {
    const S = ids('s', servers)
    const C = ids('c', clients)
    const serverOf = (index: number) => S[index % servers] as string
    const server: Role<{ readonly value: string }, Message> = {
      nodes: S,
      init: { value: '' },
      on: {
        put: (_self, { request, value }, { from }) => ({ state: { value }, send: [{ to: from, type: 'putOk', request }] }),
        get: (self, { request }, { from }) => ({ send: [{ to: from, type: 'getOk', request, value: self.value }] }),
      },
    }
    // Ids of requests tell clients apart, as there: the clients' numbers begin after the servers'.
    const number = (id: string) => servers + C.indexOf(id as (typeof C)[number])
    const client: Role<Client, Message, History> = {
      nodes: C,
      init: { awaited: null, done: 0 },
      start: (_self, { id }) => {
        const value = String.fromCharCode('A'.charCodeAt(0) + number(id) - servers)
        return {
          state: { awaited: number(id), done: 1 },
          send: [{ to: serverOf(number(id)), type: 'put', request: number(id), value }],
          record: (history) => invoked(history, id, { write: value }),
        }
      },
      on: {
        putOk: (self, { request }, { id }) =>
          self.awaited === request && {
            state: { awaited: 2 * number(id), done: 2 },
            send: [{ to: serverOf(number(id) + 1), type: 'get', request: 2 * number(id) }],
            record: (history) => {
              const answered = { ...history, ...returned(history, id, null) }
              return invoked(answered, id, { read: null })
            },
          },
        getOk: (self, { request, value }, { id }) =>
          self.awaited === request && {
            state: { awaited: null, done: 3 },
            record: (history) => returned(history, id, value),
          },
      },
    }
    const history: History = Object.fromEntries(C.map((id) => [id, { completed: [], inFlight: null }]))
    return protocol({
      roles: { server, client },
      history,
      sometimes: { allRead: (world) => C.every((id) => world.client[id]?.done === 3) },
      terminal: true,
    })
  },
)
