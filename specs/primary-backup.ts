/**
 * A register on a primary and its backup, and a view service that says who is which.
 *
 * Topic: replication
 * Granularity: one step delivers a message, lets a client ask (and be answered at once, where its server needs nobody else), lets
 * a timer fire, or is a crash. The view service may suspect a server at any moment.
 * Source: N. Budhiraja, K. Marzullo, F. B. Schneider, S. Toueg, "The primary-backup approach", 1993; the view service is that of
 * MIT 6.824, lab 2. A behaviour starts in view 1, of which the acknowledgement is under way; a server that was replaced does not
 * come back.
 * Parameters: none. Each server has one client, which writes once and reads once: 2,022 states.
 * Faults: one server crashes.
 * Expected: what clients see is linearizable, and no acknowledged write is lost. In a view only its primary answers, and only after its backup has
 * taken part, also in a read; the view service leaves a view only when the primary has acknowledged it. That only one server at a time
 * believes to be primary is false, with views or without. Mutants: the primary reads without asking its backup; it answers a write before
 * the backup has it; a backup makes itself primary, where there are no views and nobody waits for anybody.
 *
 * What a newcomer learns: histories, and that failover must fence off reads too.
 */
import {
  choose,
  emptyHistory,
  type History,
  invoked,
  linearizable,
  others,
  protocol,
  type RegisterOperation,
  type Role,
  register,
  returned,
  role,
  spec,
  type World,
} from 'faultline'

type Kind = 'write' | 'read'

type Message =
  | { readonly type: 'view'; readonly view: number; readonly primary: string }
  | { readonly type: 'acknowledge'; readonly view: number }
  | { readonly type: 'forward' | 'done'; readonly view: number; readonly kind: Kind }

interface ViewService {
  readonly view: number
  readonly acknowledged: boolean
}

interface Server {
  readonly view: number
  /** `alone`: the primary of a view without a backup. */
  readonly role: 'primary' | 'alone' | 'backup' | 'idle'
  /** Values written, in order: the ids of their writers. */
  readonly log: readonly string[]
  /** What the server's client may still ask for, and what it waits for. */
  readonly left: { readonly write: boolean; readonly read: boolean }
  readonly pending: Kind | null
}

const SERVERS = ['s1', 's2'] as const
const model = register('none' as string)
const atomic = linearizable(model)
type Clients = History<string, RegisterOperation<string>, string>

const ask = (clients: Clients, id: string, kind: Kind) =>
  invoked(clients, id, kind === 'write' ? { type: 'write', value: id } : { type: 'read' })

const isPrimary = ({ role }: Server) => role === 'primary' || role === 'alone'

/** Does what a client asks for, or has asked for. */
const answer = ({ log }: Server, id: string, kind: Kind) => ({
  state: { log: kind === 'write' ? [...log, id] : log, left: { [kind]: false }, pending: null },
  record: (clients: Clients) => {
    const asked = clients[id].inFlight.isEmpty() ? { ...clients[id], ...ask(clients, id, kind)[id] } : clients[id]
    return returned({ ...clients, [id]: asked }, id, kind === 'write' ? 'ok' : (log.at(-1) ?? model.init))
  },
})

