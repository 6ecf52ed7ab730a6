import { describe, expect, test } from 'vitest'
import { check } from '../../../src/check/check.js'
import type { CheckOptions } from '../../../src/check/result.js'
import { machine } from '../../../src/spec/machine.js'
import { protocol } from '../../../src/spec/protocol.js'
import type { FaultOverrides, NetworkKind } from '../../../src/spec/protocol-network.js'
import type { Role } from '../../../src/spec/protocol-role.js'
import { spec } from '../../../src/spec/spec.js'
import { replay } from '../../../src/trace/replay.js'

type Message = { readonly type: 'put'; readonly key: string } | { readonly type: 'ok' }

/** A client puts twice and waits with a timer; a server says ok, and may lose its memory. */
const store = spec('store', { network: 'unordered' as string }, ({ network }) => {
  const client: Role<{ readonly puts: number; readonly oks: number }, Message> = {
    nodes: ['c'],
    init: { puts: 0, oks: 0 },
    timers: { wait: () => ({}) },
    operations: {
      put: (self) =>
        self.puts < 2 && {
          state: { puts: self.puts + 1 },
          send: [{ to: 's', type: 'put', key: self.puts === 0 ? 'a' : 'b' }],
          arm: ['wait'],
        },
    },
    on: { ok: (self) => ({ state: { oks: self.oks + 1 } }) },
  }
  const server: Role<{ readonly puts: number }, Message> = {
    nodes: ['s'],
    init: { puts: 0 },
    on: { put: (self, _, { from }) => ({ state: { puts: self.puts + 1 }, send: [{ to: from, type: 'ok' }] }) },
  }
  return protocol({
    roles: { client, server },
    network: network as NetworkKind,
    faults: { crash: { server: 1 }, drop: 1 },
    terminal: true,
    invariants: {
      remembered: ({ client: { c }, server: { s } }) => (c?.oks ?? 0) < 2 || s?.puts === 2,
      mostlyUp: ({ up, messages }) => up.s === true || messages.length < 2,
    },
  })
})

async function lines(options: CheckOptions, network = 'unordered') {
  const { counterexamples } = await check(store.with({ network }), { continue: true, ...options })
  const found = counterexamples.find(({ property }) => property === 'remembered')
  return found?.steps.map(({ label, changes }) => ({ label, changes: changes.filter(({ path }) => path[0] === 'messages') }))
}

const put = (key: string) => ({ from: 'c', to: 's', message: { type: 'put', key } })
const ok = { from: 's', to: 'c', message: { type: 'ok' } }

describe('the changes of a step', () => {
  test('name messages as a whole, and each as often as it was sent', async () => {
    const steps = await lines({})
    const delivered = steps?.find(({ label }) => label === 'deliver put{key=b} c -> s')
    expect(delivered?.changes).toEqual(
      expect.arrayContaining([
        { path: ['messages', put('b')], before: put('b'), element: true },
        { path: ['messages', ok], after: ok, element: true },
      ]),
    )
    expect(delivered?.changes).toHaveLength(2)
  })

  test('of a fifo network say where among all messages one was, never that one became another', async () => {
    const steps = await lines({}, 'fifo')
    expect(steps?.some(({ changes }) => changes.length > 0)).toBe(true)
    for (const { changes } of steps ?? [])
      for (const { path, before, after, element } of changes) {
        expect([path.length, typeof path[1], element]).toEqual([2, 'number', undefined])
        expect(before === undefined).toBe(after !== undefined)
      }
  })

  test('name the timers that are armed and disarmed, not their places', async () => {
    const { witnesses, counterexamples } = await check(store, { continue: true })
    const first = counterexamples[0]?.steps.find(({ action }) => action === 'put')
    expect(witnesses).toEqual([])
    expect(first?.changes).toContainEqual({ path: ['timers', 'c', 'wait'], after: 'wait', element: true })
  })
})

test('a counterexample replayed goes through the worlds that properties see', async () => {
  const { counterexamples } = await check(store)
  const [counterexample] = counterexamples
  if (counterexample === undefined) throw new Error('nothing to replay')
  const { states, steps, properties } = replay(store, counterexample)
  expect(steps).toEqual(counterexample.steps)
  expect(states[0]?.messages).toEqual([])
  expect(states.map(({ client }) => client.c?.puts).at(-1)).toBeGreaterThan(0)
  expect(properties.find(({ name }) => name === counterexample.property)?.truth.at(-1)).toBe(false)
})

