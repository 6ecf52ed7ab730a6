import { expect, it } from 'vitest'
import { check } from '../../../src/check/check.js'
import { protocol } from '../../../src/spec/protocol.js'
import { role } from '../../../src/spec/role.js'
import { spec } from '../../../src/spec/spec.js'

type Message = { readonly type: 'ping' }

/** A node that counts, and another that sends it a message once, which it ignores. */
const counting = spec('counting', { limit: 300 }, ({ limit }) =>
  protocol({
    roles: {
      counter: role<{ readonly count: number; readonly open: boolean }, Message>({
        nodes: ['c'],
        init: { count: 0, open: false },
        operations: { add: ({ count }) => count < limit && { state: { count: count + 1 } } },
        on: { ping: ({ open }) => open && {} },
      }),
      sender: role<{ readonly sent: boolean }, Message>({
        nodes: ['s'],
        init: { sent: false },
        operations: { send: ({ sent }) => !sent && { state: { sent: true }, send: [{ to: 'c', type: 'ping' }] } },
      }),
    },
    terminal: true,
  }),
)

it('a handler is not run again where its node differs only in fields that it does not read', async () => {
  const few = await check(counting.with({ limit: 3 }))
  const many = await check(counting)
  expect(many.states.distinct).toBe(602)
  // `add` reads the count, so it is run for each; the sending and the delivery do not, and are not.
  expect(many.engine.functionRuns - few.engine.functionRuns).toBeLessThan(1.2 * 297)
})

it('a node may be changed by no assignment, and the error names the field as users know it', async () => {
  const assigning = spec('assigning', {}, () =>
    protocol({
      roles: {
        node: {
          nodes: ['n'],
          init: { deep: { count: 0 } },
          operations: {
            go: (self: { deep: { count: number } }) => {
              self.deep.count = 1
              return {}
            },
          },
        },
      },
    }),
  )
  await expect(check(assigning)).rejects.toThrow(/assigned to 'n\.deep\.count' of the state/)
})
