import { check } from 'faultline'
import { expect, test } from 'vitest'
import { abd, singleCopyRegister } from './registers.js'

test.each([
  [singleCopyRegister, 93, 121, 8],
  [singleCopyRegister.with({ clients: 3 }), 4_243, 6_778, 12],
  [abd, 544, 875, 24],
] as const)('a history in the state tells apart what it does in Stateright: %#', async (spec, distinct, generated, depth) => {
  const { verdict, states } = await check(spec)
  expect(verdict).toBe('holds')
  expect(states).toMatchObject({ distinct, generated, depth })
})

test('a register with a copy on each of two servers is not linearizable, which four deliveries show', async () => {
  const { counterexamples } = await check(singleCopyRegister.with({ servers: 2 }))
  expect(counterexamples).toMatchObject([
    { property: 'linearizable', length: 4, because: { because: expect.stringMatching(/^c\d: read → "none" fits nowhere/) } },
  ])
})
