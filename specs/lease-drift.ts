/**
 * A lease whose holder gives it up by its own clock: it must do so earlier than the server's clock says, by as much as clocks differ.
 *
 * Topic: locks
 * Granularity: one step delivers a message or is one tick of one clock. The server says until when its clock must come for the lease to end,
 * and the holder compares that with its own. A behaviour starts when the first client has just been lent the lease, at 0, and all others
 * have asked for it.
 * Source: C. G. Gray and D. R. Cheriton, "Leases: an efficient fault-tolerant mechanism for distributed file cache consistency", 1989: a
 * client stops using a lease earlier by the uncertainty of clocks.
 * Parameters: `clients`; `ttl`, how long a lease lasts; `drift`, how far clocks may be apart; `margin`, how much earlier the holder stops: 95
 * states for 2 clients, 401 for 3; `held`: without it a behaviour starts with a free lease, 793 states.
 * Faults: none but clocks that differ.
 * Expected: while a client relies on a lease the server lends it to no other. Mutants: without the margin it does, with clocks that are 1
 * apart; so it does when a client counts the time from when the lease arrives, however long it was under way.
 *
 * What a newcomer learns: clocks. A lease needs no message to end, so both sides must agree on when it does, without a word.
 */
import { ids, integer, protocol, type Role, role, spec, type World } from 'faultline'

type Message = { readonly type: 'acquire' } | { readonly type: 'granted'; readonly until: number }

interface Client {
  /** What the server's clock shows when the lease ends; 0 without a lease. */
  readonly until: number
}

interface Server {
  readonly holder: string | null
  readonly until: number
}

export default spec(
  'lease-drift',
  {
    clients: integer(2, { min: 2, max: 4 }),
    ttl: integer(2, { min: 1, max: 4 }),
    drift: integer(1, { min: 0, max: 3 }),
    margin: integer(1, { min: 0, max: 3 }),
    held: true,
  },
  ({ clients, ttl, drift, margin, held }, mutant) => {
    const CLIENTS = ids('c', clients)
    const isFirst = (id: string) => held && id === CLIENTS[0]

    const client: Role<Client, Message> = role({
      nodes: CLIENTS,
      init: (id) => ({ until: isFirst(id) ? ttl : 0 }),
      start: (_self, { id }) => !isFirst(id) && { send: [{ to: 'server', type: 'acquire' }] },
      on: {
        granted: (_self, { until }, { now }) => ({ state: { until: mutant === 'countFromReceipt' ? now + ttl : until } }),
      },
    })

    const server: Role<Server, Message> = role({
      nodes: ['server'],
      init: held ? { holder: CLIENTS[0] ?? null, until: ttl } : { holder: null, until: 0 },
      on: {
        // A request that comes while the lease is lent stays in flight, and is the queue.
        acquire: ({ until }, _message, { from, now }) =>
          now >= until && {
            state: { holder: from, until: now + ttl },
            send: [{ to: from, type: 'granted', until: now + ttl }],
          },
      },
    })

    type Nodes = World<{ client: typeof client; server: typeof server }>
    const relies = (world: Nodes, id: string) => world.now[id] < world.client[id].until - margin
    return protocol({
      roles: { client, server },
      clock: { max: ttl + drift + 1, drift },
      invariants: {
        exclusion: (world) => {
          const { holder } = world.server.server
          const second = CLIENTS.find((id) => id !== holder && relies(world, id))
          return second === undefined || { because: `${holder} is lent what ${second} still relies on` }
        },
      },
      sometimes: {
        handedOn: (world) => world.server.server.holder !== CLIENTS[0] && CLIENTS.slice(1).some((id) => relies(world, id)),
      },
      // Time ends, or everybody had the lease.
      terminal: true,
    })
  },
  {
    expected: { states: 95, depth: 14 },
    mutants: {
      noMargin: { with: { margin: 0 }, violates: 'exclusion', steps: 5 },
      countFromReceipt: { with: { held: false }, violates: 'exclusion', steps: 7 },
    },
  },
)
