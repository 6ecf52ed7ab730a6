/**
 * Session guarantees: a primary copies what is written to a follower some time later, and clients read from either; a token
 * that a client takes along tells a follower that it lags behind.
 *
 * Topic: registers
 * Granularity: coarse. One step is a whole write at the primary, a whole read at one of the two, or the follower catching up
 * with the primary.
 * Source: D. B. Terry et al., "Session guarantees for weakly consistent replicated data", 1994.
 * Parameters: `clients`; `operations`, how many each of them has: 697 states.
 * Expected: a client reads what it has written, and nothing older than what it has read. Mutants: without a token the
 * follower answers with what it has (`noToken`); with a token of writes alone (`writesOnly`) a client that has read at the
 * primary may find less at the follower.
 *
 * What a newcomer learns: consistency for one client is much cheaper than for all; `readYourWrites` and `monotonicReads` over
 * a history of what clients saw.
 */
import {
  answeredAtOnce,
  choose,
  emptyHistory,
  ids,
  integer,
  machine,
  monotonicReads,
  readYourWrites,
  recordOf,
  register,
  spec,
} from 'faultline'

const REPLICAS = ['primary', 'follower'] as const

export default spec(
  'read-your-writes',
  { clients: integer(2, { min: 2, max: 3 }), operations: integer(2, { min: 1, max: 3 }) },
  ({ clients, operations }, mutant) => {
    const CLIENTS = ids('c', clients)
    /** Every write has a value of its own: how many writes there were. */
    const model = register(0)
    const ownWritesAreRead = readYourWrites(model)
    const readsNeverGoBack = monotonicReads(model)

    return machine({
      init: {
        value: recordOf(REPLICAS, 0),
        /** The latest value that each client knows of. */
        token: recordOf(CLIENTS, 0),
        left: recordOf(CLIENTS, operations),
        history: emptyHistory(CLIENTS, model),
      },
      actions: {
        write: (s) =>
          choose(CLIENTS, (c) => {
            const value = s.value.primary + 1
            return (
              s.left[c] > 0 && {
                value: { primary: value },
                token: { [c]: value },
                left: { [c]: s.left[c] - 1 },
                history: answeredAtOnce(s.history, c, { type: 'write', value }, 'ok'),
              }
            )
          }),
        read: (s) =>
          choose(CLIENTS, (c) =>
            choose(REPLICAS, (replica) => {
              const value = s.value[replica]
              if (s.left[c] === 0 || (value < s.token[c] && mutant !== 'noToken')) return undefined
              return {
                token: { [c]: mutant === 'writesOnly' ? s.token[c] : value },
                left: { [c]: s.left[c] - 1 },
                history: answeredAtOnce(s.history, c, { type: 'read' }, value),
              }
            }),
          ),
        copy: (s) => s.value.follower < s.value.primary && { value: { follower: s.value.primary } },
      },
      invariants: {
        readYourWrites: (s) => ownWritesAreRead(s.history),
        monotonicReads: (s) => readsNeverGoBack(s.history),
      },
      sometimes: {
        staleRead: (s) => CLIENTS.some((c) => s.value.primary > 0 && s.history[c].completed.last()?.result === 0),
      },
      terminal: (s) => CLIENTS.every((c) => s.left[c] === 0),
    })
  },
  {
    expected: { states: 697, depth: 6 },
    mutants: {
      noToken: { violates: 'readYourWrites', steps: 2 },
      writesOnly: { violates: 'monotonicReads', steps: 3 },
    },
  },
)
