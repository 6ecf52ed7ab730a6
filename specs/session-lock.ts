/**
 * A lock made of ephemeral, sequential nodes, as in ZooKeeper: clients queue in the order of their nodes, and each watches the one before it.
 *
 * Topic: locks
 * Granularity: one step delivers a message, lets a session expire or a client lose its connection, or is a crash. The ensemble is one server,
 * which is how clients see it. Nothing is known about time, so a session may expire at any moment.
 * Source: P. Hunt, M. Konar, F. P. Junqueira, B. Reed, "ZooKeeper: wait-free coordination for internet-scale systems", 2010, "simple locks
 * without herd effect"; Apache Curator, technical notes, on finding one's own node after a lost reply; M. Burrows, "The Chubby lock service",
 * 2006, on a storage that checks who has the lock.
 * Parameters: `clients`; `losses`, how often each loses its connection while it waits for its node;
 * `crashes`, of clients: 15,938 states for 2 clients; without losses and crashes 1,381, and 153,487 for 3 clients.
 * Faults: one client crashes.
 * Expected: the storage takes no write that is older than one it has, by the zxid of its writer's node; nobody waits in vain; a node that
 * goes wakes one client. That only one client at a time believes to have the lock is false, as of every lock that can be lost.
 * Mutants: a storage that does not look at the zxid; nodes that outlive their session; a watch set without a look whether the node is still
 * there; one on the lowest node, so that all wait for the same; a create that is retried without looking for its node.
 *
 * What a newcomer learns: a coordination service gives ordered facts, and what a client remembers of them is old.
 */
import { type Effects, ids, integer, protocol, type Reaction, type Role, role, type Send, spec, type World } from 'faultline'

/** A node is called by the zxid of the transaction that made it. */
type Message =
  | { readonly type: 'getChildren' | 'written' | 'refused' | 'expired' }
  | { readonly type: 'create'; readonly connection: number }
  | { readonly type: 'watch' | 'deleted' | 'write' | 'delete'; readonly node: number }
  | { readonly type: 'children'; readonly nodes: readonly number[] }
  | { readonly type: 'created'; readonly node: number; readonly connection: number }

interface Client {
  readonly phase: 'creating' | 'looking' | 'waiting' | 'locked' | 'done' | 'lost'
  readonly node: number
  /** The node before its own, whose end it waits for. */
  readonly watched: number
  readonly connection: number
}

interface Server {
  /** Of the last transaction. Only those that make nodes count here. */
  readonly zxid: number
  /** Nodes in the order in which they were made. */
  readonly nodes: readonly { readonly node: number; readonly owner: string }[]
  readonly watches: readonly { readonly node: number; readonly by: string }[]
  /** Clients whose session is over. */
  readonly gone: readonly string[]
}

interface Storage {
  /** Of the writes that were taken, in order, the nodes of their writers. */
  readonly written: readonly number[]
}

