import { test as propertyTest } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect } from 'vitest'
import { check } from '../../src/check/check.js'
import { exploreProtocol } from '../reference/naive-protocol.js'
import { protocolArbitrary, protocolOf, protocolSpecOf } from './random-protocol.js'

const statesMax = 200
/** More of them find more: `FAULTLINE_RUNS=5000 npx vitest run test/property/few-faults.test.ts`. */
const numRuns = Number(process.env.FAULTLINE_RUNS ?? 200)
const timeoutMs = Math.max(240_000, numRuns * 400)

describe('a check that ends at its first violation', () => {
  propertyTest.prop([protocolArbitrary], { numRuns })(
    'says only of so many faults that all holds with which nothing is violated, and no goal lost',
    async (data) => {
      const reference = exploreProtocol(protocolOf(data), statesMax)
      fc.pre(reference !== undefined && reference.distinct > 0)
      const { faults, properties } = await check(protocolSpecOf(data))
      const falsifiable = properties.filter(({ kind }) => kind !== 'sometimes').map(({ name }) => name)
      const failing = falsifiable.map((name) => reference.fewestFaults[name]?.faults ?? Number.POSITIVE_INFINITY)
      for (const layer of faults.explored) {
        if (layer.verdict === 'holds') expect(Math.min(...failing)).toBeGreaterThan(layer.faults)
        if (layer.verdict === 'violated') expect(Math.min(...failing)).toBeLessThanOrEqual(layer.faults)
      }
    },
    timeoutMs,
  )
})
