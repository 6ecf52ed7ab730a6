import { expect, test } from 'vitest'
import { check } from '../../src/check/check.js'
import { Protocol } from '../../src/spec/protocol.js'
import type { Spec } from '../../src/spec/spec.js'
import { exploreProtocol } from '../reference/naive-protocol.js'
import { crash, pingPong } from './message-passing.js'
import { singleCopyRegister } from './single-copy-register.js'

/**
 * Counts measured with Stateright: [spec, distinct, generated, depth in steps]. Stateright leaves out of `generated` what lies outside a
 * constraint, which is counted here: so many are added.
 */
const spaces: readonly (readonly [spec: Spec, distinct: number, generated: number, depth: number])[] = [
  [pingPong, 11, 11 + 1, 10],
  [pingPong.with({ network: 'set' }), 11, 11 + 1, 10],
  [crash, 8, 11, 3],
  [crash.with({ crashes: 1 }), 108, 221 + 12, 11],
  [crash.with({ crashes: 1, lossy: true }), 108, 293 + 12, 11],
  [singleCopyRegister.with({ clients: 2 }), 93, 121, 8],
  [singleCopyRegister.with({ clients: 3 }), 4_243, 6_778, 12],
]
const name = ({ name, parameters }: Spec) => `${name} ${JSON.stringify(parameters)}`

test.each(spaces.map((row) => [name(row[0]), ...row] as const))('%s has the published states', async (_, spec, ...published) => {
  const [distinct, generated, depth] = published
  const { states } = await check(spec, { minimize: 'steps' })
  expect(states).toMatchObject({ distinct, generated, depth, queue: 0 })
})

test.each(spaces.map((row) => [name(row[0]), ...row] as const))(
  '%s has them for a naive explorer too',
  (_, spec, ...published) => {
    const [distinct, generated, depth] = published
    if (!(spec.form instanceof Protocol)) throw new Error('not a protocol')
    expect(exploreProtocol(spec.form)).toMatchObject({ distinct, generated, depth })
  },
)
