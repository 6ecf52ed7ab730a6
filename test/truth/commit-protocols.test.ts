import { describe, expect, test } from 'vitest'
import paxosMachine from '../../specs/paxos.js'
import paxos from '../../specs/paxos-nodes.js'
import threePhaseCommit from '../../specs/three-phase-commit.js'
import twoPhaseCommit from '../../specs/two-phase-commit-faults.js'
import { check } from '../../src/check/check.js'
import type { CheckOptions } from '../../src/check/result.js'
import { choose } from '../../src/spec/choose.js'
import { Machine } from '../../src/spec/machine.js'
import { Protocol } from '../../src/spec/protocol.js'
import { type Spec, spec } from '../../src/spec/spec.js'
import { exploreProtocol } from '../reference/naive-protocol.js'

const shipped: readonly Spec[] = [twoPhaseCommit, threePhaseCommit, paxos]
const title = (spec: Spec) => `${spec.name} ${spec.mutantName ?? ''} ${JSON.stringify(spec.parameters)}`

/** The shortest counterexamples, whatever faults they take, as `[property, steps]`. */
const shortest = async (spec: Spec, options: CheckOptions = {}) => {
  const { counterexamples } = await check(spec, { minimize: 'steps', ...options })
  return counterexamples.map((found) => [found.property, found.steps.length])
}

describe('a check answers what the specs of commit protocols and their mutants declare', () => {
  const variants = shipped.flatMap((spec) => [spec, ...Object.values(spec.mutants)])
  test.for(variants.map((spec) => [title(spec), spec] as const))('%s', async ([, spec]) => {
    const { expected } = spec
    if (expected === undefined) throw new Error('no expectation is declared')
    const { violates, steps, states, depth } = expected
    expect(await shortest(spec)).toEqual(violates === undefined ? [] : [[violates, steps]])
    if (states === undefined) return
    const result = await check(spec)
    expect({ verdict: result.verdict, distinct: result.states.distinct, depth: result.states.depth }).toEqual({
      verdict: 'holds',
      distinct: states,
      depth,
    })
  })
})

describe('a spec that holds exercises everything that it writes', () => {
  const holding = [twoPhaseCommit, threePhaseCommit.with({ timing: 'synchronous', unacknowledged: 'commit' }), paxos]
  test.for(holding.map((spec) => [title(spec), spec] as const))('%s', async ([, spec]) => {
    const { coverage } = await check(spec)
    expect(coverage.neverFired).toEqual([])
    const idle = Object.entries(coverage.parts).filter(([, part]) => part !== 'fired' && part !== 'received')
    expect(idle).toEqual([])
  })
})

describe('a naive explorer finds the same states and the same lengths', () => {
  const spaces = [
    twoPhaseCommit,
    twoPhaseCommit.mutants.noRecovery,
    twoPhaseCommit.mutants.cooperative,
    twoPhaseCommit.mutants.lostDecision,
    twoPhaseCommit.mutants.voteNotDurable,
    threePhaseCommit,
    threePhaseCommit.with({ timing: 'synchronous' }),
    threePhaseCommit.with({ timing: 'synchronous', unacknowledged: 'commit' }),
    paxos.with({ crashes: 0 }),
  ]
  test.for(spaces.map((spec) => [title(spec), spec] as const))('%s', async ([, spec]) => {
    if (!(spec.form instanceof Protocol)) throw new Error('not a protocol')
    const { lengths = {}, ...space } = exploreProtocol(spec.form) ?? {}
    const { states, counterexamples, witnesses } = await check(spec, { minimize: 'steps', continue: true })
    expect(space).toMatchObject({ distinct: states.distinct, generated: states.generated, depth: states.depth })
    const found = [...counterexamples, ...witnesses].map(({ property, length }) => [property, length])
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(Object.entries(lengths).filter(([, steps]) => steps !== null)))
  })
})

