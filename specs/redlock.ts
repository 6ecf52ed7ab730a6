/**
 * Redlock: a lock is the client's that has its key on a majority of independent instances, each of which lets it expire by its own clock.
 *
 * Topic: locks
 * Granularity: one step delivers a message, is a tick of all clocks at once, a client that unlocks, or a fault. A client asks all instances at
 * the same time.
 * Source: S. Sanfilippo, "Distributed locks with Redis"; M. Kleppmann, "How to do distributed locking", 2016, on what it relies on.
 * Parameters: `clients`; `instances`; `ttl`, how long a key lives; `attempts`, how often a client tries: 745,392
 * states for 2 clients that try once, 372,696 without restarts.
 * Faults: an instance restarts; it has its keys on disk (`appendfsync always`).
 * Expected: a client that relies on the lock, and looks at its clock whenever it does, is alone: no other has its key on a majority. Mutants take
 * away what this rests on: `clockJump`, that no clock is set; `noAof`, that instances keep their keys; `gcPause`, that no time passes
 * between looking at the clock and what the lock is for; `validFromReply`, that the time counts from before the first request;
 * `blindUnlock`, that a client removes only keys of its own.
 *
 * What a newcomer learns: a majority makes up for instances that are down, and for none that forget or misjudge time.
 */
import { type Effects, ids, integer, protocol, type Role, role, spec, type World } from 'faultline'
import { Set } from 'immutable'

/** Every attempt has a key of its own. */
type Message = { readonly type: 'set' | 'unlock' | 'ok' | 'no'; readonly attempt: number }

interface Client {
  readonly phase: 'asking' | 'locked' | 'unlocked' | 'gaveUp'
  readonly attempt: number
  /** Instances that set the key of this attempt, and that refused. */
  readonly ok: Set<string>
  readonly no: Set<string>
  /** What the clock showed when the attempt began. */
  readonly began: number
}

interface Instance {
  /** The key's value: whose it is. It counts until the instance's clock shows `until`. */
  readonly owner: string | null
  readonly attempt: number
  readonly until: number
}

export default spec(
  'redlock',
  {
    clients: integer(2, { min: 2, max: 3 }),
    instances: integer(3, { min: 1, max: 5 }),
    ttl: integer(1, { min: 1, max: 3 }),
    attempts: integer(1, { min: 1, max: 2 }),
  },
  ({ clients, instances, ttl, attempts }, mutant) => {
    const CLIENTS = ids('c', clients)
    const INSTANCES = ids('i', instances)
    const isMajority = (count: number) => count > instances / 2
    const tellAll = (type: Message['type'], attempt: number) => INSTANCES.map((to) => ({ to, type, attempt }))
    const leave = (phase: Client['phase'], attempt: number): Effects<Client, Message> => ({
      state: { phase, ok: Set(), no: Set() },
      send: tellAll('unlock', attempt),
    })
    const giveUp = ({ attempt }: Client, now: number): Effects<Client, Message> =>
      attempt === attempts
        ? leave('gaveUp', attempt)
        : {
            state: { attempt: attempt + 1, ok: Set(), no: Set(), began: now },
            send: [...tellAll('unlock', attempt), ...tellAll('set', attempt + 1)],
          }

    const client: Role<Client, Message> = role({
      nodes: CLIENTS,
      init: { phase: 'asking', attempt: 1, ok: Set(), no: Set(), began: 0 },
      start: () => ({ send: tellAll('set', 1) }),
      operations: { unlock: ({ phase, attempt }) => phase === 'locked' && leave('unlocked', attempt) },
      on: {
        ok: (self, { attempt }, { from, now }) => {
          if (self.phase !== 'asking' || self.attempt !== attempt) return false
          const ok = self.ok.add(from)
          if (!isMajority(ok.size)) return { state: { ok } }
          if (mutant === 'validFromReply') return { state: { phase: 'locked', ok, began: now } }
          return now < self.began + ttl ? { state: { phase: 'locked', ok } } : giveUp(self, now)
        },
        no: (self, { attempt }, { from, now }) => {
          if (self.phase !== 'asking' || self.attempt !== attempt) return false
          const no = self.no.add(from)
          return isMajority(instances - no.size) ? { state: { no } } : giveUp(self, now)
        },
      },
    })

    const instance: Role<Instance, Message> = role({
      nodes: INSTANCES,
      init: { owner: null, attempt: 0, until: 0 },
      durable: mutant === 'noAof' ? [] : ['owner', 'attempt', 'until'],
      on: {
        set: ({ owner, until }, { attempt }, { from, now }) =>
          owner === null || now >= until
            ? { state: { owner: from, attempt, until: now + ttl }, send: [{ to: from, type: 'ok', attempt }] }
            : { send: [{ to: from, type: 'no', attempt }] },
        unlock: ({ owner, attempt }, message, { from }) =>
          mutant === 'blindUnlock' || (owner === from && attempt === message.attempt) ? { state: { owner: null } } : {},
      },
    })

    type Nodes = World<{ client: typeof client; instance: typeof instance }>
    /** Whether a client does what the lock is for, because it looked at its clock just now, or once. */
    const relies = ({ client, now }: Nodes, id: string) =>
      client[id].phase === 'locked' && (mutant === 'gcPause' || now[id] < client[id].began + ttl)
    const isGranted = ({ client, instance, now }: Nodes, id: string) => {
      const has = ({ owner, attempt }: Instance) => owner === id && attempt === client[id].attempt
      return isMajority(INSTANCES.filter((i) => has(instance[i]) && now[i] < instance[i].until).length)
    }
    return protocol({
      roles: { client, instance },
      clock: { max: attempts * ttl },
      faults: mutant === 'clockJump' ? { skew: { budget: 1, by: [ttl] } } : { restart: { instance: 1 } },
      invariants: {
        exclusion: (world) => {
          const first = CLIENTS.find((id) => relies(world, id))
          const second = CLIENTS.find((id) => id !== first && isGranted(world, id))
          return (
            first === undefined || second === undefined || { because: `${first} relies on the lock that ${second} is granted` }
          )
        },
      },
      sometimes: {
        handedOn: ({ client }) => {
          const phases = CLIENTS.map((id) => client[id].phase)
          return phases.includes('unlocked') && phases.includes('locked')
        },
        nobodyGetsIt: ({ client }) => CLIENTS.every((id) => client[id].phase === 'gaveUp'),
      },
      terminal: ({ client }) => CLIENTS.every((id) => client[id].phase === 'unlocked' || client[id].phase === 'gaveUp'),
    })
  },
  {
    expected: { states: 745_392, depth: 22 },
    mutants: {
      clockJump: { violates: 'exclusion', steps: 7 },
      noAof: { violates: 'exclusion', steps: 7 },
      gcPause: { violates: 'exclusion', steps: 7 },
      validFromReply: { violates: 'exclusion', steps: 7 },
      blindUnlock: { with: { instances: 1, attempts: 2 }, violates: 'exclusion', steps: 6 },
    },
  },
)
