/**
 * Two-phase commit between nodes that crash: a coordinator asks participants to prepare, logs its decision, and tells them.
 *
 * Topic: atomic commit
 * Granularity: one step is one message delivered, one timeout, one fault, or the coordinator beginning or committing. Messages are
 * delivered once, in any order. What a node logs survives a crash if the same reaction says `sync`.
 * Source: P. A. Bernstein, V. Hadzilacos, N. Goodman, "Concurrency control and recovery in database systems", 1987, chapter 7, for the
 * protocol and for the names AC1 to AC5 of what atomic commitment asks; J. Gray, "Notes on data base operating systems", 1978.
 * Parameters: `participants`: 6,716 states for 2, 1,205,869 for 3; `recovery`: a node that crashed may start again; `cooperative`:
 * participants in doubt ask each other too, not the coordinator alone; without that, 2,794 states for 2 and 47,597 for 3.
 * Faults: one crash, of whichever node. It holds with two crashes and a lost message as well: 125,346 states for 2.
 * Expected: everything holds. Without recovery AC5 is violated: participants that voted yes stay in doubt when the coordinator crashes. That
 * they ask each other helps only as long as one of them has not voted.
 *
 * What a newcomer learns: a yes vote gives away the freedom to decide, and only hearing the decision gives it back. What others act upon
 * must be on disk before they hear of it.
 */

import { choose, ids, integer, others, protocol, type Role, role, spec } from 'faultline'
import { Set } from 'immutable'

type Decision = 'commit' | 'abort'
type Message = { readonly type: 'prepare' | 'yes' | 'no' | 'inquire' | Decision }
interface Coordinator {
  readonly begun: boolean
  readonly yes: Set<string>
  readonly log: 'empty' | Decision
}
interface Participant {
  readonly log: 'empty' | 'yes' | Decision
}

const COORDINATOR = 'c'
const logged = <D extends 'yes' | Decision>(log: D) => ({ state: { log }, sync: true }) as const

