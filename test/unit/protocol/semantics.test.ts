import { check, choose, protocol, type Role, spec, whole } from 'faultline'
import { describe, expect, test } from 'vitest'

type Message = { readonly type: 'ping' } | { readonly type: 'pong' }

interface Counter {
  readonly count: number
}

describe('a message that a choice has no branch for', () => {
  const receiving = (among: readonly number[], network: 'fifo' | 'unordered') => {
    const sender: Role<Counter, Message> = {
      nodes: ['a'],
      init: { count: 0 },
      start: () => ({
        send: [
          { to: 'b', type: 'ping' },
          { to: 'b', type: 'pong' },
        ],
      }),
    }
    const receiver: Role<Counter, Message> = {
      nodes: ['b'],
      init: { count: 0 },
      on: {
        ping: () => choose(among, (element) => choose([1, 2], (part) => element + part > 9 && {})),
        pong: ({ count }) => ({ state: { count: count + 1 } }),
      },
    }
    return spec('receiving', {}, () =>
      protocol({
        roles: { sender, receiver },
        network,
        sometimes: { heard: (world) => world.receiver.b.count === 1 },
        terminal: (world) => world.receiver.b.count === 1,
      }),
    )
  }

  test.each<readonly [string, readonly number[]]>([
    ['none is enabled', [1, 2]],
    ['there is nothing to choose among', []],
  ])('is consumed on a channel, and stays in flight elsewhere: %s', async (_, among) => {
    const onChannel = await check(receiving(among, 'fifo'))
    expect([onChannel.verdict, onChannel.states.distinct]).toEqual(['holds', 3])
    expect(onChannel.coverage.parts['receiver.on.ping']).toBe('ignored only')
    const elsewhere = await check(receiving(among, 'unordered'))
    expect([elsewhere.verdict, elsewhere.states.distinct]).toEqual(['holds', 2])
    expect(elsewhere.coverage.parts['receiver.on.ping']).toBe('ignored only')
  })

  test('is not consumed in the branches that do nothing, where another does something', async () => {
    const { coverage, states } = await check(receiving([1, 8], 'fifo'))
    expect([coverage.actions.deliver, states.distinct]).toEqual([2, 3])
  })
})

test('a restart whose choice has no branch starts the node, as one that returns nothing does', async () => {
  const node: Role<Counter, Message> = {
    nodes: ['n'],
    init: { count: 0 },
    start: (_self, { restarted }) => (restarted ? choose([1, 2], () => false) : { state: { count: 1 } }),
  }
  const restarting = spec('restarting', {}, () =>
    protocol({
      roles: { node },
      faults: { crash: 1, restart: 1 },
      sometimes: { again: (world) => world.up.n && world.node.n.count === 0 },
      terminal: true,
    }),
  )
  expect((await check(restarting)).verdict).toBe('holds')
})

test('types of messages and roles may have dots in their names, and are covered by them', async () => {
  const node: Role<Counter, { readonly type: 'a.b' }> = {
    nodes: ['n'],
    init: { count: 0 },
    start: () => ({ send: [{ to: 'n', type: 'a.b' }] }),
    on: { 'a.b': () => ({}) },
  }
  const dotted = spec('dotted', {}, () => protocol({ roles: { 'x.y': node }, terminal: true }))
  expect((await check(dotted)).coverage.parts).toEqual({ 'x.y.on.a.b': 'fired', 'message a.b': 'received' })
})

test('a field of a role that is marked as whole is replaced, not merged', async () => {
  type Phase = { readonly kind: 'idle' } | { readonly kind: 'voted'; readonly votes: number }
  const node: Role<{ readonly phase: Phase; readonly rest: Counter }, Message> = {
    nodes: ['n'],
    init: { phase: whole({ kind: 'idle' } as Phase), rest: { count: 0 } },
    operations: {
      vote: ({ phase }) => phase.kind === 'idle' && { state: { phase: { kind: 'voted', votes: 1 }, rest: { count: 1 } } },
      forget: ({ phase }) => phase.kind === 'voted' && { state: { phase: { kind: 'idle' } } },
    },
  }
  const voting = spec('voting', {}, () =>
    protocol({
      roles: { node },
      invariants: { clean: ({ node: { n } }) => n.phase.kind === 'voted' || Object.keys(n.phase).length === 1 },
      faults: { crash: 1, restart: 1 },
      terminal: true,
    }),
  )
  expect((await check(voting)).verdict).toBe('holds')
})

test('a two-way cut that is named by both of its sides is one', async () => {
  const node: Role<Counter, Message> = { nodes: ['a', 'b', 'c'], init: { count: 0 } }
  const cut = (sides: readonly (readonly string[])[], oneWay: boolean) =>
    spec('cut', {}, () => protocol({ roles: { node }, faults: { partition: { budget: 1, sides, oneWay } }, terminal: true }))
  const states = async (sides: readonly (readonly string[])[], oneWay = false) =>
    (await check(cut(sides, oneWay))).states.distinct
  expect(await states([['a'], ['c', 'b'], ['b']])).toBe(3)
  expect(await states([['a'], ['b', 'c'], ['b']], true)).toBe(4)
})

describe('timers', () => {
  const timed = (timeouts: 'any' | 'quiet' | 'idle') => {
    const node: Role<Counter, Message> = {
      nodes: ['n'],
      init: { count: 0 },
      armed: ['alarm'],
      start: () => ({ send: [{ to: 'n', type: 'ping' }] }),
      on: { ping: ({ count }) => ({ state: { count: count + 1 } }) },
      operations: { always: () => ({}) },
      timers: { alarm: ({ count }) => ({ state: { count: count + 10 } }) },
    }
    return check(
      spec('timed', {}, () =>
        protocol({
          roles: { node },
          timeouts,
          sometimes: { early: (world) => world.node.n.count === 10, late: (world) => world.node.n.count === 11 },
        }),
      ),
    )
  }
  const reached = async (timeouts: 'any' | 'quiet' | 'idle') => (await timed(timeouts)).witnesses.map(({ property }) => property)

  test("fire at any moment, when no message can be delivered ('quiet'), or when no operation is enabled either ('idle')", async () => {
    expect(await reached('any')).toEqual(['early', 'late'])
    expect(await reached('quiet')).toEqual(['late'])
    expect(await reached('idle')).toEqual([])
  })
})
