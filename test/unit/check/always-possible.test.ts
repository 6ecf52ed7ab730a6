import { Range } from 'immutable'
import { describe, expect, test } from 'vitest'
import { check, choose, machine, protocol, type Role, spec } from '../../../src/index.js'

/** Counts up to a fork, where one way ends and the other goes round for ever. */
const fork = spec('fork', { length: 2 }, ({ length }) =>
  machine({
    init: { at: 0, side: 'none' as 'none' | 'loop' | 'end' },
    actions: {
      go: (s) => s.at < length && { at: s.at + 1 },
      turn: (s) => s.at === length && s.side === 'none' && choose(['loop', 'end'] as const, (side) => ({ side })),
      round: (s) => s.side === 'loop' && { at: s.at === length ? length + 1 : length },
    },
    terminal: (s) => s.side === 'end',
    alwaysPossible: { ended: (s) => s.side === 'end', started: (s) => s.at >= 0, undecided: (s) => s.side === 'none' },
  }),
)

interface Server {
  readonly answered: boolean
}
type Message = { readonly type: 'ask' } | { readonly type: 'answer' }

const client: Role<Server, Message> = {
  nodes: ['c'],
  init: { answered: false },
  operations: { ask: (self) => !self.answered && { send: [{ to: 's', type: 'ask' }] } },
  on: { answer: () => ({ state: { answered: true } }) },
}
const server: Role<Record<never, never>, Message> = {
  nodes: ['s'],
  init: {},
  on: { ask: () => ({ send: [{ to: 'c', type: 'answer' }] }) },
}
const service = {
  roles: { client, server },
  alwaysPossible: { answered: (world: { client: { readonly [id: string]: Server } }) => world.client.c?.answered === true },
  constraints: { few: (world: { messages: readonly unknown[] }) => world.messages.length <= 1 },
  terminal: true,
} as const

describe('a goal that must stay possible', () => {
  test('is lost by a shortest behaviour to a state that no behaviour leads on from to the goal', async () => {
    const { verdict, properties, counterexamples } = await check(fork.with({ length: 3 }), { continue: true })
    expect(verdict).toBe('violated')
    expect(properties.map(({ name, kind, verdict }) => [name, kind, verdict])).toEqual([
      ['ended', 'alwaysPossible', 'violated'],
      ['started', 'alwaysPossible', 'holds'],
      ['undecided', 'alwaysPossible', 'violated'],
      ['deadlock', 'deadlock', 'holds'],
    ])
    const [ended, undecided] = counterexamples
    expect(ended).toMatchObject({ property: 'ended', length: 4, final: { at: 3, side: 'loop' } })
    expect(undecided).toMatchObject({ property: 'undecided', length: 4 })
  })

  test('is told beside others that are lost, also by a check that stops at the first violation', async () => {
    const { properties, counterexamples } = await check(fork)
    expect(counterexamples.map(({ property, length }) => [property, length])).toEqual([
      ['ended', 3],
      ['undecided', 3],
    ])
    expect(properties.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['ended', 'violated'],
      ['started', 'holds'],
      ['undecided', 'violated'],
      ['deadlock', 'holds'],
    ])
  })

  test('that no state has is lost from the start', async () => {
    const never = spec('never', {}, () =>
      machine({ init: { n: 0 }, actions: { flip: (s) => ({ n: 1 - s.n }) }, alwaysPossible: { two: (s) => s.n === 2 } }),
    )
    const { counterexamples } = await check(never)
    expect(counterexamples).toMatchObject([{ property: 'two', length: 0, steps: [] }])
  })

  test('is reached through earlier states too', async () => {
    const ring = spec('ring', { nodes: 5 }, ({ nodes }) =>
      machine({
        init: { at: 0 },
        actions: { step: (s) => ({ at: (s.at + 1) % nodes }) },
        alwaysPossible: { home: (s) => s.at === 0, second: (s) => s.at === 1 },
      }),
    )
    expect((await check(ring)).verdict).toBe('holds')
  })

  test('is not undecided because there are more goals than bits in a word', async () => {
    const goals = Object.fromEntries(
      Array.from({ length: 70 }, (_, index) => [`at${index}`, (s: { n: number }) => s.n === index]),
    )
    const line = spec('line', {}, () =>
      machine({ init: { n: 0 }, actions: { up: (s) => s.n < 70 && { n: s.n + 1 } }, terminal: true, alwaysPossible: goals }),
    )
    const { counterexamples } = await check(line, { continue: true })
    expect(counterexamples.map(({ property, length }) => [property, length])).toEqual(
      Array.from({ length: 70 }, (_, index) => [`at${index}`, index + 1]),
    )
  })

  test('is not reached outside the state constraints', async () => {
    const bounded = spec('bounded', {}, () =>
      machine({
        init: { n: 0 },
        actions: { up: (s) => ({ n: s.n + 1 }) },
        alwaysPossible: { three: (s) => s.n === 3 },
        constraints: { small: (s) => s.n < 3 },
      }),
    )
    expect((await check(bounded)).counterexamples).toMatchObject([{ property: 'three', length: 0 }])
  })

  test('is undecided where the search was cut short, by a limit or a violation', async () => {
    const { verdict, properties } = await check(fork.with({ length: 50 }), { maxStates: 10 })
    expect(verdict).toBe('incomplete')
    expect(properties.find(({ name }) => name === 'started')?.verdict).toBe('incomplete')
    const bad = spec('bad', {}, () =>
      machine({
        init: { n: 0 },
        actions: { up: (s) => s.n < 3 && { n: s.n + 1 } },
        invariants: { small: (s) => s.n < 2 },
        alwaysPossible: { none: (s) => s.n === 0 },
      }),
    )
    const first = await check(bad)
    expect(first.counterexamples.map(({ property }) => property)).toEqual(['small'])
    expect(first.properties.find(({ name }) => name === 'none')?.verdict).toBe('incomplete')
    const all = await check(bad, { continue: true })
    expect(all.counterexamples.map(({ property, length }) => [property, length])).toEqual([
      ['none', 1],
      ['small', 2],
      ['deadlock', 3],
    ])
  })

  test('does not change what is counted', async () => {
    const { states, coverage } = await check(fork)
    expect(states).toEqual({ distinct: 6, generated: 7, depth: 4, queue: 0 })
    expect(coverage.actions).toEqual({ go: 2, turn: 2, round: 2 })
  })
})