export default spec(
  'primary-backup',
  {},
  (_, mutant) => {
    const promotes = mutant === 'promoteOnSuspicion'
    const viewService: Role<ViewService, Message> = role({
      nodes: ['vs'],
      init: { view: 1, acknowledged: false },
      armed: promotes ? [] : ['suspect'],
      timers: {
        suspect: ({ view, acknowledged }) =>
          acknowledged &&
          choose(SERVERS, (suspected) => {
            const [primary] = others(SERVERS, suspected)
            return {
              state: { view: view + 1, acknowledged: false },
              send: SERVERS.map((to) => ({ to, type: 'view', view: view + 1, primary })),
            }
          }),
      },
      on: {
        acknowledge: (self, { view }) => view === self.view && { state: { acknowledged: true } },
      },
    })

    const operation =
      (kind: Kind) =>
      (self: Server, { id }: { readonly id: string }) => {
        if (!isPrimary(self) || self.pending !== null || !self.left[kind]) return undefined
        const waits = !promotes && mutant !== (kind === 'read' ? 'localReads' : 'ackBeforeReplicate')
        const forward = others(SERVERS, id).map((to) => ({ to, type: 'forward' as const, view: self.view, kind }))
        const send = self.role === 'primary' && (waits || kind === 'write') ? forward : []
        if (self.role === 'alone' || !waits) return { ...answer(self, id, kind), send }
        return { state: { left: { [kind]: false }, pending: kind }, send, record: (clients: Clients) => ask(clients, id, kind) }
      }

    const server: Role<Server, Message, Clients> = role({
      nodes: SERVERS,
      init: (id) => ({
        view: 1,
        role: id === 's1' ? 'primary' : 'backup',
        log: [],
        left: { write: true, read: true },
        pending: null,
      }),
      durable: ['view', 'log'],
      start: ({ role }) => ({ send: role === 'primary' && !promotes ? [{ to: 'vs', type: 'acknowledge', view: 1 }] : [] }),
      ...(promotes && {
        armed: ['suspect'],
        timers: { suspect: ({ role }: Server) => role === 'backup' && { state: { role: 'alone' } } },
      }),
      operations: { write: operation('write'), read: operation('read') },
      on: {
        view: (self, { view, primary }, { id }) => {
          if (primary !== id) return { state: { view, role: 'idle', pending: null } }
          const done = self.pending === null ? { state: {} } : answer(self, id, self.pending)
          return { ...done, state: { ...done.state, view, role: 'alone' }, send: [{ to: 'vs', type: 'acknowledge', view }] }
        },
        forward: (self, { view, kind }, { from }) =>
          view === self.view &&
          self.role === 'backup' && {
            state: { log: kind === 'write' ? [...self.log, from] : self.log },
            send: [{ to: from, type: 'done', view, kind }],
          },
        done: (self, { view, kind }, { id }) => view === self.view && kind === self.pending && answer(self, id, kind),
      },
    })
    type Nodes = World<{ viewService: typeof viewService; server: typeof server }>
    const primaries = (world: Nodes) => SERVERS.filter((id) => world.up[id] && isPrimary(world.server[id]))
    return protocol({
      roles: { viewService, server },
      faults: { crash: { server: 1 } },
      history: emptyHistory(SERVERS, model),
      invariants: {
        atMostOnePrimaryPerView: (world) => {
          const views = primaries(world).map((id) => world.server[id].view)
          return views.every((view, index) => views.indexOf(view) === index)
        },
        atMostOneBelievedPrimary: (world) => primaries(world).length <= 1,
        noLostAckedWrite: (world) => {
          const newest = Math.max(...SERVERS.map((id) => world.server[id].view))
          const serving = primaries(world).filter((id) => world.server[id].view === newest)
          const acked = SERVERS.filter((id) => world.history[id].completed.some(({ operation }) => operation.type === 'write'))
          const lost = acked.filter((write) => !serving.some((id) => world.server[id].log.includes(write)))
          return serving.length === 0 || lost.length === 0 || { because: 'no primary has a write that was acknowledged', lost }
        },
        linearizable: (world) => atomic(world.history),
      },
      sometimes: {
        backupTookOver: (world) => world.server.s2.role === 'alone' && world.history.s2.completed.size === 2,
      },
      terminal: (world) => SERVERS.every((id) => !world.up[id] || world.server[id].pending === null),
    })
  },
  {
    expected: { states: 2_022, depth: 14, violated: { atMostOneBelievedPrimary: 3 } },
    mutants: {
      localReads: { violates: 'linearizable', steps: 5 },
      ackBeforeReplicate: { violates: 'noLostAckedWrite', steps: 4 },
      promoteOnSuspicion: { violates: 'atMostOnePrimaryPerView', steps: 1 },
    },
  },
)