export default spec(
  'two-phase-commit-faults',
  { participants: integer(2, { min: 1, max: 4 }), recovery: true, cooperative: true },
  ({ participants, recovery, cooperative }, mutant) => {
    const PARTICIPANTS = ids('p', participants)
    const tellAll = (type: 'prepare' | Decision) => PARTICIPANTS.map((to) => ({ to, type }))
    const votesNeeded = mutant === 'commitWithoutAll' ? participants - 1 : participants

    const coordinator: Role<Coordinator, Message> = role({
      nodes: [COORDINATOR],
      init: { begun: false, yes: Set(), log: 'empty' },
      durable: ['log'],
      sync: 'explicit',
      // Presumed abort: while the log is empty, nobody can have been told to commit.
      start: ({ log }, { restarted }) =>
        restarted && (log === 'empty' ? { ...logged('abort'), send: tellAll('abort') } : { send: tellAll(log) }),
      operations: {
        begin: ({ begun, log }) =>
          !begun && log === 'empty' && { state: { begun: true }, send: tellAll('prepare'), arm: ['votes'] },
        // A step of its own: a crash may come between the last vote and the write to disk.
        commit: ({ begun, yes, log }) =>
          begun &&
          log === 'empty' &&
          yes.size >= votesNeeded && {
            state: { log: 'commit' },
            ...(mutant !== 'lostDecision' && { sync: true }),
            send: tellAll('commit'),
            disarm: ['votes'],
          },
      },
      timers: {
        votes: () => ({ ...logged('abort'), send: tellAll('abort') }),
      },
      on: {
        yes: ({ yes, log }, _message, { from }) => log === 'empty' && { state: { yes: yes.add(from) } },
        no: ({ log }) => log === 'empty' && { ...logged('abort'), send: tellAll('abort'), disarm: ['votes'] },
        inquire: ({ log }, _message, { from }) => log !== 'empty' && { send: [{ to: from, type: log }] },
      },
    })

    const participant: Role<Participant, Message> = role({
      nodes: PARTICIPANTS,
      init: { log: 'empty' },
      durable: ['log'],
      sync: 'explicit',
      start: ({ log }, { restarted }) => restarted && (log === 'empty' ? logged('abort') : log === 'yes' && { arm: ['doubt'] }),
      on: {
        prepare: ({ log }, _message, { from }) =>
          log === 'empty' &&
          choose(['yes', 'no'], (vote) =>
            vote === 'yes'
              ? {
                  state: { log: 'yes' },
                  ...(mutant !== 'voteNotDurable' && { sync: true }),
                  send: [{ to: from, type: 'yes' }],
                  arm: ['doubt'],
                }
              : { ...logged('abort'), send: [{ to: from, type: 'no' }] },
          ),
        commit: ({ log }) =>
          log === 'yes' && [
            { ...logged('commit'), disarm: ['doubt'] },
            mutant === 'redecide' && { ...logged('abort'), disarm: ['doubt'] },
          ],
        abort: ({ log }) => (log === 'empty' || log === 'yes') && { ...logged('abort'), disarm: ['doubt'] },
        // Who has not voted yet may abort. Who is in doubt as well answers as soon as it no longer is.
        inquire: ({ log }, _message, { from }) =>
          log === 'empty'
            ? { ...logged('abort'), send: [{ to: from, type: 'abort' }] }
            : log !== 'yes' && { send: [{ to: from, type: log }] },
      },
      timers: {
        doubt: (_self, { id }) => {
          if (mutant === 'timeoutAbort') return logged('abort')
          if (mutant === 'timeoutCommit') return logged('commit')
          const asked = [COORDINATOR, ...(cooperative ? others(PARTICIPANTS, id) : [])]
          return { send: asked.map((to) => ({ to, type: 'inquire' })) }
        },
      },
    })

    return protocol({
      roles: { coordinator, participant },
      faults: { crash: 1, ...(recovery && { restart: true }) },
      invariants: {
        /** All that decide decide the same: a decision counts when it is logged, the coordinator's too. */
        AC1: (world) => {
          const nodes = [...Object.entries(world.coordinator), ...Object.entries(world.participant)]
          const committed = nodes.find(([, { log }]) => log === 'commit')
          const aborted = nodes.find(([, { log }]) => log === 'abort')
          return (
            committed === undefined || aborted === undefined || { because: `${committed[0]} committed, ${aborted[0]} aborted` }
          )
        },
      },
      sometimes: {
        allCommitted: ({ participant }) => PARTICIPANTS.every((p) => participant[p]?.log === 'commit'),
        allAborted: ({ participant }) => PARTICIPANTS.every((p) => participant[p]?.log === 'abort'),
      },
      alwaysPossible: {
        /** All participants that are up can decide: nobody stays in doubt for ever. */
        AC5: ({ participant, up }) => PARTICIPANTS.every((p) => !up[p] || participant[p]?.log !== 'yes'),
      },
      // Who has not voted need never hear of the transaction. Where a node is down, others may have to wait for it.
      terminal: ({ participant, up }) =>
        PARTICIPANTS.every((p) => participant[p]?.log !== 'yes') || Object.values(up).includes(false),
    })
  },
  {
    expected: { states: 6716, depth: 19 },
    mutants: {
      /** A coordinator that crashes never comes back. */
      noRecovery: { with: { recovery: false, cooperative: false }, violates: 'AC5', steps: 3 },
      /** The same, and the participants help each other. */
      cooperative: { with: { recovery: false, cooperative: true }, violates: 'AC5', steps: 4 },
      /** A participant in doubt loses patience and aborts. */
      timeoutAbort: { violates: 'AC1', steps: 7 },
      /** A participant in doubt loses patience and commits. */
      timeoutCommit: { violates: 'AC1', steps: 4 },
      /** The coordinator tells the participants to commit before that is on disk. */
      lostDecision: { violates: 'AC1', steps: 9 },
      /** A participant votes yes before that is on disk. */
      voteNotDurable: { violates: 'AC1', steps: 8 },
      /** The coordinator commits when all but one have voted yes. */
      commitWithoutAll: { violates: 'AC1', steps: 5 },
      /** A participant that hears of a commit asks itself once more. */
      redecide: { violates: 'AC1', steps: 7 },
    },
  },
)
