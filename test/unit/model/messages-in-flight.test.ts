import { expect, test } from 'vitest'
import { check } from '../../../src/check/check.js'
import { protocol } from '../../../src/spec/protocol.js'
import type { Role } from '../../../src/spec/protocol-role.js'
import { spec } from '../../../src/spec/spec.js'

interface Sender {
  readonly sent: number
}

/** One node sends numbered messages, which nobody takes: both their number and the size of their ids grow during the search. */
const pileUp = spec('pile-up', { messages: 100, copies: 1 }, ({ messages, copies }) => {
  const sender: Role<Sender, { readonly type: 'item'; readonly number: number }> = {
    nodes: ['sender'],
    init: { sent: 0 },
    operations: {
      send: ({ sent }) =>
        sent < messages && {
          state: { sent: sent + 1 },
          send: Array.from({ length: copies }, () => ({ to: 'sender', type: 'item', number: sent })),
        },
    },
    on: { item: () => undefined },
  }
  return protocol({
    roles: { sender },
    invariants: { nothingIsLost: (world) => world.messages.length === copies * (world.sender.sender?.sent ?? 0) },
    terminal: true,
  })
})

test.each([1, 2, 3, 7])(
  'no message is lost while more, and more different ones, come to be in flight: %i at a time',
  async (copies) => {
    const { verdict, states, counterexamples } = await check(pileUp.with({ copies }))
    expect(counterexamples.map(({ length }) => length)).toEqual([])
    expect({ verdict, distinct: states.distinct }).toEqual({ verdict: 'holds', distinct: 101 })
  },
)
