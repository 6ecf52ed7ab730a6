/**
 * Snapshots of a running system, by Chandy and Lamport: each process records its state when the first marker reaches it, and each channel
 * what comes between that and the channel's own marker.
 *
 * Topic: checkpoints
 * Granularity: one step delivers a token or a marker, or a process sends a token on, or records its state by itself.
 * Source: K. M. Chandy and L. Lamport, "Distributed snapshots: determining global states of distributed systems", 1985.
 * Parameters: `processes`, each with a channel to each other; `tokens`, all at the first process at the beginning, of which each is passed on
 * `hops` times at most; `initiators`, how many processes may begin a snapshot: 47 states for 2 processes,
 * 2,502 for 3.
 * Faults: none.
 * Expected: when all is recorded there are as many tokens in the snapshot as there are. Mutant: channels where a token may overtake a marker.
 *
 * What a newcomer learns: a global state is no set of local states; the channels are part of it, and their order tells what belongs to them.
 */
import { choose, ids, integer, others, protocol, type Role, recordOf, role, spec, type World } from 'faultline'

type Message = { readonly type: 'marker' } | { readonly type: 'token'; readonly hops: number }

interface Process {
  /** For each token that is here, how often it has been passed on. */
  readonly tokens: readonly number[]
  /** The process's own state in the snapshot. */
  readonly recorded: number | 'not yet'
  /** By the process at its other end: the tokens recorded in an incoming channel, and whether its marker has come. */
  readonly channel: { readonly [from: string]: number }
  readonly closed: { readonly [from: string]: boolean }
}

export default spec(
  'chandy-lamport',
  {
    processes: integer(2, { min: 2, max: 4 }),
    tokens: integer(1, { min: 1, max: 3 }),
    hops: integer(3, { min: 1, max: 5 }),
    initiators: integer(1, { min: 1, max: 4 }),
  },
  ({ processes, tokens, hops, initiators }, mutant) => {
    const PROCESSES = ids('p', processes)
    const INITIATORS: readonly string[] = PROCESSES.slice(0, initiators)
    const record = ({ tokens }: Process, id: string) => ({
      state: { recorded: tokens.length },
      send: others(PROCESSES, id).map((to) => ({ to, type: 'marker' as const })),
    })

    const process: Role<Process, Message> = role({
      nodes: PROCESSES,
      init: (id) => ({
        tokens: id === PROCESSES[0] ? Array.from({ length: tokens }, () => 0) : [],
        recorded: 'not yet',
        channel: recordOf(others(PROCESSES, id), 0),
        closed: recordOf(others(PROCESSES, id), false as boolean),
      }),
      operations: {
        pass: ({ tokens: [passed, ...rest] }, { id }) =>
          passed !== undefined &&
          passed < hops &&
          choose(others(PROCESSES, id), (to) => ({ state: { tokens: rest }, send: [{ to, type: 'token', hops: passed + 1 }] })),
        record: (self, { id }) => INITIATORS.includes(id) && self.recorded === 'not yet' && record(self, id),
      },
      on: {
        token: (self, { hops }, { from }) => {
          const isRecording = self.recorded !== 'not yet' && !self.closed[from]
          const seen = Number(self.channel[from]) + Number(isRecording)
          // The one that was passed on least is passed on first.
          return { state: { tokens: [...self.tokens, hops].sort((a, b) => a - b), channel: { [from]: seen } } }
        },
        marker: (self, _message, { id, from }) => {
          const recorded = self.recorded === 'not yet' ? record(self, id) : { state: {} }
          return { ...recorded, state: { ...recorded.state, closed: { [from]: true } } }
        },
      },
    })

    type Processes = World<{ process: typeof process }>
    const isComplete = ({ process }: Processes) =>
      PROCESSES.every((id) => process[id].recorded !== 'not yet' && Object.values(process[id].closed).every((done) => done))
    return protocol({
      roles: { process },
      network: mutant === 'nonFifo' ? 'unordered' : 'fifo',
      invariants: {
        nothingLostOrMade: (world) => {
          if (!isComplete(world)) return true
          const counts = PROCESSES.map((id) => world.process[id]).flatMap(({ recorded, channel }) => [
            Number(recorded),
            ...Object.values(channel),
          ])
          const total = counts.reduce((sum, count) => sum + count)
          return total === tokens || { because: `the snapshot has ${total} of ${tokens} tokens` }
        },
      },
      sometimes: {
        recordedUnderWay: (world) =>
          isComplete(world) && PROCESSES.some((id) => Object.values(world.process[id].channel).some((count) => count > 0)),
        recordedElsewhere: (world) => isComplete(world) && Number(world.process.p2.recorded) > 0,
      },
      alwaysPossible: { complete: isComplete },
      terminal: isComplete,
    })
  },
  {
    expected: { states: 47, depth: 9 },
    mutants: { nonFifo: { violates: 'nothingLostOrMade', steps: 4 } },
  },
)
