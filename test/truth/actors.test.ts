import { describe, expect, test } from 'vitest'
import { check } from '../../src/check/check.js'
import type { Spec } from '../../src/spec/spec.js'
import { abdRegister } from './actors/abd-register.js'
import { crash } from './actors/crash.js'
import { paxosRegister } from './actors/paxos-register.js'
import { pingPong } from './actors/ping-pong.js'
import { singleCopyRegister } from './actors/single-copy-register.js'

/**
 * Counts of actor models, measured with Stateright: [spec, distinct, generated, depth, left]. Stateright does not generate steps that
 * leave a constraint; there are `left` of them: the last ping or, where n1 (2 states) is down and two messages are in flight to n2
 * (6 states), its restart.
 */
type Row = readonly [spec: Spec, distinct: number, generated: number, depth: number, left: number]

const spaces: readonly Row[] = [
  [pingPong, 11, 11, 10, 1],
  [pingPong.with({ network: 'set' }), 11, 11, 10, 1],
  [singleCopyRegister.with({ clients: 2 }), 93, 121, 8, 0],
  [singleCopyRegister.with({ clients: 3 }), 4_243, 6_778, 12, 0],
  [abdRegister.with({ clients: 2, servers: 2 }), 544, 875, 24, 0],
  [paxosRegister.with({ clients: 1 }), 265, 482, 13, 0],
  [paxosRegister.with({ clients: 2 }), 16_668, 32_971, 20, 0],
  [paxosRegister.with({ clients: 3 }), 1_194_428, 2_420_477, 27, 0],
  [crash, 8, 11, 3, 0],
  [crash.with({ crashes: 1 }), 108, 221, 11, 12],
  [crash.with({ crashes: 1, lossy: true }), 108, 293, 11, 12],
]

const title = (spec: Spec) =>
  [spec.name, ...Object.entries(spec.parameters ?? {}).map(([name, value]) => `${name}=${value}`)].join(' ')

describe('the space of a published actor model has the published size', () => {
  test.for(spaces.map((row) => [title(row[0]), ...row] as const))(
    '%s',
    { timeout: 600_000 },
    async ([, spec, distinct, generated, depth, left]) => {
      const { verdict, states } = await check(spec, { minimize: 'steps' })
      expect({ verdict, ...states }).toEqual({ verdict: 'holds', distinct, generated: generated + left, depth, queue: 0 })
    },
  )
})

test('a value is chosen by Paxos in 8 steps, and not in fewer', async () => {
  const { witnesses } = await check(paxosRegister.with({ clients: 2 }))
  expect(witnesses.map((found) => [found.property, found.steps.length])).toEqual([['valueChosen', 8]])
})

test('two servers that do not know of each other let a client read an old value after 4 deliveries', async () => {
  const { counterexamples } = await check(singleCopyRegister.with({ servers: 2 }))
  expect(counterexamples.map((found) => [found.property, found.steps.map(({ action }) => action)])).toEqual([
    ['linearizable', ['deliver', 'deliver', 'deliver', 'deliver']],
  ])
})

test('faults are found in the same states when those with fewer come first', async () => {
  const { states, faults } = await check(crash.with({ crashes: 1, lossy: true }))
  expect(states).toMatchObject({ distinct: 108, generated: 305 })
  expect(faults.explored[0]).toEqual({ faults: 0, states: 8, verdict: 'holds' })
})