describe('budgets of faults', () => {
  test('asked for are in the result, with those that the search was under', async () => {
    expect((await check(store)).faults).toMatchObject({ budget: { 'crash.server': 1, drop: 1 }, overrides: null })
    expect((await check(store, { faults: 'none', minimize: 'steps' })).faults).toEqual({
      budget: {},
      overrides: 'none',
      minimize: 'steps',
      explored: [],
      breaks: null,
    })
    expect((await check(store, { faults: { drop: 2 } })).faults).toMatchObject({ budget: { drop: 2 }, overrides: { drop: 2 } })
  })

  test('of crashes without a role are of any node, whatever the spec says', async () => {
    const { states, faults } = await check(store, { faults: { crash: 1 } })
    const ofServers = await check(store, { faults: { 'crash.server': 1 } })
    expect(faults.budget).toEqual({ crash: 1 })
    expect(states.distinct).toBeGreaterThan(ofServers.states.distinct)
  })

  test('bound how many nodes are down at once, too', async () => {
    const down = async (overrides: FaultOverrides) => (await check(store, { continue: true, faults: overrides })).states.distinct
    expect(await down({ crash: 2, 'crash.atOnce': 1 })).toBe(await down({ crash: 1 }))
    expect(await down({ crash: 2, 'crash.atOnce': 2 })).toBe(await down({ crash: 2 }))
  })

  test('are not said to be explored where a limit on depth left states out', async () => {
    const verdicts = async (options: CheckOptions) =>
      (await check(store, { continue: true, ...options })).faults.explored.map(({ verdict }) => verdict)
    expect((await verdicts({ faults: { drop: 1 }, maxDepth: 3 })).slice(0, 2)).toEqual(['incomplete', 'incomplete'])
    expect((await verdicts({ faults: { drop: 1 }, maxDepth: 100 })).slice(0, 2)).toEqual(['holds', 'holds'])
  })

  test('of one role are of no other, and may be without a bound', async () => {
    const { faults, counterexamples } = await check(store, { faults: { 'crash.client': 1, drop: true }, continue: true })
    expect(faults.budget).toEqual({ 'crash.client': 1 })
    expect(faults.overrides).toEqual({ 'crash.client': 1, drop: true })
    const crashed = counterexamples.flatMap(({ steps }) => steps.flatMap(({ fault, node }) => (fault === 'crash' ? [node] : [])))
    expect(new Set(crashed)).not.toContain('s')
    expect((await check(store, { faults: { 'crash.server': 0, drop: 1 } })).faults.budget).toEqual({ drop: 1 })
  })

  test.each<[FaultOverrides, string, string]>([
    [{ 'crash.sever': 1 }, "faults.crash: there is no role 'sever'", "did you mean 'server'?"],
    [{ 'crash.server': 1, crash: 1 }, "'crash' is given for all roles, and 'crash.server' for one", 'give one of the two'],
    [{ 'drop.server': 1 }, "there is no fault 'drop.server'", 'the kinds are drop, '],
    [{ duplicate: true }, "the budget of 'duplicate' cannot be without a bound", 'it must be a whole number, 0 or more'],
    [{ total: true }, "the budget of 'total' cannot be without a bound", 'it must be a whole number, 0 or more'],
  ])('that are none are refused: %j', async (faults, message, hint) => {
    const error = await check(store, { faults }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      name: 'SpecError',
      message: expect.stringContaining(message),
      hint: expect.stringContaining(hint),
    })
  })

  test('of all kinds together leave each kind its own', async () => {
    const { faults, coverage } = await check(store, { faults: { total: 1 }, continue: true })
    expect(faults.budget).toEqual({ 'crash.server': 1, drop: 1, total: 1 })
    expect(faults.explored.map(({ faults }) => faults)).toEqual([0, 1])
    expect(coverage.parts).toMatchObject({ 'fault drop': 'fired', 'fault crash': 'fired' })
  })
})

