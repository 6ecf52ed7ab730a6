import { protocol, type Role, spec } from 'faultline'

interface Counter {
  readonly count: number
}

/** Two nodes that count a message and timeouts, and crash and start again without end; at most `crashes` are down at once. */
export const crash = spec('crash', { crashes: 0, lossy: false }, ({ crashes, lossy }) => {
  const counter: Role<Counter, { readonly type: 'hello' }> = {
    nodes: ['n1', 'n2'],
    init: { count: 0 },
    // In Stateright a node that is down shows what it had; it is gone when the node starts again.
    durable: ['count'],
    armed: ['timer'],
    start: (_, { id }) => ({ state: { count: 0 }, send: id === 'n1' ? [{ to: 'n2', type: 'hello' }] : [] }),
    on: { hello: ({ count }) => count < 2 && { state: { count: count + 1 } } },
    timers: { timer: ({ count }) => ({ state: { count: count + 10 } }) },
  }
  return protocol({
    roles: { counter },
    faults: { ...(crashes > 0 ? { crash: { atOnce: crashes }, restart: true } : {}), ...(lossy ? { drop: true } : {}) },
    constraints: { fewMessages: ({ messages }) => messages.length <= 2 },
    terminal: true,
  })
})
