import { ids, linearizable, protocol, type Role, spec } from 'faultline'
import { clientsOf, model, type RegisterMessage, type Value } from './register-clients.js'

/** A register on each server, none of which knows of the others: with two of them, reads are stale. */
export const singleCopyRegister = spec('single-copy-register', { clients: 2, servers: 1 }, ({ clients, servers }) => {
  const SERVERS = ids('s', servers)
  const { client, history } = clientsOf(clients, SERVERS)
  const server: Role<{ readonly value: Value }, RegisterMessage> = {
    nodes: SERVERS,
    init: { value: model.init },
    on: {
      put: (_, { request, value }, { from }) => ({ state: { value }, send: [{ to: from, type: 'putOk', request }] }),
      get: ({ value }, { request }, { from }) => ({ send: [{ to: from, type: 'getOk', request, value }] }),
    },
  }
  const atomic = linearizable(model)
  return protocol({
    roles: { server, client },
    history,
    invariants: { linearizable: (world) => atomic(world.history) },
    sometimes: {
      valueChosen: ({ messages }) => messages.some(({ message }) => message.type === 'getOk' && message.value !== model.init),
    },
    terminal: true,
  })
})
