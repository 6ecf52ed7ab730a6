import { test as propertyTest } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { check } from '../../src/check/check.js'
import type { Result } from '../../src/check/result.js'
import type { Spec } from '../../src/spec/spec.js'
import type { Counterexample } from '../../src/trace/counterexample.js'
import { exploreProtocol, type ProtocolReference } from '../reference/naive-protocol.js'
import { type ProtocolData, protocolArbitrary, protocolOf, protocolSpecOf } from './random-protocol.js'

const statesMax = 200
/** More of them find more: `FAULTLINE_RUNS=5000 npx vitest run test/property/protocol-engine.test.ts`. */
const numRuns = Number(process.env.FAULTLINE_RUNS ?? 400)
const timeoutMs = Math.max(240_000, numRuns * 400)

/** A random protocol, and what its space is; larger spaces are left out. */
function explored(data: ProtocolData): { spec: Spec; reference: ProtocolReference } {
  const reference = exploreProtocol(protocolOf(data), statesMax)
  // A protocol whose nodes cannot start has no states.
  fc.pre(reference !== undefined && reference.distinct > 0)
  return { spec: protocolSpecOf(data), reference }
}

const found = <T>(traces: readonly Counterexample[], distance: (trace: Counterexample) => T) =>
  Object.fromEntries(traces.map((trace) => [trace.property, distance(trace)]))
const present = <T>(distances: { readonly [name: string]: T | null }) =>
  Object.fromEntries(Object.entries(distances).filter(([, distance]) => distance !== null))

/** Where they are known, the least budgets that break each property, goals aside. */
function expectBreaks(breaks: Result['faults']['breaks'], { breaks: expected }: ProtocolReference): void {
  if (breaks === null) return
  const found: { [property: string]: string[] } = {}
  for (const { property, spent } of breaks) {
    const text = Object.entries(spent).map(([kind, count]) => `${kind}=${count}`)
    found[property] = [...(found[property] ?? []), text.sort().join(', ')].sort()
  }
  expect(found).toMatchObject(expected)
}

describe('the engine finds of a protocol what a naive explorer of its definition finds', () => {
  propertyTest.prop([protocolArbitrary], { numRuns })(
    'all states, and counterexamples with the fewest steps, and with the fewest faults',
    async (data) => {
      const { spec, reference } = explored(data)
      const { distinct, generated, depth, lengths, fewestFaults } = reference
      const plain = await check(spec, { continue: true, minimize: 'steps' })
      expect(plain.states).toEqual({ distinct, generated, depth, queue: 0 })
      expect(found([...plain.counterexamples, ...plain.witnesses], ({ length }) => length)).toEqual(present(lengths))
      const { states, counterexamples, witnesses, faults } = await check(spec, { continue: true })
      expect(states).toMatchObject({ distinct, generated, queue: 0 })
      expect(found([...counterexamples, ...witnesses], ({ faults, length }) => ({ faults, steps: length }))).toEqual(
        present(fewestFaults),
      )
      expectBreaks(plain.faults.breaks, reference)
      expectBreaks(faults.breaks, reference)
    },
    timeoutMs,
  )
})

test('random protocols have up to hundreds of states, and violations that need faults', () => {
  const references = fc
    .sample(protocolArbitrary, { seed: 1, numRuns: 120 })
    .map((data) => exploreProtocol(protocolOf(data), statesMax))
    .filter((reference) => reference !== undefined)
  const sizes = references.map(({ distinct }) => distinct).sort((a, b) => a - b)
  const needFaults = references.filter(({ fewestFaults }) => Object.values(fewestFaults).some((at) => (at?.faults ?? 0) > 0))
  const differ = references.filter(({ lengths, fewestFaults }) =>
    Object.entries(lengths).some(([name, length]) => length !== (fewestFaults[name]?.steps ?? null)),
  )
  expect(references.length).toBeGreaterThan(25)
  expect(sizes[Math.floor(sizes.length / 2)]).toBeGreaterThan(4)
  expect(sizes[Math.floor((3 * sizes.length) / 4)]).toBeGreaterThan(20)
  expect(needFaults.length).toBeGreaterThan(5)
  expect(differ.length).toBeGreaterThan(0)
})
