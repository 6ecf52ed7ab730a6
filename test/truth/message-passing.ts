/**
 * Small protocols of nodes and messages whose counts are published: Stateright's own tests and examples.
 */
import { ids, integer, oneOf, protocol, type Role, spec } from 'faultline'

type Ball = { readonly type: 'ping'; readonly value: number } | { readonly type: 'pong'; readonly value: number }
interface Player {
  readonly count: number
}

/** Two players pass a ball that counts, up to `max`: Stateright's actor tests. */
export const pingPong = spec(
  'ping-pong',
  { max: integer(5, { min: 0 }), network: oneOf('unordered', ['unordered', 'set', 'fifo']), lossy: false },
  ({ max, network, lossy }) => {
    const player = (id: string, other: string): Role<Player, Ball> => ({
      nodes: [id],
      init: { count: 0 },
      start: () => id === 'p1' && { send: [{ to: other, type: 'ping', value: 0 }] },
      on: {
        ping: (self, { value }, { from }) =>
          self.count === value && { state: { count: value + 1 }, send: [{ to: from, type: 'pong', value }] },
        pong: (self, { value }, { from }) =>
          self.count === value && { state: { count: value + 1 }, send: [{ to: from, type: 'ping', value: value + 1 }] },
      },
    })
    return protocol({
      roles: { first: player('p1', 'p2'), second: player('p2', 'p1') },
      network,
      faults: lossy ? { drop: true } : {},
      sometimes: { max: (world) => world.first.p1.count === max },
      constraints: { bounded: (world) => world.first.p1.count <= max && world.second.p2.count <= max },
      terminal: true,
    })
  },
)

interface Counter {
  readonly count: number
}

/**
 * Two nodes that count a message (1, below 2) and timeouts (10), and may crash. While a node is down its state stays in place, which is what
 * `durable` with a reset at the start says.
 */
export const crash = spec('crash', { crashes: integer(0, { min: 0 }), lossy: false }, ({ crashes, lossy }) => {
  const C = ids('c', 2)
  const counter: Role<Counter, { readonly type: 'one' }> = {
    nodes: C,
    init: { count: 0 },
    durable: ['count'],
    armed: ['ten'],
    start: (_self, { id }) => ({ state: { count: 0 }, send: id === 'c1' ? [{ to: 'c2', type: 'one' }] : [] }),
    on: { one: (self) => self.count < 2 && { state: { count: self.count + 1 } } },
    timers: { ten: (self) => ({ state: { count: self.count + 10 } }) },
  }
  return protocol({
    roles: { counter },
    faults: { ...(crashes > 0 ? { crash: { atOnce: crashes }, restart: true } : {}), ...(lossy ? { drop: true } : {}) },
    constraints: { few: (world) => world.messages.length <= 2 },
    terminal: true,
  })
})
