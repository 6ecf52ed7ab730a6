import { choose, ids, integer, machine, recordOf, spec } from 'faultline'
import { Set } from 'immutable'

/**
 * ABD as `specs/abd.ts`, in coarser steps: a replica's handling of a request and the client's receipt of the answer are one, and a client
 * with a quorum of answers goes on in a step of its own. Published lengths of counterexamples count so.
 */
export const abdRoundTrips = spec(
  'abd-round-trips',
  {
    replicas: integer(3, { min: 1, max: 5 }),
    readQuorum: integer(2, { min: 1, max: 5 }),
    writeQuorum: integer(2, { min: 1, max: 5 }),
    writeBack: true,
  },
  ({ replicas, readQuorum, writeQuorum, writeBack }) => {
    const REPLICAS = ids('s', replicas)
    const CLIENTS = ['w', 'r1', 'r2'] as const
    return machine({
      init: {
        copy: recordOf(REPLICAS, 0),
        client: recordOf(CLIENTS, { phase: 'idle' as 'idle' | 'asking' | 'storing' | 'done', value: 0, atLeast: 0 }),
        answers: recordOf(CLIENTS, Set<string>()),
        /** The newest value of all operations that are over. */
        known: 0,
      },
      actions: {
        begin: (s) =>
          choose(CLIENTS, (c) => {
            if (s.client[c].phase !== 'idle') return undefined
            const value = c === 'w' ? 1 : 0
            return { client: { [c]: { phase: c === 'w' ? 'storing' : 'asking', value, atLeast: s.known } } }
          }),
        ask: (s) =>
          choose(CLIENTS, (c) =>
            choose(REPLICAS, (r) => {
              const { phase, value } = s.client[c]
              if ((phase !== 'asking' && phase !== 'storing') || s.answers[c].has(r)) return undefined
              const newest = Math.max(value, s.copy[r])
              const answers = { [c]: s.answers[c].add(r) }
              return phase === 'storing' ? { answers, copy: { [r]: newest } } : { answers, client: { [c]: { value: newest } } }
            }),
          ),
        goOn: (s) =>
          choose(CLIENTS, (c) => {
            const { phase, value } = s.client[c]
            const answers = { [c]: Set<string>() }
            if (phase === 'asking' && writeBack)
              return s.answers[c].size >= readQuorum && { answers, client: { [c]: { phase: 'storing' } } }
            const quorum = phase === 'asking' ? readQuorum : writeQuorum
            return (
              phase !== 'done' &&
              s.answers[c].size >= quorum && { answers, known: Math.max(value, s.known), client: { [c]: { phase: 'done' } } }
            )
          }),
      },
      invariants: {
        atomic: (s) => CLIENTS.every((c) => s.client[c].phase !== 'done' || s.client[c].value >= s.client[c].atLeast),
      },
      terminal: (s) => CLIENTS.every((c) => s.client[c].phase === 'done'),
    })
  },
)