test('the share of transitions that run functions is about actions, not about properties', async () => {
  const counter = (invariants: { readonly [name: string]: (s: { n: number }) => boolean }) =>
    spec('counter', {}, () =>
      machine({
        init: { n: 0 },
        actions: { up: (s) => s.n < 9 && { n: s.n + 1 }, down: (s) => s.n > 0 && { n: s.n - 1 } },
        terminal: true,
        invariants,
      }),
    )
  const { engine: alone } = await check(counter({}))
  expect(alone.userCodeShare).toBeCloseTo(alone.functionRuns / (alone.functionRuns + alone.learnedHits))
  expect(alone.userCodeShare).toBeGreaterThan(0)
  const { engine: watched } = await check(counter({ small: (s) => s.n < 10 }))
  expect(watched.functionRuns).toBeGreaterThan(alone.functionRuns)
  expect(watched.userCodeShare).toBe(alone.userCodeShare)
})

test('restarts that name no role are of no node', async () => {
  const node: Role<{ readonly restarted: boolean }, Message> = {
    nodes: ['a'],
    init: { restarted: false },
    start: (_, { restarted }) => ({ state: { restarted } }),
  }
  const restarting = (restart: true | Record<string, never>) =>
    spec('restarting', {}, () => protocol({ roles: { node }, faults: { restart }, terminal: true }))
  expect((await check(restarting(true))).states.distinct).toBe(2)
  expect((await check(restarting({}))).states.distinct).toBe(1)
})

describe('the least budgets that break a property', () => {
  /** Broken by one lost message, by two crashes, and by a crash and a duplicate together. */
  const fragile = spec('fragile', {}, () => {
    const node: Role<{ readonly crashes: number; readonly pings: number }, { readonly type: 'ping' }> = {
      nodes: ['n'],
      init: { crashes: 0, pings: 0 },
      durable: ['crashes', 'pings'],
      start: ({ crashes }, { restarted }) =>
        restarted ? { state: { crashes: crashes + 1 } } : { send: [{ to: 'n', type: 'ping' }] },
      on: { ping: ({ pings }) => ({ state: { pings: pings + 1 } }) },
    }
    return protocol({
      roles: { node },
      faults: { drop: 1, duplicate: 1, restart: 2 },
      terminal: true,
      invariants: {
        arrives: ({ node: { n }, messages }) => n.pings > 0 || messages.length > 0,
        stands: ({ node: { n } }) => n.crashes < 2 && !(n.crashes === 1 && n.pings === 2),
      },
    })
  })

  test('are all found by a check that goes on, in either order', async () => {
    for (const minimize of ['faults', 'steps'] as const) {
      const { faults } = await check(fragile, { continue: true, minimize })
      expect(faults.breaks?.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))).toEqual([
        { property: 'arrives', spent: { drop: 1 } },
        { property: 'stands', spent: { duplicate: 1, restart: 1 } },
        { property: 'stands', spent: { restart: 2 } },
      ])
    }
  })

  test('are not known of a goal that a restart leads to, which may be lost with fewer restarts', async () => {
    const node: Role<{ readonly n: number }, { readonly type: 'none' }> = { nodes: ['a', 'b'], init: { n: 0 } }
    const both = (restarts: number) =>
      spec('both', {}, () =>
        protocol({
          roles: { node },
          faults: { crash: 2, ...(restarts > 0 ? { restart: restarts } : {}) },
          alwaysPossible: { up: (world) => world.up.a && world.up.b },
          terminal: true,
        }),
      )
    expect((await check(both(1), { continue: true })).faults.breaks).toBeNull()
    expect((await check(both(0), { continue: true })).faults.breaks).toEqual([{ property: 'up', spent: { crash: 1 } }])
  })

  test('are not known where the check ended at the first violation, or a kind has no bound', async () => {
    expect((await check(fragile)).faults.breaks).toBeNull()
    expect((await check(fragile, { continue: true, maxDepth: 2 })).faults.breaks).toBeNull()
    expect((await check(fragile, { continue: true, faults: { drop: true } })).faults.breaks).toBeNull()
  })
})

test('a limit on time is kept to where each state takes long', async () => {
  const slow = spec('slow', {}, () =>
    machine({
      init: { n: 0 },
      actions: {
        count: ({ n }) => {
          let sum = 0
          for (let index = 0; index < 3e7; index++) sum += index
          return n < 100 && sum > 0 && { n: n + 1 }
        },
      },
      terminal: true,
    }),
  )
  const { limit, states } = await check(slow, { maxSeconds: 0.1 })
  expect(limit).toBe('time')
  expect(states.distinct).toBeLessThan(50)
})
