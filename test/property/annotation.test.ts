import { test as propertyTest } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { check } from '../../src/check/check.js'
import type { Spec } from '../../src/spec/spec.js'
import { SpecError } from '../../src/spec/spec-error.js'
import { annotate } from '../../src/trace/annotate.js'
import type { AnnotatedBehaviour } from '../../src/trace/annotation.js'
import { explore } from '../../src/trace/explore.js'
import { behaviourFor, decidedAt, follow } from '../../src/trace/follow.js'
import type { Trace } from '../../src/trace/walk.js'
import { toJson } from '../../src/values/json.js'
import { specOf } from './machine-run.js'
import { machineArbitrary } from './random-machine.js'
import { protocolArbitrary, protocolSpecOf } from './random-protocol.js'

/** More of them find more: `FAULTLINE_RUNS=5000 npx vitest run test/property/annotation.test.ts`. */
const numRuns = Number(process.env.FAULTLINE_RUNS ?? 150)
const timeoutMs = Math.max(300_000, numRuns * 400)
const statesMax = 2000

type Steps = Trace['steps']

const specArbitrary = fc.oneof(
  machineArbitrary.map((data) => ({ kind: 'machine' as const, data })),
  protocolArbitrary.map((data) => ({ kind: 'protocol' as const, data })),
)
const choices = fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 12 })

function written({ kind, data }: typeof specArbitrary extends fc.Arbitrary<infer T> ? T : never): Spec {
  return kind === 'machine' ? specOf(data) : protocolSpecOf(data)
}

/** A spec that nobody can begin, or whose constraints leave nothing, has no behaviours to look at. */
const hasNoStates = (error: unknown) =>
  error instanceof SpecError && /cannot start$|every initial state is outside/.test(error.message)

function initialOf(spec: Spec) {
  try {
    return explore(spec)
  } catch (error) {
    fc.pre(!hasNoStates(error))
    throw error
  }
}

/** The steps of a random walk: each number picks one of the steps that are enabled. */
function walked(spec: Spec, picks: readonly number[]): Steps {
  const { initial, enabled } = initialOf(spec)
  let [state] = initial
  const steps: Steps[number][] = []
  for (const pick of picks) {
    const possible = enabled(state)
    const step = possible[pick % possible.length]
    if (step === undefined) break
    steps.push({ action: step.action, args: step.args.map(toJson), outcome: step.outcome })
    state = step.state
  }
  return steps
}

/** Every property that a walk decides, with what is known about the walk up to there. */
function annotatedWalks(spec: Spec, picks: readonly number[]): readonly AnnotatedBehaviour[] {
  const followed = follow(spec, { steps: walked(spec, picks) })
  return followed.properties.flatMap(({ name }) => {
    const behaviour = behaviourFor(followed, name)
    return behaviour === undefined ? [] : [annotate(spec, behaviour)]
  })
}

const sameStep = (a: Steps[number], b: Steps[number]) =>
  a.action === b.action && JSON.stringify(a.args) === JSON.stringify(b.args) && (a.outcome ?? 0) === (b.outcome ?? 0)

/** The steps that are enabled when they are due; the others are left out. */
function possible(spec: Spec, steps: Steps): Steps {
  const { initial, enabled } = explore(spec)
  let [state] = initial
  return steps.filter((wanted) => {
    const step = enabled(state).find(({ action, args, outcome }) => sameStep({ action, args: args.map(toJson), outcome }, wanted))
    if (step !== undefined) state = step.state
    return step !== undefined
  })
}

function isDecided(spec: Spec, steps: Steps, property: string): boolean {
  const found = follow(spec, { steps }).properties.find(({ name }) => name === property)
  return found !== undefined && decidedAt(found) !== undefined
}

describe('of any behaviour', () => {
  propertyTest.prop([specArbitrary, choices], { numRuns })(
    'causes come before, and the steps in the past of the violation are a behaviour that violates',
    (data, picks) => {
      const spec = written(data)
      for (const { property, steps, stepNotes } of annotatedWalks(spec, picks)) {
        stepNotes.forEach(({ causes, inPast }, at) => {
          expect(causes.every((cause) => cause >= 1 && cause <= at)).toBe(true)
          // What something in the past needed is in the past.
          if (inPast) expect(causes.every((cause) => stepNotes[cause - 1]?.inPast)).toBe(true)
        })
        const past = steps.filter((_, at) => stepNotes[at]?.inPast)
        expect(isDecided(spec, past, property)).toBe(true)
      }
    },
    timeoutMs,
  )

  propertyTest.prop([specArbitrary, choices], { numRuns })(
    'the violation is still there without a step that is not essential',
    (data, picks) => {
      const spec = written(data)
      for (const { property, steps, stepNotes } of annotatedWalks(spec, picks))
        stepNotes.forEach(({ essential }, at) => {
          if (essential !== false) return
          const others = possible(spec, [...steps.slice(0, at), ...steps.slice(at + 1)])
          expect(isDecided(spec, others, property)).toBe(true)
        })
    },
    timeoutMs,
  )

  propertyTest.prop([specArbitrary, choices], { numRuns })(
    'every message is sent before it ends, and is in flight where nothing took it',
    (data, picks) => {
      for (const { messages, length } of annotatedWalks(written(data), picks))
        messages.forEach(({ id, of, sentAt, ends, inFlight }, at) => {
          expect(id).toBe(at)
          expect(of === null || of < id).toBe(true)
          expect(ends.every((end) => end.at > sentAt && end.at <= length)).toBe(true)
          const [last] = ends.slice(-1)
          expect(inFlight || last !== undefined).toBe(true)
          if (inFlight) expect(ends.every(({ how }) => how === 'delivered')).toBe(true)
        })
    },
    timeoutMs,
  )
})

propertyTest.prop([specArbitrary], { numRuns })(
  'every step of a shortest counterexample or witness is essential',
  async (data) => {
    const spec = written(data)
    const { counterexamples, witnesses } = await check(spec, { continue: true, maxStates: statesMax }).catch((error) => {
      fc.pre(!hasNoStates(error))
      throw error
    })
    for (const behaviour of [...counterexamples, ...witnesses])
      for (const { essential } of annotate(spec, behaviour).stepNotes)
        expect(essential).toBe(behaviour.kind === 'alwaysPossible' ? null : true)
  },
  timeoutMs,
)

test('random walks have messages, steps outside the past of a violation, and steps that are not essential', () => {
  const behaviours = fc.sample(fc.tuple(specArbitrary, choices), { seed: 1, numRuns: 250 }).flatMap(([data, picks]) => {
    try {
      return annotatedWalks(written(data), picks)
    } catch {
      // Nobody can begin.
      return []
    }
  })
  const having = (isWanted: (behaviour: AnnotatedBehaviour) => boolean) => behaviours.filter(isWanted).length
  expect(having(({ messages }) => messages.some(({ ends }) => ends.length > 0))).toBeGreaterThan(20)
  expect(having(({ stepNotes }) => stepNotes.some(({ inPast }) => !inPast))).toBeGreaterThan(20)
  expect(having(({ stepNotes }) => stepNotes.some(({ essential, inPast }) => essential === false && inPast))).toBeGreaterThan(20)
  expect(having(({ stepNotes }) => stepNotes.some(({ causes }) => causes.length > 1))).toBeGreaterThan(5)
})