describe('the way to a goal of a protocol', () => {
  test('has no faults in it', async () => {
    const down = spec('down', {}, () =>
      protocol({ ...service, faults: { crash: { server: 1 } }, alwaysPossible: { down: (world) => !world.up.s } }),
    )
    expect((await check(down)).counterexamples).toMatchObject([{ property: 'down', faults: 0, length: 0 }])
  })

  test('may have a node start again that crashed, and only where it can', async () => {
    const crashing = (restart: boolean) =>
      spec('crashing', {}, () =>
        protocol({ ...service, faults: { crash: { server: 1 }, ...(restart ? { restart: true } : {}) } }),
      )
    expect((await check(crashing(true))).verdict).toBe('holds')
    const { counterexamples, faults } = await check(crashing(false))
    expect(counterexamples).toMatchObject([{ property: 'answered', faults: 1, length: 1 }])
    expect(faults.explored.map(({ verdict }) => verdict)).toEqual(['holds', 'violated'])
  })

  test('may have a partition heal, and only where it can', async () => {
    const cut = (heals: boolean) =>
      spec('cut', {}, () => protocol({ ...service, faults: { partition: 1, ...(heals ? { heal: true } : {}) } }))
    expect((await check(cut(true))).verdict).toBe('holds')
    expect((await check(cut(false))).counterexamples).toMatchObject([{ property: 'answered', faults: 1, length: 1 }])
  })

  test('is known with few faults although a violation with more ended the search', async () => {
    const both = spec('both', {}, () =>
      protocol({
        ...service,
        faults: { crash: { server: 1 }, restart: true },
        invariants: { up: (world) => world.up.s === true },
      }),
    )
    const { faults, properties } = await check(both)
    expect(faults.explored.map(({ verdict }) => verdict)).toEqual(['holds', 'violated'])
    expect(properties.find(({ name }) => name === 'answered')?.verdict).toBe('incomplete')
  })

  /** Takes its time, as a predicate may. */
  function slowly(truth: boolean): boolean {
    let sum = 0
    for (let index = 0; index < 3e7; index++) sum += index
    return truth && sum > 0
  }

  test('is not known with few faults where there was no time to find out, and that did not end the search', async () => {
    const picking: Role<{ readonly pick: number }, Message> = {
      nodes: ['c'],
      init: { pick: 0 },
      operations: { pick: (self) => self.pick === 0 && choose(Range(1, 140), (pick) => ({ state: { pick } })) },
    }
    const wide = spec('wide', {}, () =>
      protocol({
        roles: { picking, server },
        faults: { crash: { server: 1 } },
        invariants: { up: (world) => world.up.s === true },
        alwaysPossible: { picked: (world) => slowly(world.picking.c.pick !== 0) },
        terminal: true,
      }),
    )
    const { verdict, limit, faults } = await check(wide, { maxSeconds: 0.5 })
    expect([verdict, limit]).toEqual(['violated', null])
    expect(faults.explored.map((explored) => explored.verdict)).toEqual(['incomplete', 'violated'])
  })

  test('is not known with few faults where the way to it may have been left out', async () => {
    const busy = spec('busy', {}, () =>
      protocol({
        ...service,
        faults: { crash: { server: 1 } },
        alwaysPossible: { down: (world) => world.up.s !== true },
        invariants: { up: (world) => world.up.s === true },
      }),
    )
    const { faults, counterexamples } = await check(busy)
    expect(faults.explored.map(({ verdict }) => verdict)).toEqual(['incomplete', 'violated'])
    expect(counterexamples.map(({ property }) => property)).toEqual(['up'])
  })
})
