/** The clients of Stateright's register examples: each writes a value of its own, and then reads once from the next server. */
import { emptyHistory, type History, ids, invoked, type RegisterOperation, type Role, register, returned } from 'faultline'

export type Value = string

export type RegisterMessage =
  | { readonly type: 'put'; readonly request: number; readonly value: Value }
  | { readonly type: 'get'; readonly request: number }
  | { readonly type: 'putOk'; readonly request: number }
  | { readonly type: 'getOk'; readonly request: number; readonly value: Value }

export interface Client {
  /** The request whose response the client waits for. */
  readonly awaited: number | null
  /** Operations done. */
  readonly done: number
}

export type RegisterHistory = History<string, RegisterOperation<Value>, Value | 'ok'>

export const model = register('none' as Value)

/** A client role, and its empty history. Stateright counts servers and clients on, so the first client's number is the number of servers. */
export function clientsOf(count: number, servers: readonly string[]) {
  const CLIENTS = ids('c', count)
  const serverFor = (turn: number) => servers[turn % servers.length] as string
  const numberOf = (id: string) => servers.length + CLIENTS.findIndex((client) => client === id)
  const client: Role<Client, RegisterMessage, RegisterHistory> = {
    nodes: CLIENTS,
    init: (id) => ({ awaited: numberOf(id), done: 0 }),
    start: (_, { id }) => ({
      send: [{ to: serverFor(numberOf(id)), type: 'put', request: numberOf(id), value: id }],
      record: (history) => invoked(history, id, { type: 'write', value: id }),
    }),
    on: {
      putOk: (self, { request }, { id }) =>
        request === self.awaited && {
          state: { awaited: 2 * numberOf(id), done: self.done + 1 },
          send: [{ to: serverFor(numberOf(id) + 1), type: 'get', request: 2 * numberOf(id) }],
          record: (history) => returned(history, id, 'ok', { type: 'read' }),
        },
      getOk: (self, { request, value }, { id }) =>
        request === self.awaited && {
          state: { awaited: null, done: self.done + 1 },
          record: (history) => returned(history, id, value),
        },
    },
  }
  const history: RegisterHistory = emptyHistory(CLIENTS, model)
  return { client, history }
}