describe('two-phase commit', () => {
  test('with one participant the shortest counterexamples have the published lengths', async () => {
    const single = twoPhaseCommit.with({ participants: 1 })
    expect(await shortest(single.mutant('lostDecision'))).toEqual([['AC1', 7]])
    expect(await shortest(single.mutant('redecide'))).toEqual([['AC1', 5]])
  })

  test('holds with two crashes and a lost message', async () => {
    const { verdict, faults } = await check(twoPhaseCommit, { faults: { crash: 2, drop: 1 } })
    expect(verdict).toBe('holds')
    expect(faults.explored.map(({ verdict }) => verdict)).toEqual(Array(6).fill('holds'))
  })

  test.for(['lostDecision', 'voteNotDurable'] as const)('%s does no harm without a crash and a restart', async (mutant) => {
    const { counterexamples, faults } = await check(twoPhaseCommit.mutant(mutant), { continue: true })
    expect(counterexamples[0]?.steps.flatMap(({ fault }) => fault ?? [])).toEqual(['crash', 'restart'])
    expect(faults.explored.map(({ verdict }) => verdict)).toEqual(['holds', 'holds', 'violated'])
  })

  test('participants who ask each other are blocked only when all have voted yes', async () => {
    const lost = async (spec: Spec) => (await check(spec, { minimize: 'steps' })).counterexamples.map(({ final }) => final)
    const yes = { log: 'yes' }
    expect(await lost(twoPhaseCommit.mutants.noRecovery)).toMatchObject([{ p1: yes, p2: { log: 'empty' } }])
    expect(await lost(twoPhaseCommit.mutants.cooperative)).toMatchObject([{ p1: yes, p2: yes }])
  })
})

describe('three-phase commit', () => {
  test('disagrees without any fault', async () => {
    const { verdict, counterexamples } = await check(threePhaseCommit)
    expect(verdict).toBe('violated')
    expect(counterexamples.map(({ property, length, faults }) => [property, length, faults])).toEqual([['AC1', 9, 0]])
  })

  test('disagrees a step sooner when the coordinator commits where an acknowledgement is missing', async () => {
    expect(await shortest(threePhaseCommit.with({ unacknowledged: 'commit' }))).toEqual([['AC1', 8]])
  })

  test.for([2, 3])(
    'holds in a synchronous network with any crash of %i participants or their coordinator',
    async (participants) => {
      const synchronous = threePhaseCommit.with({ participants, timing: 'synchronous', unacknowledged: 'commit' })
      expect((await check(synchronous)).verdict).toBe('holds')
      expect((await check(synchronous, { faults: { drop: 1 } })).verdict).toBe('violated')
      expect((await check(synchronous.with({ unacknowledged: 'abort' }))).verdict).toBe('violated')
    },
  )
})

interface AcceptorStates {
  readonly promised: { readonly [acceptor: string]: number }
  readonly vote: { readonly [acceptor: string]: unknown }
  readonly restarted: boolean
}

/** Paxos without nodes, where one acceptor, once, crashes and starts again in one step. */
const restarting = (forgets: 'promise' | 'everything') => {
  const { init, actions, invariants = {} } = paxosMachine.machine.definition
  const restart = (state: unknown) => {
    const { promised, restarted } = state as AcceptorStates
    const forgotten = (a: string) => ({ promised: { [a]: -1 }, ...(forgets === 'everything' && { vote: { [a]: 'none' } }) })
    return !restarted && choose(Object.keys(promised), (a) => ({ restarted: true, ...forgotten(a) }))
  }
  return spec('paxos-restarting', {}, () => {
    const states = { ...(init as AcceptorStates), restarted: false }
    return new Machine({ init: states, actions: { ...actions, restart }, invariants, terminal: true }, undefined)
  })
}

describe('paxos', () => {
  test.for(['promise', 'everything'] as const)('an acceptor that forgets its %s does harm as soon as published', async (what) => {
    expect(await shortest(restarting(what))).toEqual([['agreement', 13]])
  })

  test.for(['forgetsPromise', 'forgetsEverything'] as const)(
    '%s: between nodes a crash and a restart are two steps besides',
    async (name) => {
      const nodes = paxos.mutant(name)
      expect(await shortest(nodes)).toEqual([['agreement', 13 + nodes.parameters.proposers + 1]])
    },
  )

  test.for(['ignoreReports', 'acceptBelowPromise', 'promiseNotKept', 'halfIsAQuorum', 'adoptLowest'] as const)(
    '%s: between nodes every ballot takes one step more',
    async (name) => {
      const [machine, nodes] = [paxosMachine.mutant(name), paxos.mutant(name)]
      const [[, steps] = []] = await shortest(machine)
      expect(await shortest(nodes)).toEqual([['agreement', Number(steps) + nodes.parameters.proposers]])
    },
  )

  test('sharedBallot: between nodes each proposer also asks for itself, and is promised by two', async () => {
    const [machine, nodes] = [paxosMachine.mutant('sharedBallot'), paxos.mutant('sharedBallot')]
    const [[, steps] = []] = await shortest(machine)
    // As one state, one prepare and two promises do for both.
    expect(await shortest(nodes)).toEqual([['agreement', Number(steps) + nodes.parameters.proposers + 3]])
  })
})
