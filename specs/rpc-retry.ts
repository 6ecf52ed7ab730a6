/**
 * A remote procedure call that is retried: how often does the server run it?
 *
 * Topic: delivery
 * Granularity: one step delivers a message, lets the client call, retry or give up, or is a fault. A server that
 * crashes starts again in the same step.
 * Source: A. D. Birrell and B. J. Nelson, "Implementing remote procedure calls", 1984; B. W. Lampson, "Reliable messages and
 * connection establishment", 1993.
 * Parameters: `retries`, how often the client sends the request again before it gives up: 102 states for 1, 170 for 2.
 * Faults: a message is lost, a message is duplicated, the server restarts; each once.
 * Expected: all hold. Mutants: without retries a lost message is lost for good; a server without a table of
 * the requests that it ran runs a retried one twice; so does one whose table is lost at a restart.
 *
 * What a newcomer learns: durable fields. "Exactly once" is retrying, and a table that survives crashes and is written
 * together with the effect.
 */
import { integer, protocol, type Role, role, spec } from 'faultline'

type Message = { readonly type: 'request' } | { readonly type: 'reply' }

interface Client {
  readonly phase: 'idle' | 'waiting' | 'answered' | 'gaveUp'
  readonly retries: number
}

interface Server {
  /** How often the call took effect. */
  readonly applied: number
  /** The table of requests that were run; there is only one request. */
  readonly known: boolean
}

export default spec(
  'rpc-retry',
  { retries: integer(1, { min: 0, max: 4 }) },
  ({ retries }, mutant) => {
    const client: Role<Client, Message> = role({
      nodes: ['c1'],
      init: { phase: 'idle', retries: 0 },
      operations: {
        call: (self) =>
          self.phase === 'idle' && {
            state: { phase: 'waiting' },
            send: [{ to: 's1', type: 'request' }],
            arm: mutant === 'noRetry' ? [] : ['patience'],
          },
      },
      timers: {
        patience: (self) =>
          self.retries < retries
            ? { state: { retries: self.retries + 1 }, send: [{ to: 's1', type: 'request' }], arm: ['patience'] }
            : { state: { phase: 'gaveUp' } },
      },
      on: {
        reply: (self) => self.phase === 'waiting' && { state: { phase: 'answered' }, disarm: ['patience'] },
      },
    })

    const server: Role<Server, Message> = role({
      nodes: ['s1'],
      init: { applied: 0, known: false },
      durable: mutant === 'volatileDedupe' ? ['applied'] : ['applied', 'known'],
      on: {
        request: (self) => {
          const runAgain = !self.known || mutant === 'noDedupe'
          return { state: { applied: self.applied + Number(runAgain), known: true }, send: [{ to: 'c1', type: 'reply' }] }
        },
      },
    })

    return protocol({
      roles: { client, server },
      faults: { drop: 1, duplicate: 1, restart: { server: 1 } },
      invariants: {
        atMostOnce: (world) => world.server.s1.applied <= 1,
        answeredImpliesApplied: (world) => world.client.c1.phase !== 'answered' || world.server.s1.applied >= 1,
      },
      sometimes: {
        answered: (world) => world.client.c1.phase === 'answered',
        gaveUpAlthoughApplied: (world) => world.client.c1.phase === 'gaveUp' && world.server.s1.applied === 1,
      },
      alwaysPossible: { atLeastOnce: (world) => world.server.s1.applied >= 1 },
      terminal: (world) => world.client.c1.phase === 'answered' || world.client.c1.phase === 'gaveUp',
    })
  },
  {
    expected: { states: 102, depth: 7 },
    mutants: {
      noRetry: { violates: 'atLeastOnce', steps: 2 },
      noDedupe: { violates: 'atMostOnce', steps: 4 },
      volatileDedupe: { violates: 'atMostOnce', steps: 5 },
    },
  },
)
