/**
 * A lock with a lease, and a storage that it guards: a client that lost the lock without noticing still writes.
 *
 * Topic: locks
 * Granularity: one step delivers a message, lets a lease run out, or is a crash. Nothing is known about the speed of clients,
 * clocks and messages, so a lease may run out at any moment.
 * Source: C. G. Gray and D. R. Cheriton, "Leases: an efficient fault-tolerant mechanism for distributed file cache
 * consistency", 1989; M. Burrows, "The Chubby lock service", 2006, on sequencers; M. Kleppmann, "How to do distributed
 * locking", 2016, on fencing.
 * Parameters: `clients`; `held`, whether the first client has the lock when a behaviour starts, with its write under way, which
 * is where it gets interesting: 174 states for 2 clients, 3,604 for 3; from a free lock 417 and 12,496.
 * Faults: one client crashes.
 * Expected: the storage never takes a write that is older than one it has, and the lock can always become free. That only one client at a
 * time believes to hold it is false, with fencing or without. Mutants: without a check of tokens the storage takes a stale write; without a
 * lease a client that crashes keeps the lock for ever.
 *
 * What a newcomer learns: a lock that can be lost unnoticed protects nothing, the resource must check the token; a message that a
 * handler ignores stays in flight, so the requests themselves are the queue for the lock.
 */
import { ids, integer, protocol, type Role, role, spec, type World } from 'faultline'

/** A token says how many grants there were before, and is an older grant's where it is smaller. */
type Message =
  | { readonly type: 'acquire' }
  | { readonly type: 'granted' | 'write' | 'release'; readonly token: number }
  | { readonly type: 'written' | 'refused' }

interface Client {
  readonly phase: 'waiting' | 'in' | 'done'
  readonly token: number
}

interface Locks {
  readonly holder: string | null
  readonly token: number
}

interface Storage {
  /** Tokens of the writes that were taken, in order. */
  readonly written: readonly number[]
}

export default spec(
  'lock-lease-fencing',
  { clients: integer(2, { min: 1, max: 4 }), held: true },
  ({ clients, held }, mutant) => {
    const CLIENTS = ids('c', clients)
    const isFirst = (id: string) => held && id === CLIENTS[0]

    const leave = ({ token }: Client) => ({
      state: { phase: 'done' as const },
      send: [{ to: 'locks', type: 'release' as const, token }],
    })
    const client: Role<Client, Message> = role({
      nodes: CLIENTS,
      init: (id) => (isFirst(id) ? { phase: 'in', token: 1 } : { phase: 'waiting', token: 0 }),
      start: (_self, { id }) => ({
        send: [isFirst(id) ? { to: 'storage', type: 'write', token: 1 } : { to: 'locks', type: 'acquire' }],
      }),
      on: {
        granted: (_self, { token }) => ({ state: { phase: 'in', token }, send: [{ to: 'storage', type: 'write', token }] }),
        written: leave,
        refused: leave,
      },
    })

    const locks: Role<Locks, Message> = role({
      nodes: ['locks'],
      init: held ? { holder: CLIENTS[0] ?? null, token: 1 } : { holder: null, token: 0 },
      armed: held && mutant !== 'noLease' ? ['lease'] : [],
      on: {
        acquire: (self, _message, { from }) =>
          self.holder === null && {
            state: { holder: from, token: self.token + 1 },
            send: [{ to: from, type: 'granted', token: self.token + 1 }],
            arm: mutant === 'noLease' ? [] : ['lease'],
          },
        release: (self, { token }) => (token === self.token ? { state: { holder: null }, disarm: ['lease'] } : {}),
      },
      timers: { lease: () => ({ state: { holder: null } }) },
    })

    const storage: Role<Storage, Message> = role({
      nodes: ['storage'],
      init: { written: [] },
      on: {
        write: (self, { token }, { from }) =>
          mutant === 'noFence' || token > Math.max(0, ...self.written)
            ? { state: { written: [...self.written, token] }, send: [{ to: from, type: 'written' }] }
            : { send: [{ to: from, type: 'refused' }] },
      },
    })

    type Nodes = World<{ client: typeof client; locks: typeof locks; storage: typeof storage }>
    const inside = (world: Nodes) => CLIENTS.filter((id) => world.up[id] && world.client[id].phase === 'in')
    return protocol({
      roles: { client, locks, storage },
      faults: { crash: { client: 1 } },
      invariants: {
        noStaleWrite: (world) => {
          const { written } = world.storage.storage
          const inOrder = written.every((token, index) => index === 0 || token > Number(written[index - 1]))
          return inOrder || { because: 'a write was taken although one with a later token was there', tokens: written }
        },
        mutualExclusionOfBelief: (world) =>
          inside(world).length <= 1 || { because: 'several clients believe that they hold the lock', clients: inside(world) },
      },
      sometimes: {
        allDone: (world) => CLIENTS.every((id) => world.client[id].phase === 'done'),
      },
      alwaysPossible: { free: (world) => world.locks.locks.holder === null },
      terminal: (world) => CLIENTS.every((id) => !world.up[id] || world.client[id].phase === 'done'),
    })
  },
  {
    expected: { states: 174, depth: 10, violated: { mutualExclusionOfBelief: 3 } },
    mutants: {
      noFence: { violates: 'noStaleWrite', steps: 5 },
      noLease: { with: { held: false }, violates: 'free', steps: 2 },
    },
  },
)
