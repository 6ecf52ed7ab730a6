import { expect, it } from 'vitest'
import { check } from '../../../src/check/check.js'
import { choose } from '../../../src/spec/choose.js'
import { machine } from '../../../src/spec/machine.js'
import { spec } from '../../../src/spec/spec.js'
import { explore } from '../../reference/naive-explorer.js'

const states = 3000

/** Where a step leads: every state has its own, so that nothing is learned and the functions are soon called directly. */
const after = (n: number, [factor, way]: readonly unknown[]) => (n * Number(factor) + (way === 'x' ? 1 : 7)) % states

const wandering = spec('wandering', {}, () =>
  machine({
    init: { n: 0 },
    actions: {
      step: ({ n }) =>
        choose([1, 2 + (n % 3)], (factor) =>
          choose(n % 2 === 0 ? ['x', 'y'] : ['y', 'x'], (way) => ({ n: after(n, [factor, way]) })),
        ),
    },
    transitions: { stepsAsChosen: (before, { n }, { args }) => n === after(before.n, args) },
  }),
)

it('choices that are run in every state, over elements that change from state to state, lead where the naive search goes', async () => {
  const reference = explore(wandering, states + 1)
  const result = await check(wandering)
  expect(result.verdict).toBe('holds')
  expect(result.states).toMatchObject({
    distinct: reference?.distinct,
    generated: reference?.generated,
    depth: reference?.depth,
  })
})
