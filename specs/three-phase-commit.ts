/**
 * Three-phase commit: between the votes and the decision, the coordinator tells all that nobody objected, so that whoever
 * hears nothing more can decide alone. It is right only while a timeout means a crash.
 *
 * Topic: atomic commit
 * Granularity: one step is one message delivered, one timeout, one fault, or the coordinator beginning, pre-committing or committing. Messages
 * are delivered once, in any order, after any time.
 * Source: D. Skeen, "Nonblocking commit protocols", 1981. P. A. Bernstein, V. Hadzilacos, N. Goodman, "Concurrency control and
 * recovery in database systems", 1987, chapter 7, has the names AC1 to AC5 of what atomic commitment asks.
 * Parameters: `participants`: 220 states for 2 where it holds, 1,461 for 3; `timing`: in a `synchronous` network timers fire only when no
 * message is under way; `unacknowledged`: what the coordinator decides when an acknowledgement does not come. Textbooks differ on that.
 * Faults: one crash, of whichever node, for good.
 * Expected: AC1 is violated in 9 steps, without any fault: one participant has heard the pre-commit and commits, the other has not and aborts.
 * Each took a slow message for a crash. If the coordinator commits where an acknowledgement is missing, 8 steps do, and in a synchronous
 * network everything holds; if it aborts, or a message is lost, AC1 breaks even there.
 *
 * What a newcomer learns: 3PC trades blocking for an assumption on time. Where a slow node cannot be told from a dead one, it is not safe.
 */

import { choose, ids, integer, oneOf, protocol, type Role, role, spec } from 'faultline'
import { Set } from 'immutable'

type Message = { readonly type: 'canCommit' | 'yes' | 'no' | 'preCommit' | 'ack' | 'commit' | 'abort' }
interface Coordinator {
  readonly phase: 'idle' | 'voting' | 'preCommitted' | 'committed' | 'aborted'
  readonly yes: Set<string>
  readonly acks: Set<string>
}
interface Participant {
  readonly phase: 'working' | 'prepared' | 'preCommitted' | 'committed' | 'aborted'
}

const COORDINATOR = 'c'

export default spec(
  'three-phase-commit',
  {
    participants: integer(2, { min: 1, max: 4 }),
    timing: oneOf('asynchronous', ['asynchronous', 'synchronous']),
    unacknowledged: oneOf('abort', ['abort', 'commit']),
  },
  ({ participants, timing, unacknowledged }) => {
    const PARTICIPANTS = ids('p', participants)
    const tellAll = (type: 'canCommit' | 'preCommit' | 'commit' | 'abort') => PARTICIPANTS.map((to) => ({ to, type }))
    const decide = (decision: 'commit' | 'abort') =>
      ({
        state: { phase: decision === 'commit' ? 'committed' : 'aborted' },
        send: tellAll(decision),
        disarm: ['silence'],
      }) as const

    const coordinator: Role<Coordinator, Message> = role({
      nodes: [COORDINATOR],
      init: { phase: 'idle', yes: Set(), acks: Set() },
      durable: ['phase'],
      operations: {
        begin: ({ phase }) => phase === 'idle' && { state: { phase: 'voting' }, send: tellAll('canCommit'), arm: ['silence'] },
        preCommit: ({ phase, yes }) =>
          phase === 'voting' &&
          yes.size === participants && { state: { phase: 'preCommitted' }, send: tellAll('preCommit'), arm: ['silence'] },
        commit: ({ phase, acks }) => phase === 'preCommitted' && acks.size === participants && decide('commit'),
      },
      on: {
        yes: ({ phase, yes }, _message, { from }) => phase === 'voting' && { state: { yes: yes.add(from) } },
        no: ({ phase }) => phase === 'voting' && decide('abort'),
        ack: ({ phase, acks }, _message, { from }) => phase === 'preCommitted' && { state: { acks: acks.add(from) } },
      },
      timers: {
        silence: ({ phase }) => decide(phase === 'preCommitted' ? unacknowledged : 'abort'),
      },
    })

    const participant: Role<Participant, Message> = role({
      nodes: PARTICIPANTS,
      init: { phase: 'working' },
      durable: ['phase'],
      on: {
        canCommit: ({ phase }, _message, { from }) =>
          phase === 'working' &&
          choose(['yes', 'no'], (vote) =>
            vote === 'yes'
              ? { state: { phase: 'prepared' }, send: [{ to: from, type: 'yes' }], arm: ['silence'] }
              : { state: { phase: 'aborted' }, send: [{ to: from, type: 'no' }] },
          ),
        preCommit: ({ phase }, _message, { from }) =>
          phase === 'prepared' && { state: { phase: 'preCommitted' }, send: [{ to: from, type: 'ack' }], arm: ['silence'] },
        commit: ({ phase }) => phase === 'preCommitted' && { state: { phase: 'committed' }, disarm: ['silence'] },
        abort: ({ phase }) =>
          phase !== 'committed' && phase !== 'aborted' && { state: { phase: 'aborted' }, disarm: ['silence'] },
      },
      timers: {
        // The others may have committed only if this one knows that nobody objected.
        silence: ({ phase }) => ({ state: { phase: phase === 'preCommitted' ? 'committed' : 'aborted' } }),
      },
    })

    return protocol({
      roles: { coordinator, participant },
      timeouts: timing === 'synchronous' ? 'idle' : 'any',
      faults: { crash: 1 },
      invariants: {
        /** All that decide decide the same. */
        AC1: (world) => {
          const nodes = [...Object.entries(world.coordinator), ...Object.entries(world.participant)]
          const committed = nodes.find(([, { phase }]) => phase === 'committed')
          const aborted = nodes.find(([, { phase }]) => phase === 'aborted')
          return (
            committed === undefined || aborted === undefined || { because: `${committed[0]} committed, ${aborted[0]} aborted` }
          )
        },
      },
      sometimes: {
        allCommitted: ({ participant }) => PARTICIPANTS.every((p) => participant[p]?.phase === 'committed'),
        allAborted: ({ participant }) => PARTICIPANTS.every((p) => participant[p]?.phase === 'aborted'),
      },
      // AC5: nobody that is up waits for ever. This is what the third phase is for.
      terminal: ({ participant, up }) =>
        PARTICIPANTS.every((p) => !up[p] || (participant[p]?.phase !== 'prepared' && participant[p]?.phase !== 'preCommitted')),
    })
  },
  {
    expected: { violates: 'AC1', steps: 9 },
  },
)
