import { oneOf, protocol, type Role, spec } from 'faultline'

type Message = { readonly type: 'ping'; readonly value: number } | { readonly type: 'pong'; readonly value: number }
interface Player {
  readonly count: number
}

/** Two nodes that count together: the toy of Stateright's actor tests. */
export const pingPong = spec('ping-pong', { max: 5, network: oneOf('unordered', ['unordered', 'set']) }, ({ max, network }) => {
  const pinger: Role<Player, Message> = {
    nodes: ['pinger'],
    init: { count: 0 },
    start: () => ({ send: [{ to: 'ponger', type: 'ping', value: 0 }] }),
    on: {
      pong: ({ count }, { value }) =>
        value === count && { state: { count: count + 1 }, send: [{ to: 'ponger', type: 'ping', value: value + 1 }] },
    },
  }
  const ponger: Role<Player, Message> = {
    nodes: ['ponger'],
    init: { count: 0 },
    on: {
      ping: ({ count }, { value }) =>
        value === count && { state: { count: count + 1 }, send: [{ to: 'pinger', type: 'pong', value }] },
    },
  }
  return protocol({
    roles: { pinger, ponger },
    network,
    invariants: { together: ({ pinger, ponger }) => [0, 1].includes((ponger.ponger?.count ?? 0) - (pinger.pinger?.count ?? 0)) },
    constraints: {
      bounded: ({ pinger, ponger }) => (pinger.pinger?.count ?? 0) <= max && (ponger.ponger?.count ?? 0) <= max,
    },
  })
})
