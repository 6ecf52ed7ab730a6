import { test as propertyTest } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { check } from '../../src/check/check.js'
import type { Result } from '../../src/check/result.js'
import { choose } from '../../src/spec/choose.js'
import { machine } from '../../src/spec/machine.js'
import { type Spec, spec } from '../../src/spec/spec.js'
import type { Counterexample } from '../../src/trace/counterexample.js'
import { toJson } from '../../src/values/json.js'
import { explore, type Reference, successors } from '../reference/naive-explorer.js'
import { specOf } from './machine-run.js'
import { machineArbitrary } from './random-machine.js'

const statesMax = 600
/** More of them find more: `FAULTLINE_RUNS=20000 npx vitest run test/property/engine.test.ts`. */
const numRuns = Number(process.env.FAULTLINE_RUNS ?? 1000)
const timeoutMs = Math.max(300_000, numRuns * 400)

/** A random spec, and what its space is; larger spaces are left out. */
function explored(data: Parameters<typeof specOf>[0]): { spec: Spec; reference: Reference } {
  const spec = specOf(data)
  const reference = explore(spec, statesMax)
  // That nothing is within the constraints is an error of its own.
  fc.pre(reference !== undefined && reference.distinct > 0)
  return { spec, reference }
}

const lengths = (found: readonly Counterexample[]) => Object.fromEntries(found.map(({ property, length }) => [property, length]))

/** The part of a result that the reference knows too. */
const figures = ({ states, coverage, properties, verdict }: Result) => ({
  ...states,
  coverage: coverage.actions,
  outside: coverage.constraints,
  verdicts: Object.fromEntries(properties.map((property) => [property.name, property.verdict])),
  verdict,
})

const expectedFigures = (
  { distinct, generated, depth, coverage, outside, verdicts }: Reference,
  properties: readonly string[],
) => ({
  ...{ distinct, generated, depth, coverage, outside, queue: 0 },
  verdicts: Object.fromEntries(properties.map((name) => [name, verdicts[name]])),
  verdict: Object.values(verdicts).every((verdict) => verdict === 'holds') ? 'holds' : 'violated',
})

const lengthsWith = ({ lengths, verdicts }: Reference, isWanted: (name: string, verdict: string) => boolean) =>
  Object.fromEntries(Object.entries(lengths).filter(([name]) => isWanted(name, verdicts[name] ?? '')))

/** The last states of the behaviours of `spec` that look like `trace`: none when it is not a behaviour of the spec. */
function endsOf(spec: Spec, { initial, steps }: Counterexample): readonly unknown[] {
  const { definition } = spec.machine
  const same = (a: unknown, b: unknown) => JSON.stringify(toJson(a)) === JSON.stringify(b)
  const all = Array.isArray(definition.init) ? definition.init : [definition.init]
  return steps.reduce<readonly unknown[]>(
    (states, { action, args }) =>
      states.flatMap((state) =>
        [...successors(definition, state)]
          .filter((step) => step.action === action && same(step.args, args))
          .map((step) => step.state),
      ),
    all.filter((state) => same(state, initial)),
  )
}

describe('the engine finds what a naive explorer finds', () => {
  propertyTest.prop([machineArbitrary], { numRuns })(
    'in the whole space, past every violation',
    async (data) => {
      const { spec, reference } = explored(data)
      const result = await check(spec, { continue: true })
      const checked = result.properties.map(({ name }) => name)
      expect(figures(result)).toEqual(expectedFigures(reference, checked))
      expect(lengths(result.counterexamples)).toEqual(lengthsWith(reference, (_, verdict) => verdict === 'violated'))
      expect(lengths(result.witnesses)).toEqual(
        lengthsWith(reference, (name, verdict) => name.startsWith('sometimes') && verdict === 'holds'),
      )
      for (const trace of [...result.counterexamples, ...result.witnesses]) {
        expect(trace.steps).toHaveLength(trace.length)
        const finals = endsOf(spec, trace).map((state) => JSON.stringify(toJson(state)))
        expect(finals).toContain(JSON.stringify(trace.final))
      }
    },
    timeoutMs,
  )

  propertyTest.prop([machineArbitrary], { numRuns })(
    'up to the first violation',
    async (data) => {
      const { spec, reference } = explored(data)
      const result = await check(spec)
      const violated = lengthsWith(reference, (_, verdict) => verdict === 'violated')
      const [first] = result.counterexamples
      const holding = result.properties.filter(({ verdict }) => verdict === 'holds').map(({ name }) => name)
      expect(Object.keys(violated).filter((name) => holding.includes(name))).toEqual([])
      if (first === undefined) {
        expect(violated).toEqual({})
        expect(figures(result)).toEqual(
          expectedFigures(
            reference,
            result.properties.map(({ name }) => name),
          ),
        )
      } else {
        expect(result.verdict).toBe('violated')
        // Lost goals are found together, where nothing else is violated.
        if (first.kind === 'alwaysPossible') expect(lengths(result.counterexamples)).toEqual(violated)
        else expect(lengths(result.counterexamples)).toEqual({ [first.property]: violated[first.property] })
      }
    },
    timeoutMs,
  )
})

test('a space of few states and very many steps is left out before all of them are taken', () => {
  const thousand = Array.from({ length: 1000 }, (_, value) => value)
  const picking = spec('picking', {}, () =>
    machine({
      init: { n: 0 },
      actions: { pick: () => choose(thousand, () => choose(thousand, () => choose(thousand, () => ({ n: 1 })))) },
    }),
  )
  expect(explore(picking, statesMax)).toBeUndefined()
})

test('most random machines have tens of states, and some of each kind of verdict', () => {
  const references = fc
    .sample(machineArbitrary, { seed: 1, numRuns: 500 })
    .map((data) => explore(specOf(data), statesMax))
    .filter((reference) => reference !== undefined)
  const sizes = references.map(({ distinct }) => distinct).sort((a, b) => a - b)
  expect(references.length).toBeGreaterThan(300)
  expect(sizes[Math.floor(sizes.length / 2)]).toBeGreaterThan(9)
  const share = (verdict: string) =>
    references.filter(({ verdicts }) => Object.values(verdicts).includes(verdict as 'holds')).length / references.length
  expect(Math.min(share('holds'), share('violated'), share('unreached'))).toBeGreaterThan(0.05)
  const isLong = ({ lengths }: Reference) => Object.values(lengths).some((length) => length !== null && length > 2)
  expect(references.filter(isLong).length).toBeGreaterThan(10)
})
