/**
 * Two-phase commit as an article tells it: whoever said that it is ready decides once more when it is told to commit.
 *
 * Topic: atomic commit
 * Claim: "2. On a request to prepare, other nodes decide by their own state whether they are ready to accept the transaction.
 * If they are, they send a confirmation. ... 4. On a request to commit, other nodes decide by their own state whether to accept
 * the transaction." (Five articles on faults in distributed systems, in Chinese; article 000, section 3.3.2, lines 76 to 79.)
 * Why it is wrong: the coordinator executes the transaction because all were ready; who may still refuse then has promised
 * nothing. And who is not ready says nothing, where there is no abort and no timeout, so that everybody waits for ever.
 * Granularity: one step is the coordinator asking or executing, or a message delivered.
 * Source: the article; for what is right J. Gray, "Notes on data base operating systems", 1978.
 * Parameters: `participants`.
 * Expected: `AC1` is violated in 7 steps, without any fault; in 5 with one participant. `AC5` is lost after 2: one participant
 * is not ready.
 *
 * What a newcomer learns: a yes vote gives away the freedom to decide, and a no has to be said, too.
 */
import { ids, integer, protocol, type Role, role, spec } from 'faultline'
import { Set } from 'immutable'

interface Message {
  readonly type: 'prepare' | 'confirm' | 'commit'
}

interface Coordinator {
  readonly phase: 'idle' | 'waiting' | 'committed'
  readonly confirmed: Set<string>
}

interface Participant {
  readonly phase: 'working' | 'ready' | 'notReady' | 'committed' | 'refused'
}

export default spec(
  'yes-without-promise',
  { participants: integer(2, { min: 1, max: 4 }) },
  ({ participants }) => {
    const PARTICIPANTS = ids('p', participants)

    const coordinator: Role<Coordinator, Message> = role({
      nodes: ['c'],
      init: { phase: 'idle', confirmed: Set() },
      operations: {
        prepare: ({ phase }) =>
          phase === 'idle' && { state: { phase: 'waiting' }, send: PARTICIPANTS.map((to) => ({ to, type: 'prepare' })) },
        execute: ({ phase, confirmed }) =>
          phase === 'waiting' &&
          confirmed.size === participants && {
            state: { phase: 'committed' },
            send: PARTICIPANTS.map((to) => ({ to, type: 'commit' })),
          },
      },
      on: { confirm: ({ confirmed }, _message, { from }) => ({ state: { confirmed: confirmed.add(from) } }) },
    })

    const participant: Role<Participant, Message> = role({
      nodes: PARTICIPANTS,
      init: { phase: 'working' },
      on: {
        prepare: (_self, _message, { from }) => [
          { state: { phase: 'ready' }, send: [{ to: from, type: 'confirm' }] },
          { state: { phase: 'notReady' } },
        ],
        commit: () => [{ state: { phase: 'committed' } }, { state: { phase: 'refused' } }],
      },
    })

    return protocol({
      roles: { coordinator, participant },
      invariants: {
        AC1: ({ coordinator, participant }) => {
          const refused = PARTICIPANTS.find((id) => participant[id].phase === 'refused')
          return (
            refused === undefined ||
            coordinator.c.phase !== 'committed' || { because: `${refused} refuses what the coordinator has executed` }
          )
        },
      },
      sometimes: { committedByAll: ({ participant }) => PARTICIPANTS.every((id) => participant[id].phase === 'committed') },
      alwaysPossible: { AC5: ({ coordinator }) => coordinator.c.phase === 'committed' },
      // Nothing follows where a participant was not ready; `AC5` is about that.
      terminal: true,
    })
  },
  { expected: { violates: 'AC1', steps: 7, violated: { AC5: 2 } } },
)