export default spec(
  'session-lock',
  { clients: integer(2, { min: 2, max: 3 }), losses: integer(1, { min: 0, max: 2 }), crashes: integer(1, { min: 0, max: 2 }) },
  ({ clients, losses, crashes }, mutant) => {
    const CLIENTS = ids('c', clients)
    const session = (id: string) => `session-${id}`
    const look: readonly Send<Message>[] = [{ to: 'zk', type: 'getChildren' }]
    const create = (connection: number): Effects<Client, Message> => ({
      send: [{ to: 'zk', type: 'create', connection }],
      arm: connection < losses ? ['connection'] : [],
    })
    const leave = ({ phase, node }: Client): Reaction<Client, Message> =>
      phase === 'locked' && { state: { phase: 'done' }, send: [{ to: 'zk', type: 'delete', node }] }
    const client: Role<Client, Message> = role({
      nodes: CLIENTS,
      init: { phase: 'creating', node: 0, watched: 0, connection: 0 },
      start: () => create(0),
      timers: {
        connection: ({ phase, connection }) =>
          phase === 'creating' && { state: { connection: connection + 1 }, ...create(connection + 1) },
      },
      on: {
        created: (self, { node, connection }) =>
          self.phase === 'creating' &&
          connection === self.connection && { state: { phase: 'looking', node }, send: look, disarm: ['connection'] },
        children: ({ phase, node }, { nodes }) => {
          if (phase !== 'looking') return false
          const before = nodes.filter((other) => other < node)
          const watched = mutant === 'watchLowest' ? before[0] : before.at(-1)
          return watched === undefined
            ? { state: { phase: 'locked', watched: 0 }, send: [{ to: 'storage', type: 'write', node }] }
            : { state: { phase: 'waiting', watched }, send: [{ to: 'zk', type: 'watch', node: watched }] }
        },
        deleted: ({ phase }) => phase === 'waiting' && { state: { phase: 'looking', watched: 0 }, send: look },
        written: leave,
        refused: leave,
        expired: ({ phase }) => phase !== 'done' && { state: { phase: 'lost', watched: 0 }, disarm: ['connection'] },
      },
    })

    const deleteNodes = ({ nodes, watches }: Server, gone: (node: Server['nodes'][number]) => boolean) => {
      const deleted = nodes.filter(gone).map(({ node }) => node)
      return {
        state: {
          nodes: nodes.filter((node) => !gone(node)),
          watches: watches.filter(({ node }) => !deleted.includes(node)),
        },
        send: watches
          .filter(({ node }) => deleted.includes(node))
          .map(({ node, by }) => ({ to: by, type: 'deleted' as const, node })),
      }
    }
    const expire = (id: string) => (self: Server) => {
      const { state, send } = deleteNodes(self, ({ owner }) => owner === id && mutant !== 'persistentNodes')
      return {
        state: { ...state, watches: state.watches.filter(({ by }) => by !== id), gone: [...self.gone, id].sort() },
        send: [...send.filter(({ to }) => to !== id), { to: id, type: 'expired' as const }],
      }
    }
    const zk: Role<Server, Message> = role({
      nodes: ['zk'],
      init: { zxid: 0, nodes: [], watches: [], gone: [] },
      timers: Object.fromEntries(CLIENTS.map((id) => [session(id), expire(id)])),
      on: {
        create: ({ zxid, nodes, gone }, { connection }, { from }) => {
          if (gone.includes(from)) return false
          // A client that lost the answer finds its node by a GUID in the name. Looking and creating are one step here.
          const found = mutant === 'noGuid' ? undefined : nodes.find(({ owner }) => owner === from)
          const node = found?.node ?? zxid + 1
          return {
            state: found === undefined ? { zxid: node, nodes: [...nodes, { node, owner: from }] } : {},
            send: [{ to: from, type: 'created', node, connection }],
            arm: [session(from)],
          }
        },
        getChildren: ({ nodes, gone }, _message, { from }) =>
          !gone.includes(from) && { send: [{ to: from, type: 'children', nodes: nodes.map(({ node }) => node) }] },
        watch: ({ nodes, watches, gone }, { node }, { from }) => {
          if (gone.includes(from)) return false
          return mutant === 'blindWatch' || nodes.some((other) => other.node === node)
            ? { state: { watches: [...watches, { node, by: from }] } }
            : { send: [{ to: from, type: 'deleted', node }] }
        },
        delete: (self, { node }, { from }) =>
          !self.gone.includes(from) && {
            ...deleteNodes(self, (other) => other.node === node),
            disarm: [session(from)],
          },
      },
    })

    const storage: Role<Storage, Message> = role({
      nodes: ['storage'],
      init: { written: [] },
      on: {
        write: ({ written }, { node }, { from }) =>
          mutant === 'noFence' || node > Math.max(0, ...written)
            ? { state: { written: [...written, node] }, send: [{ to: from, type: 'written' }] }
            : { send: [{ to: from, type: 'refused' }] },
      },
    })

    type Nodes = World<{ client: typeof client; zk: typeof zk; storage: typeof storage }>
    const inside = ({ up, client }: Nodes) => CLIENTS.filter((id) => up[id] && client[id].phase === 'locked')
    const waiting = ({ up, client }: Nodes) => CLIENTS.filter((id) => up[id] && client[id].phase === 'waiting')
    return protocol({
      roles: { client, zk, storage },
      network: 'fifo',
      faults: { crash: { client: crashes } },
      invariants: {
        noStaleWrite: ({ storage: { storage } }) =>
          storage.written.every((node, index) => index === 0 || node > Number(storage.written[index - 1])) || {
            because: 'a write was taken although one by a later node was there',
            nodes: storage.written,
          },
        nobodyWaitsInVain: (world) => {
          const { nodes, gone } = world.zk.zk
          const forgotten = waiting(world).find((id) => {
            const { watched } = world.client[id]
            const news = world.messages.some(
              ({ from, to, message }) => (to === id && message.type !== 'children') || (from === id && message.type === 'watch'),
            )
            return !gone.includes(id) && !news && !nodes.some(({ node }) => node === watched)
          })
          return forgotten === undefined || { because: `${forgotten} waits for a node that is gone` }
        },
        nobodyWaitsForItself: (world) => {
          const own = waiting(world).find((id) => {
            const { watched } = world.client[id]
            return world.zk.zk.nodes.some(({ node, owner }) => node === watched && owner === id)
          })
          return own === undefined || { because: `${own} waits for another node of its own` }
        },
        noHerd: ({ zk: { zk } }) =>
          zk.watches.every(({ node }, index) => zk.watches.findIndex((other) => other.node === node) === index) || {
            because: 'several clients wait for the same node',
            watches: zk.watches,
          },
        mutualExclusionOfBelief: (world) =>
          inside(world).length <= 1 || { because: 'several clients believe that they have the lock', clients: inside(world) },
      },
      sometimes: {
        allDone: ({ client }) => CLIENTS.every((id) => client[id].phase === 'done'),
        handedOn: (world) => world.storage.storage.written.length > 1 && waiting(world).length === 0,
      },
      alwaysPossible: { free: ({ zk: { zk } }) => zk.nodes.length === 0 },
      terminal: ({ up, client }) => CLIENTS.every((id) => !up[id] || client[id].phase === 'done' || client[id].phase === 'lost'),
    })
  },
  {
    expected: { states: 15_938, depth: 24, violated: { mutualExclusionOfBelief: 9 } },
    mutants: {
      noFence: { violates: 'noStaleWrite', steps: 11 },
      persistentNodes: { violates: 'free', steps: 2 },
      blindWatch: { violates: 'nobodyWaitsInVain', steps: 7 },
      watchLowest: { with: { clients: 3, losses: 0, crashes: 0 }, violates: 'noHerd', steps: 11 },
      noGuid: { violates: 'nobodyWaitsForItself', steps: 7 },
    },
  },
)
