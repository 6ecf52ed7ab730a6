/**
 * The bully algorithm: the node with the highest id that lives becomes leader, and relies on a silent node being a dead one.
 *
 * Topic: elections
 * Granularity: one step delivers a message, lets a timer fire (a node has not heard of its leader, has no answer, or no
 * announcement), or is a crash. A node that nobody answers becomes leader when it has waited, the highest one like all
 * others.
 * Source: H. Garcia-Molina, "Elections in a distributed computing system", 1982, in the short form of textbooks.
 * Parameters: `nodes`; `timeouts`, `idle` for a synchronous system, in which all messages arrive before a timer fires, `any`
 * for an asynchronous one, in which not more than two messages for each node are in flight. 258 states for 3 nodes, 6,405 for
 * 4; 80,325 for 3 where the system is asynchronous.
 * Faults: one node crashes. Nobody comes back: the short form is not made for it, who returns during an election was not
 * asked.
 * Expected: in a synchronous system there is one leader at a time, it has the highest id of all that live, and all can still
 * come to know it. Mutants: in an asynchronous system (`async`) there are two; where nobody answers (`noAnswer`) a lower id
 * may win; and who waits for an announcement for ever (`noPatience`) may never hear of a leader.
 *
 * What a newcomer learns: `timeouts: 'idle'` and `'any'` show what an algorithm takes for granted about time; "leader"
 * without a term means little.
 */
import { ids, integer, oneOf, protocol, type Role, role, spec, type World } from 'faultline'

type Message = { readonly type: 'election' | 'answer' | 'coordinator' }

interface Node {
  readonly leader: string | null
  readonly electing: boolean
}

export default spec(
  'bully',
  { nodes: integer(3, { min: 2, max: 4 }), timeouts: oneOf('idle', ['idle', 'any']) },
  ({ nodes, timeouts }, mutant) => {
    const NODES: readonly string[] = ids('n', nodes)
    const rank = (id: string) => NODES.indexOf(id)
    const above = (id: string) => NODES.slice(rank(id) + 1)
    const below = (id: string) => NODES.slice(0, rank(id))

    const elect = (id: string) => ({
      state: { leader: null, electing: true },
      send: above(id).map((to) => ({ to, type: 'election' as const })),
      disarm: ['silence', 'announcement'],
      arm: ['answer'],
    })

    const node: Role<Node, Message> = role({
      nodes: NODES,
      init: { leader: null, electing: false },
      armed: ['silence'],
      timers: {
        silence: (_self, { id }) => elect(id),
        answer: (_self, { id }) => ({
          state: { leader: id, electing: false },
          send: below(id).map((to) => ({ to, type: 'coordinator' })),
        }),
        announcement: (_self, { id }) => elect(id),
      },
      on: {
        election: (self, _message, { id, from }) => {
          if (self.leader === id) return { send: [{ to: from, type: 'coordinator' }] }
          const answer = mutant === 'noAnswer' ? [] : [{ to: from, type: 'answer' as const }]
          return self.electing ? { send: answer } : { ...elect(id), send: [...answer, ...elect(id).send] }
        },
        answer: (self) => (self.electing ? { disarm: ['answer'], arm: mutant === 'noPatience' ? [] : ['announcement'] } : {}),
        coordinator: (self, _message, { id, from }) => {
          const accepted = { state: { leader: from, electing: false }, disarm: ['answer', 'announcement'], arm: ['silence'] }
          if (rank(from) > rank(id)) return accepted
          if (self.leader === id) return { send: [{ to: from, type: 'coordinator' }] }
          return self.electing ? {} : elect(id)
        },
      },
    })

    type Nodes = World<{ node: typeof node }>
    const alive = ({ up }: Nodes) => NODES.filter((id) => up[id])
    const leaders = (world: Nodes) => alive(world).filter((id) => world.node[id]?.leader === id)

    return protocol({
      roles: { node },
      network: { kind: 'unordered', toCrashed: 'lost' },
      timeouts,
      faults: { crash: 1 },
      invariants: {
        atMostOneLeader: (world) =>
          leaders(world).length <= 1 || { because: 'there are several leaders', leaders: leaders(world) },
        leaderIsMaxId: (world) =>
          leaders(world).every((id) => id === alive(world).at(-1)) || {
            because: 'a leader has a lower id than a node that lives',
            leaders: leaders(world),
          },
      },
      sometimes: {
        secondIsElected: (world) => leaders(world).includes(NODES[nodes - 2] ?? 'n1'),
        newLeaderIsKnown: (world) => leaders(world).length === 1 && alive(world).length < nodes,
      },
      alwaysPossible: {
        agreed: (world) => alive(world).every((id) => world.node[id]?.leader === alive(world).at(-1)),
      },
      terminal: (world) => alive(world).length === 1 && leaders(world).length === 1,
      constraints: { fewMessages: (world) => world.messages.length <= 2 * nodes },
    })
  },
  {
    expected: { states: 258, depth: 11 },
    mutants: {
      async: { with: { timeouts: 'any' }, violates: 'atMostOneLeader', steps: 4 },
      noAnswer: { violates: 'leaderIsMaxId', steps: 3 },
      noPatience: { with: { nodes: 2 }, violates: 'agreed', steps: 3 },
    },
  },
)
