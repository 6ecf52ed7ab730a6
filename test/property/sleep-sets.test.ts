import { test as propertyTest } from '@fast-check/vitest'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Search } from '../../src/explore/search.js'
import { compile } from '../../src/model/model.js'
import { NotASetOfElements } from '../../src/model/state-vector.js'
import { Machine } from '../../src/spec/machine.js'
import { type Spec, spec } from '../../src/spec/spec.js'
import { toJson } from '../../src/values/json.js'
import { specOf } from './machine-run.js'
import { machineArbitrary } from './random-machine.js'
import { protocolArbitrary, protocolSpecOf } from './random-protocol.js'

const statesMax = 600
/** More of them find more: `FAULTLINE_RUNS=20000 npx vitest run test/property/sleep-sets.test.ts`. */
const numRuns = Number(process.env.FAULTLINE_RUNS ?? 150)
const timeoutMs = Math.max(240_000, numRuns * 400)

interface Options {
  readonly leavesOut: boolean
  readonly fewestFaultsFirst: boolean
}

function searched(of: Spec, { leavesOut, fewestFaultsFirst }: Options): { search: Search; states: readonly string[] } {
  const kept = new Set<number>()
  for (;;) {
    try {
      const model = compile(of, kept)
      const search = new Search(model, {
        ...{ endsAt: () => false, maxStates: statesMax, maxDepth: Number.POSITIVE_INFINITY },
        ...{ leavesOut, fewestFaultsFirst },
      })
      search.start()
      while (search.advance(1000));
      const states = Array.from({ length: search.store.count }, (_, index) => {
        search.store.load(index, model.vector.frames)
        return JSON.stringify(toJson(model.vector.decode(0)))
      })
      return { search, states }
    } catch (error) {
      if (!(error instanceof NotASetOfElements)) throw error
      kept.add(error.slot)
    }
  }
}

/** Expects all that is found to be the same where steps and evaluations are left out and where they are not; returns how many steps were left out. */
function expectSame(of: Spec, fewestFaultsFirst: boolean): number {
  const plain = searched(of, { leavesOut: false, fewestFaultsFirst })
  const sparing = searched(of, { leavesOut: true, fewestFaultsFirst })
  const { distinct, generated, depth, end, schedule } = plain.search
  expect(sparing.search).toMatchObject({ distinct, generated, depth, end })
  expect(sparing.search.schedule.layers).toEqual(schedule.layers)
  // In the same order, and found from the same: so counterexamples are the same too.
  expect(sparing.states).toEqual(plain.states)
  const parents = ({ search, states }: typeof plain) => states.map((_, index) => search.store.parentOf(index))
  expect(parents(sparing)).toEqual(parents(plain))
  expect([...sparing.search.watch.violations]).toEqual([...plain.search.watch.violations])
  expect([...sparing.search.watch.witnesses]).toEqual([...plain.search.watch.witnesses])
  expect(plain.search.leftOut).toBe(0)
  return sparing.search.leftOut
}

/** The machine without what makes every step to be taken. */
function freed(of: Spec): Spec {
  const definition = { ...of.machine.definition, transitions: {}, constraints: {} }
  return spec('freed', {}, () => new Machine(definition, undefined))
}

propertyTest.prop([machineArbitrary], { numRuns })(
  'of a random machine the same is found, with steps and evaluations left out and without',
  (data) => {
    expectSame(freed(specOf(data)), true)
  },
  timeoutMs,
)

propertyTest.prop([protocolArbitrary, fc.boolean()], { numRuns })(
  'of a random protocol the same is found, with steps and evaluations left out and without',
  (data, fewestFaultsFirst) => {
    expectSame(protocolSpecOf({ ...data, isPlain: true, timeouts: 'any' }), fewestFaultsFirst)
  },
  timeoutMs,
)

test('steps are left out of random machines and protocols', () => {
  const machines = fc.sample(machineArbitrary, { seed: 1, numRuns: 60 }).map((data) => expectSame(freed(specOf(data)), true))
  const protocols = fc
    .sample(protocolArbitrary, { seed: 1, numRuns: 60 })
    .map((data) => expectSame(protocolSpecOf({ ...data, isPlain: true, timeouts: 'any' }), true))
  for (const skipped of [machines, protocols]) expect(skipped.filter((steps) => steps > 0).length).toBeGreaterThan(15)
})
