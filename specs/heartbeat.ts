/**
 * Failure detection by heartbeats: two nodes watch each other, and a node that is silent for too long is suspected.
 *
 * Topic: failure detection
 * Granularity: one step delivers a heartbeat, lets a timer fire (to send one, or because none came), or is a crash. Nothing
 * is known about the speed of messages, so a timer may fire at any moment.
 * Source: T. D. Chandra and S. Toueg, "Unreliable failure detectors for reliable distributed systems", 1996.
 * Parameters: `beats`, how many heartbeats each node sends: 216 states for 2, 560 for 3.
 * Faults: one node crashes.
 * Expected: a crashed node is suspected in the end: a behaviour that ended without that would be reported as a deadlock. Strong accuracy, that
 * nobody is suspected who did not crash, is false: no timeout can promise it where messages may be slow. Mutants: with `blameReceiver`
 * a node that hears nothing is declared failed itself; with `silentHeartbeat` nothing is sent, and every node winds up its own timer.
 *
 * What a newcomer learns: slow and dead look the same; what must come in the end can be asked of the states where nothing can
 * happen any more.
 */
import { integer, others, protocol, type Role, role, spec, type World } from 'faultline'

type Message = { readonly type: 'heartbeat' } | { readonly type: 'failed' }

interface Node {
  readonly suspectsOther: boolean
  readonly beats: number
}

const NODES = ['n1', 'n2'] as const

export default spec(
  'heartbeat',
  { beats: integer(2, { min: 1, max: 5 }) },
  ({ beats }, mutant) => {
    const node: Role<Node, Message> = role({
      nodes: NODES,
      init: { suspectsOther: false, beats: 0 },
      armed: ['beat', 'silence'],
      timers: {
        beat: (self, { id }) => ({
          state: { beats: self.beats + 1 },
          send: mutant === 'silentHeartbeat' ? [] : others(NODES, id).map((to) => ({ to, type: 'heartbeat' })),
          arm: self.beats + 1 < beats ? ['beat'] : [],
        }),
        silence: (_self, { id }) => {
          if (mutant === 'silentHeartbeat') return { arm: ['silence'] }
          if (mutant === 'blameReceiver') return { send: others(NODES, id).map((to) => ({ to, type: 'failed' })) }
          return { state: { suspectsOther: true } }
        },
      },
      on: {
        heartbeat: () => ({ state: { suspectsOther: false }, arm: ['silence'] }),
        ...(mutant === 'blameReceiver' && { failed: () => ({ state: { suspectsOther: true } }) }),
      },
    })

    type Nodes = World<{ node: typeof node }>
    const suspected = (world: Nodes) =>
      NODES.filter((id) => others(NODES, id).some((other) => world.up[other] && world.node[other].suspectsOther))
    return protocol({
      roles: { node },
      faults: { crash: 1 },
      invariants: {
        strongAccuracy: (world) => {
          const innocent = suspected(world).filter((id) => world.up[id])
          return innocent.length === 0 || { because: 'a node is suspected that did not crash', innocent }
        },
      },
      sometimes: {
        crashedIsSuspected: (world) => suspected(world).some((id) => !world.up[id]),
      },
      // Strong completeness: where nothing can happen any more, whoever crashed is suspected.
      terminal: (world) => NODES.every((id) => world.up[id] || suspected(world).includes(id)),
    })
  },
  {
    expected: { states: 216, depth: 10, violated: { strongAccuracy: 1 } },
    mutants: {
      blameReceiver: { violates: 'strongAccuracy', steps: 2 },
      silentHeartbeat: { violates: 'crashedIsSuspected' },
    },
  },
)
