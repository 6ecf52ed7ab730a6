/**
 * Recovery from checkpoints: a process that crashes goes back to its last checkpoint, and what others know of it may then never have been.
 *
 * Topic: checkpoints
 * Granularity: one step delivers a message, sends one, begins a checkpoint, or is a crash with the restart that follows.
 * Source: E. N. Elnozahy, L. Alvisi, Y.-M. Wang, D. B. Johnson, "A survey of rollback-recovery protocols in message-passing systems", 2002:
 * orphans, blocking coordinated checkpoints, and incarnation numbers.
 * Parameters: `messages`, how many messages each process sends to the other; `checkpoints`, how many there can be: 386 states for 1 and 1.
 * Faults: a process crashes and starts again, once.
 * Expected: where one process has the other stop, until no message is under way, and all go back to the same checkpoint, what was received was
 * sent, and what was sent was received or is under way. Mutants: `uncoordinated`, where each takes its checkpoints by itself and goes back
 * alone, has orphans after 2 steps, and loses messages after 3; `noDrain`: the one that asks does not wait for the other; `noIncarnation`:
 * messages are taken that were sent before all went back.
 *
 * What a newcomer learns: checkpoints of processes, each right by itself, need not be one of the system.
 */
import { integer, others, protocol, type Role, role, spec, type World } from 'faultline'

type Message =
  | { readonly type: 'work' | 'stop' | 'stopped' | 'resume' | 'recover'; readonly incarnation: number }
  | { readonly type: 'rollback'; readonly incarnation: number; readonly line: number }

/** How many messages a process has sent and received. */
interface Progress {
  readonly sent: number
  readonly received: number
}

interface Process extends Progress {
  readonly phase: 'running' | 'stopped' | 'recovering'
  /** How often all went back to a checkpoint; what was sent before is no longer taken. */
  readonly incarnation: number
  /** By number. What the coordinator has, all have: its last one is where they go back to. */
  readonly checkpoints: readonly Progress[]
}

const PROCESSES = ['p1', 'p2'] as const
const [COORDINATOR] = PROCESSES
const NOTHING: Progress = { sent: 0, received: 0 }

export default spec(
  'uncoordinated-checkpoints',
  { messages: integer(1, { min: 1, max: 3 }), checkpoints: integer(1, { min: 0, max: 2 }) },
  ({ messages, checkpoints }, mutant) => {
    const isCoordinated = mutant !== 'uncoordinated'
    const tellOther = <T extends Message['type']>(type: T, id: string, incarnation: number) =>
      others(PROCESSES, id).map((to) => ({ to, type, incarnation }))
    const take = ({ sent, received, checkpoints }: Process) => ({ checkpoints: [...checkpoints, { sent, received }] })
    const goBack = (self: Process, line: number) => ({
      ...(self.checkpoints[line] ?? NOTHING),
      phase: 'running' as const,
      checkpoints: self.checkpoints.slice(0, line + 1),
    })
    const rollBackAll = (self: Process, id: string) => {
      const [line, incarnation] = [self.checkpoints.length - 1, self.incarnation + 1]
      return {
        state: { ...goBack(self, line), incarnation },
        send: others(PROCESSES, id).map((to) => ({ to, type: 'rollback' as const, incarnation, line })),
      }
    }

    const process: Role<Process, Message> = role({
      nodes: PROCESSES,
      init: { ...NOTHING, phase: 'running', incarnation: 0, checkpoints: [NOTHING] },
      durable: ['incarnation', 'checkpoints'],
      start: (self, { id, restarted }) => {
        if (!restarted) return {}
        if (!isCoordinated) return { state: goBack(self, self.checkpoints.length - 1) }
        if (id === COORDINATOR) return rollBackAll(self, id)
        return { state: { phase: 'recovering' }, send: tellOther('recover', id, self.incarnation) }
      },
      operations: {
        send: ({ phase, sent, incarnation }, { id }) =>
          phase === 'running' && sent < messages && { state: { sent: sent + 1 }, send: tellOther('work', id, incarnation) },
        checkpoint: (self, { id }) => {
          if (self.phase !== 'running' || self.checkpoints.length > checkpoints) return false
          if (!isCoordinated) return { state: take(self) }
          if (id !== COORDINATOR) return false
          const now = mutant === 'noDrain' ? take(self) : {}
          return { state: { ...now, phase: 'stopped' }, send: tellOther('stop', id, self.incarnation) }
        },
      },
      on: {
        work: (self, { incarnation }) =>
          self.phase !== 'recovering' &&
          (incarnation === self.incarnation || mutant === 'noIncarnation') && { state: { received: self.received + 1 } },
        // Channels are first in, first out: before this came all that the coordinator has sent.
        stop: (self, { incarnation }, { id }) =>
          self.phase !== 'recovering' &&
          incarnation === self.incarnation && {
            state: { ...take(self), phase: 'stopped' },
            send: tellOther('stopped', id, incarnation),
          },
        stopped: (self, { incarnation }, { id }) =>
          incarnation === self.incarnation && {
            state: { ...(mutant === 'noDrain' ? {} : take(self)), phase: 'running' },
            send: tellOther('resume', id, incarnation),
          },
        resume: (self, { incarnation }) =>
          self.phase === 'stopped' && incarnation === self.incarnation && { state: { phase: 'running' } },
        recover: (self, _message, { id }) => rollBackAll(self, id),
        rollback: (self, { incarnation, line }) => ({ state: { ...goBack(self, line), incarnation } }),
      },
    })

    type Processes = World<{ process: typeof process }>
    const isSettled = ({ process: { p1, p2 } }: Processes) =>
      p1.incarnation === p2.incarnation && p1.phase !== 'recovering' && p2.phase !== 'recovering'
    /** Of each process: how many messages the other sent to it, and how many of them came or are on their way. */
    const channels = (world: Processes) =>
      PROCESSES.flatMap((to) =>
        others(PROCESSES, to).map((from) => {
          const { incarnation, received } = world.process[to]
          const underWay = world.messages.filter(
            ({ to: receiver, message }) => receiver === to && message.type === 'work' && message.incarnation === incarnation,
          )
          return { from, to, sent: world.process[from].sent, known: received + underWay.length }
        }),
      )
    return protocol({
      roles: { process },
      network: 'fifo',
      faults: { restart: 1 },
      invariants: {
        noOrphanMessage: (world) => {
          const orphan = isSettled(world) && channels(world).find(({ sent, known }) => known > sent)
          return !orphan || { because: `${orphan.to} has what ${orphan.from} never sent, or will have it`, orphan }
        },
        noLostMessage: (world) => {
          const lost = isSettled(world) && channels(world).find(({ sent, known }) => known < sent)
          return !lost || { because: `${lost.to} will never have what ${lost.from} sent`, lost }
        },
      },
      sometimes: {
        backToCheckpoint: ({ process: { p1, p2 } }) =>
          p1.incarnation > 0 && p2.incarnation > 0 && p1.checkpoints.length > 1 && p2.received > 0,
      },
      alwaysPossible: { settled: isSettled },
      terminal: ({ process }) => PROCESSES.every((id) => process[id].phase === 'running'),
    })
  },
  {
    expected: { states: 386, depth: 10 },
    mutants: {
      uncoordinated: { violates: 'noOrphanMessage', steps: 2 },
      noDrain: { violates: 'noLostMessage', steps: 5 },
      noIncarnation: { violates: 'noOrphanMessage', steps: 4 },
    },
  },
)
