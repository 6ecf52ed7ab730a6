import { choose, machine, type NetworkKind, protocol, type Role, spec } from 'faultline'
import { List, Range, Set } from 'immutable'
import { describe, expect, test } from 'vitest'
import dieHard from '../../../specs/die-hard.js'
import lock from '../../../specs/lock-lease-fencing.js'
import twoPhaseCommit from '../../../specs/two-phase-commit.js'
import type { FaultOverrides } from '../../../src/spec/protocol-network.js'
import type { Spec } from '../../../src/spec/spec.js'
import { annotate } from '../../../src/trace/annotate.js'
import { behaviourFor, follow } from '../../../src/trace/follow.js'
import type { Json } from '../../../src/values/json.js'

type StepWritten = readonly [action: string, ...args: Json[]]

/** What is known about a behaviour written by hand, up to where `property` is decided. */
function annotated(written: Spec, property: string, steps: readonly StepWritten[], faults?: FaultOverrides) {
  const options = faults === undefined ? {} : { faults }
  const trace = { steps: steps.map(([action, ...args]) => ({ action, args })) }
  const behaviour = behaviourFor(follow(written, trace, options), property)
  if (behaviour === undefined) throw new Error(`the trace does not decide ${property}`)
  return annotate(written, behaviour, options)
}

const envelope = (from: string, to: string, message: Json) => ({ from, to, message })

describe('a counterexample of a protocol', () => {
  const behaviour = annotated(lock.mutants.noFence, 'noStaleWrite', [
    ['timeout', 'locks', 'lease'],
    ['deliver', envelope('c2', 'locks', { type: 'acquire' })],
    ['deliver', envelope('locks', 'c2', { type: 'granted', token: 2 })],
    ['deliver', envelope('c2', 'storage', { type: 'write', token: 2 })],
    ['deliver', envelope('c1', 'storage', { type: 'write', token: 1 })],
  ])

  test('has a lane for each node, in the order of the roles', () => {
    expect(behaviour.lanes).toEqual([
      { id: 'c1', role: 'client', down: [] },
      { id: 'c2', role: 'client', down: [] },
      { id: 'locks', role: 'locks', down: [] },
      { id: 'storage', role: 'storage', down: [] },
    ])
  })

  test('says of each message where it was sent, and what became of it', () => {
    expect(behaviour.steps.map(({ label }) => label)).toEqual([
      'timeout lease locks',
      'deliver acquire c2 -> locks',
      'deliver granted{token=2} locks -> c2',
      'deliver write{token=2} c2 -> storage',
      'deliver write{token=1} c1 -> storage',
    ])
    expect(
      behaviour.messages.map(({ text, from, to, sentAt, ends, inFlight }) => [text, from, to, sentAt, ends, inFlight]),
    ).toEqual([
      ['write{token=1}', 'c1', 'storage', 0, [{ at: 5, how: 'delivered' }], false],
      ['acquire', 'c2', 'locks', 0, [{ at: 2, how: 'delivered' }], false],
      ['granted{token=2}', 'locks', 'c2', 2, [{ at: 3, how: 'delivered' }], false],
      ['write{token=2}', 'c2', 'storage', 3, [{ at: 4, how: 'delivered' }], false],
      ['written', 'storage', 'c2', 4, [], true],
      ['written', 'storage', 'c1', 5, [], true],
    ])
  })

  test('says which steps each step needed: what its node did before, and the sending of what it receives', () => {
    expect(behaviour.stepNotes.map(({ causes }) => causes)).toEqual([[], [1], [2], [3], [4]])
  })

  test('has the truth of every property in every state, with the reason where it is false', () => {
    const [noStaleWrite] = behaviour.properties
    expect(noStaleWrite).toMatchObject({ name: 'noStaleWrite', truth: [true, true, true, true, true, false] })
    expect(noStaleWrite?.because.at(-1)).toEqual({
      because: 'a write was taken although one with a later token was there',
      tokens: [2, 1],
    })
    expect(noStaleWrite?.site).toMatch(/lock-lease-fencing\.ts:\d+:\d+$/)
    expect(behaviour.properties.map(({ name, kind }) => [name, kind])).toContainEqual(['deadlock', 'deadlock'])
  })

  test('leads from each step to the handler that it ran', () => {
    const lines = behaviour.stepNotes.map(({ site }) => site?.match(/lock-lease-fencing\.ts:(\d+):\d+$/)?.[1])
    expect(lines).not.toContain(undefined)
    // Both writes run the same handler; the others each another one.
    expect(Set(lines).size).toBe(4)
    expect(lines[3]).toBe(lines[4])
  })

  test('says what else could have happened, and which step was taken', () => {
    expect(behaviour.stateNotes[0]?.enabled.map(({ label, taken }) => [label, taken])).toEqual([
      ['deliver write{token=1} c1 -> storage', false],
      ['timeout lease locks', true],
      ['crash c1', false],
      ['crash c2', false],
    ])
  })

  test('says which fields of its node a handler looked at that ignored a message', () => {
    expect(behaviour.stateNotes[0]?.notEnabled).toEqual([
      {
        action: 'deliver',
        args: [{ from: 'c2', to: 'locks', message: { type: 'acquire' } }],
        label: 'deliver acquire c2 -> locks',
        node: 'locks',
        fault: null,
        reads: [{ path: ['locks', 'holder'], value: 'c1' }],
      },
    ])
    expect(behaviour.stateNotes[1]?.notEnabled.map(({ label, reads }) => [label, reads])).toEqual([
      ['timeout lease locks', [{ path: ['timers', 'locks'], value: [] }]],
    ])
  })

  test('has every state', () => {
    expect(behaviour.states).toHaveLength(6)
    expect(behaviour.states[0]).toEqual(behaviour.initial)
    expect(behaviour.states.at(-1)).toEqual(behaviour.final)
  })
})

describe('a counterexample of a machine', () => {
  const behaviour = annotated(twoPhaseCommit.mutants.commitWithoutAll, 'consistent', [
    ['rmPrepare', 'rm1'],
    ['tmReceivePrepared', 'rm1'],
    ['rmPrepare', 'rm2'],
    ['tmReceivePrepared', 'rm2'],
    ['tmCommit'],
    ['rmChooseToAbort', 'rm3'],
    ['rmReceiveCommit', 'rm1'],
  ])

  test('has a lane for each process', () => {
    expect(behaviour.lanes.map(({ id, role }) => [id, role])).toEqual([
      ['rm1', null],
      ['rm2', null],
      ['rm3', null],
    ])
  })

  test('says of each step who wrote what it read, element by element of a set', () => {
    const needed = behaviour.steps.map(({ label }, index) => [label, behaviour.stepNotes[index]?.causes])
    expect(needed).toEqual([
      ['rmPrepare(rm1)', []],
      ['tmReceivePrepared(rm1)', [1]],
      ['rmPrepare(rm2)', []],
      ['tmReceivePrepared(rm2)', [3]],
      ['tmCommit', [2, 4]],
      ['rmChooseToAbort(rm3)', []],
      ['rmReceiveCommit(rm1)', [5]],
    ])
  })

  test('says which fields the branches of an action that is not enabled looked at', () => {
    const notEnabled = behaviour.stateNotes[1]?.notEnabled ?? []
    const found = (label: string) => notEnabled.find((one) => one.label === label)?.reads
    expect(found('rmPrepare(rm1)')).toEqual([{ path: ['rm', 'rm1'], value: 'prepared' }])
    expect(found('tmReceivePrepared(rm2)')).toEqual([
      { path: ['tm'], value: 'init' },
      { path: ['messages', 'prepared rm2'], value: false, element: true },
    ])
    expect(found('tmCommit')).toContainEqual({ path: ['prepared', 'rm2'], value: false, element: true })
    expect(found('rmPrepare(rm2)')).toBeUndefined()
  })
})

type Message = { readonly type: 'ping' | 'pong'; readonly n: number }
interface Own {
  readonly got: readonly number[]
}

/** One node sends two messages when it starts; another receives them. */
const pair = (network: NetworkKind, toCrashed: 'stays' | 'lost' = 'stays') =>
  spec('pair', {}, () => {
    const a: Role<Own, Message> = {
      nodes: ['a'],
      init: { got: [] },
      start: () => ({ send: [1, 2].map((n) => ({ to: 'b', type: 'ping' as const, n })) }),
      on: { pong: () => ({}) },
      operations: { rest: () => ({}) },
    }
    const b: Role<Own, Message> = {
      nodes: ['b'],
      init: { got: [] },
      on: { ping: (self, { n }) => ({ state: { got: [...self.got, n] } }) },
    }
    return protocol({
      roles: { a, b },
      network: { kind: network, toCrashed },
      faults: {
        drop: 1,
        duplicate: 1,
        corrupt: { budget: 1, forms: ({ type, n }) => [{ type, n: n + 10 }] },
        crash: { b: 1 },
        restart: 1,
        partition: 1,
        heal: 1,
      },
      invariants: { fewReceived: (world) => world.b.b.got.length < 2, not2: (world) => !world.b.b.got.includes(2) },
      sometimes: { quiet: (world) => world.messages.length === 0 },
      terminal: true,
    })
  })

const ping = (n: number) => envelope('a', 'b', { type: 'ping', n })

describe('a message', () => {
  const summary = ({ messages }: ReturnType<typeof annotated>) =>
    messages.map(({ text, origin, of, sentAt, ends }) => [text, origin, of, sentAt, ...ends.map(({ at, how }) => `${how} ${at}`)])

  test('may be duplicated, corrupted and dropped on its way', () => {
    const behaviour = annotated(pair('unordered'), 'not2', [
      ['duplicate', ping(1)],
      ['corrupt', ping(1), { type: 'ping', n: 11 }],
      ['drop', ping(1)],
      ['deliver', ping(2)],
    ])
    expect(summary(behaviour)).toEqual([
      ['ping{n=1}', 'sent', null, 0, 'corrupted 2'],
      ['ping{n=2}', 'sent', null, 0, 'delivered 4'],
      ['ping{n=1}', 'duplicated', 0, 1, 'dropped 3'],
      ['ping{n=11}', 'corrupted', 0, 2],
    ])
    expect(behaviour.messages.map(({ inFlight }) => inFlight)).toEqual([false, false, false, true])
    expect(behaviour.stepNotes.map(({ causes }) => causes)).toEqual([[], [], [1], []])
  })

  test('keeps its place on a channel, and needs what stood before it to be gone', () => {
    const of = (n: number) => ['a→b', ping(n)] as const
    const behaviour = annotated(pair('fifo'), 'not2', [
      ['duplicate', ...of(1)],
      ['drop', ...of(1)],
      ['corrupt', ...of(1), { type: 'ping', n: 11 }],
      ['deliver', ...of(11)],
      ['deliver', ...of(2)],
    ])
    expect(summary(behaviour)).toEqual([
      ['ping{n=1}', 'sent', null, 0, 'dropped 2'],
      ['ping{n=2}', 'sent', null, 0, 'delivered 5'],
      ['ping{n=1}', 'duplicated', 0, 1, 'corrupted 3'],
      ['ping{n=11}', 'corrupted', 2, 3, 'delivered 4'],
    ])
    expect(behaviour.stepNotes.map(({ causes }) => causes)).toEqual([[], [], [1, 2], [2, 3], [4]])
  })

  test('is delivered again and again on a network that is a set, and stays in flight', () => {
    const { messages } = annotated(
      pair('set'),
      'fewReceived',
      [
        ['deliver', ping(1)],
        ['deliver', ping(1)],
      ],
      { drop: 1 },
    )
    expect(messages[0]).toMatchObject({
      ends: [
        { at: 1, how: 'delivered' },
        { at: 2, how: 'delivered' },
      ],
      inFlight: true,
    })
  })

  test('is lost where the network loses what reaches a node that is down', () => {
    const behaviour = annotated(pair('unordered', 'lost'), 'quiet', [
      ['crash', 'b'],
      ['lose', ping(1)],
      ['lose', ping(2)],
    ])
    expect(summary(behaviour).map((line) => line.slice(4))).toEqual([['lost 2'], ['lost 3']])
  })
})

describe('the past of a step', () => {
  const causesOf = (steps: readonly StepWritten[], property = 'not2') =>
    annotated(pair('unordered'), property, steps).stepNotes.map(({ causes }) => causes)

  test('has the crash and the restart of its node, whose lane is down between them', () => {
    const steps: readonly StepWritten[] = [
      ['crash', 'b'],
      ['restart', 'b'],
      ['deliver', ping(2)],
    ]
    expect(causesOf(steps)).toEqual([[], [1], [2]])
    expect(annotated(pair('unordered'), 'not2', steps).lanes.map(({ down }) => down)).toEqual([[], [{ from: 1, to: 2 }]])
    expect(
      annotated(pair('unordered', 'lost'), 'quiet', [
        ['crash', 'b'],
        ['lose', ping(1)],
        ['lose', ping(2)],
      ]).lanes[1]?.down,
    ).toEqual([{ from: 1, to: null }])
  })

  test('has the heal without which its message could not pass', () => {
    expect(causesOf([['partition', ['b']], ['heal'], ['deliver', ping(2)]])).toEqual([[], [1], [2]])
  })

  test('has all that happened, where it waited for nothing else to be possible', () => {
    const waiting: Role<{ readonly fired: boolean }, Message> = {
      nodes: ['c'],
      init: { fired: false },
      armed: ['late'],
      on: { pong: () => ({}) },
      start: () => ({ send: [1, 2].map((n) => ({ to: 'c', type: 'pong' as const, n })) }),
      timers: { late: () => ({ state: { fired: true } }) },
      operations: { use: (self) => self.fired && {} },
    }
    const idle = spec('idle', {}, () =>
      protocol({
        roles: { waiting },
        timeouts: 'idle',
        faults: { drop: 1 },
        invariants: { never: (world) => !world.waiting.c.fired },
        transitions: { unused: (_before, _after, { action }) => action !== 'use' },
        terminal: true,
      }),
    )
    const pong = (n: number) => envelope('c', 'c', { type: 'pong', n })
    const behaviour = annotated(idle, 'never', [
      ['drop', pong(1)],
      ['deliver', pong(2)],
      ['timeout', 'c', 'late'],
    ])
    expect(behaviour.stepNotes.map(({ causes }) => causes)).toEqual([[], [], [1, 2]])
    // What the same node does next needed it in turn.
    const later = annotated(idle, 'unused', [
      ['drop', pong(1)],
      ['deliver', pong(2)],
      ['timeout', 'c', 'late'],
      ['use', 'c'],
    ])
    expect(later.stepNotes.map(({ causes }) => causes)).toEqual([[], [], [1, 2], [3]])
    // It is enabled by itself, and read nothing that says why it has to wait.
    expect(behaviour.stateNotes[0]?.notEnabled.map(({ label, reads }) => [label, reads])).toContainEqual(['timeout late c', []])
  })
})

test('what is in flight on a channel depends on all that changed it', () => {
  const relay: Role<Own, Message> = {
    nodes: ['c', 'd'],
    init: { got: [] },
    start: (_self, { id }) => id === 'c' && { send: [{ to: 'd', type: 'ping', n: 0 }] },
    on: { ping: (_self, _message, { id }) => id === 'd' && { send: [1, 2].map((n) => ({ to: 'c', type: 'ping' as const, n })) } },
  }
  const crowded = spec('crowded', {}, () =>
    protocol({
      roles: { relay },
      network: 'fifo',
      faults: { duplicate: 1 },
      sometimes: { three: (world) => world.messages.length === 3 },
      terminal: true,
    }),
  )
  const first = ['c→d', envelope('c', 'd', { type: 'ping', n: 0 })] as const
  const { stepNotes } = annotated(crowded, 'three', [
    ['duplicate', ...first],
    ['deliver', ...first],
  ])
  expect(stepNotes.map(({ inPast }) => inPast)).toEqual([true, true])
})

/** Nodes that each send one message to a third, and write who did. */
const senders = () => {
  interface Seen {
    readonly first: string
    readonly chain: string
  }
  const sender: Role<{ readonly sent: boolean }, Message, Seen> = {
    nodes: ['c', 'd'],
    init: { sent: false },
    operations: {
      send: (self, { id }) =>
        !self.sent && {
          state: { sent: true },
          send: [{ to: 'e', type: 'ping', n: 0 }],
          record: ({ first }) => (first === '' ? { first: id } : { chain: first + id }),
        },
    },
  }
  const receiver: Role<object, Message, Seen> = { nodes: ['e'], init: {}, on: { ping: () => ({}) } }
  return spec('senders', {}, () =>
    protocol({
      roles: { sender, receiver },
      history: { first: '', chain: '' },
      invariants: { noChain: (world) => world.history.chain !== 'cd' },
      transitions: { noSecond: (_before, after) => after.messages.length < 2 },
      terminal: true,
    }),
  )
}

test('a step that breaks what is said of all messages in flight depends on everything before it', () => {
  const { stepNotes } = annotated(senders(), 'noSecond', [
    ['send', 'c'],
    ['send', 'd'],
  ])
  expect(stepNotes.map(({ inPast }) => inPast)).toEqual([true, true])
})

test('what is recorded in one part of a history depends on what was recorded in others', () => {
  const { stepNotes } = annotated(senders(), 'noChain', [
    ['send', 'c'],
    ['send', 'd'],
  ])
  expect(stepNotes.map(({ inPast }) => inPast)).toEqual([true, true])
})

describe('a step is essential', () => {
  const essential = (steps: readonly StepWritten[], property = 'not2') =>
    annotated(pair('unordered'), property, steps).stepNotes.map((note) => note.essential)

  test('when the violation vanishes without it', () => {
    expect(
      essential([
        ['rest', 'a'],
        ['deliver', ping(1)],
        ['deliver', ping(2)],
      ]),
    ).toEqual([false, false, true])
    expect(
      essential(
        [
          ['deliver', ping(1)],
          ['rest', 'a'],
          ['deliver', ping(2)],
        ],
        'fewReceived',
      ),
    ).toEqual([true, false, true])
  })

  test('not when the violation stays, although later steps fall away with it', () => {
    expect(
      essential([
        ['duplicate', ping(1)],
        ['drop', ping(1)],
        ['deliver', ping(2)],
      ]),
    ).toEqual([false, false, true])
  })

  test('not when a deadlock is there without it, even where a fault leads on from there', () => {
    interface Work {
      readonly extra: 'none' | 'taken' | 'done'
      readonly gone: boolean
    }
    const worker: Role<Work, Message> = {
      nodes: ['a'],
      init: { extra: 'none', gone: false },
      operations: {
        take: (self) => self.extra === 'none' && !self.gone && { state: { extra: 'taken' } },
        go: (self) => !self.gone && { state: { gone: true } },
        finish: (self) => self.gone && self.extra === 'taken' && { state: { extra: 'done' } },
      },
    }
    const idle: Role<object, Message> = { nodes: ['b'], init: {} }
    const working = spec('working', {}, () =>
      protocol({
        roles: { worker, idle },
        faults: { crash: { idle: 1 } },
        terminal: (world) => !world.up.b && world.worker.a.extra === 'none',
      }),
    )
    expect(
      annotated(working, 'deadlock', [
        ['take', 'a'],
        ['go', 'a'],
        ['crash', 'b'],
        ['finish', 'a'],
      ]).stepNotes.map((note) => note.essential),
    ).toEqual([false, true, false, true])
  })

  test('and in the past of the violation: what the property did not depend on is neither', () => {
    const { stepNotes } = annotated(pair('unordered'), 'not2', [
      ['rest', 'a'],
      ['deliver', ping(1)],
      ['deliver', ping(2)],
    ])
    // The node did something before that the violation does not need: it is in its past, and not essential.
    expect(stepNotes.map(({ inPast }) => inPast)).toEqual([false, true, true])
  })
})

test('what is reached only beyond the state constraints is not reached', () => {
  const bounded = spec('bounded', {}, () =>
    machine({
      init: { n: 1, flag: false },
      actions: { shrink: (s) => s.n > 0 && { n: s.n - 1 }, mark: () => ({ flag: true }) },
      sometimes: { marked: (s) => s.flag },
      constraints: { small: (s) => s.n + Number(s.flag) < 2 },
    }),
  )
  expect(annotated(bounded, 'marked', [['shrink'], ['mark']]).stepNotes.map(({ essential }) => essential)).toEqual([true, true])
})

/** A counter that breaks its bound. */
const counter = (bound: number, more: { readonly sometimes?: (n: number) => boolean; readonly throwsAt?: number } = {}) =>
  spec('counter', {}, () =>
    machine({
      init: { n: 0 },
      actions: {
        increment: (s) => {
          if (s.n === more.throwsAt) throw new Error('too far')
          return { n: s.n + 1 }
        },
      },
      invariants: { bounded: (s) => s.n < bound },
      transitions: { small: (before) => before.n < bound - 1 },
      sometimes: { asked: (s) => more.sometimes?.(s.n) ?? true },
    }),
  )

const counted = (bound: number) => Array.from({ length: bound }, (): StepWritten => ['increment'])

describe('what a search did not look at does not stand in the way:', () => {
  test('a property that throws where it was no longer evaluated is false there, and says why', () => {
    const fails = counter(3, {
      sometimes: (n) => {
        if (n > 1) throw new RangeError('beyond')
        return n === 1
      },
    })
    const asked = annotated(fails, 'bounded', counted(3)).properties.find(({ name }) => name === 'asked')
    expect(asked?.truth).toEqual([false, true, false, false])
    expect(asked?.because.at(-1)).toEqual({ because: 'threw RangeError: beyond' })
  })

  test('an action that throws in the last state leaves that state without alternatives', () => {
    const { stateNotes } = annotated(counter(2, { throwsAt: 2 }), 'bounded', counted(2))
    expect(stateNotes.map(({ enabled }) => enabled.length)).toEqual([1, 1, 0])
  })
})

test('a transition property has a truth for each step, and the step that breaks it is in the past of the violation', () => {
  const { properties, stepNotes } = annotated(counter(3), 'small', counted(3))
  expect(properties.find(({ name }) => name === 'small')?.truth).toEqual([true, true, false])
  expect(stepNotes).toMatchObject([
    { causes: [], inPast: true },
    { causes: [1], inPast: true },
    { causes: [2], inPast: true },
  ])
  expect(stepNotes.map(({ essential }) => essential)).toEqual([true, true, true])
})

test('a machine whose steps have no process has no lanes', () => {
  expect(
    annotated(dieHard, 'bigIsNot4', [['fillBig'], ['bigToSmall'], ['emptySmall'], ['bigToSmall'], ['fillBig'], ['bigToSmall']])
      .lanes,
  ).toEqual([])
})

test('who reads a whole set needs the last change of each of its elements', () => {
  const filling = spec('filling', {}, () =>
    machine({
      init: { set: Set<string>() },
      actions: { add: (s) => choose(['a', 'b'], (x) => !s.set.has(x) && { set: s.set.add(x) }) },
      invariants: { small: (s) => s.set.size < 2 },
    }),
  )
  const { stepNotes } = annotated(filling, 'small', [
    ['add', 'a'],
    ['add', 'b'],
  ])
  expect(stepNotes).toMatchObject([
    { causes: [], inPast: true },
    { causes: [], inPast: true },
  ])
})

test('a state that is one collection is read as a whole', () => {
  const die = spec('die', {}, () =>
    machine({
      init: List<number>(),
      actions: {
        roll: (table) => table.size < 2 && choose([1, 6], (eyes) => table.push(eyes)),
        clear: (table) => table.size === 2 && table.clear(),
      },
      invariants: { noSixes: (table) => !table.includes(6) },
    }),
  )
  const { lanes, stateNotes, stepNotes, states } = annotated(die, 'noSixes', [
    ['roll', 1],
    ['roll', 6],
  ])
  expect([lanes, states]).toEqual([[], [[], [1], [1, 6]]])
  expect(stepNotes.map(({ causes, inPast }) => [causes, inPast])).toEqual([
    [[], true],
    [[1], true],
  ])
  expect(stateNotes.at(-1)?.notEnabled).toMatchObject([{ label: 'roll', reads: [{ path: [], value: [1, 6] }] }])
})

test('a set that outgrows being told apart by element is told of as a whole', () => {
  const big = spec('big', {}, () =>
    machine({
      init: { set: Set<number>() },
      actions: { grow: (s) => s.set.size === 0 && { set: Range(0, 2000).toSet() } },
      invariants: { small: (s) => s.set.size === 0 },
    }),
  )
  expect(annotated(big, 'small', [['grow']]).stepNotes).toMatchObject([{ causes: [], inPast: true, essential: true }])
})

test('in a long behaviour nobody tries to leave steps out', () => {
  const { stepNotes } = annotated(counter(300), 'bounded', counted(300))
  expect(Set(stepNotes.map(({ essential }) => essential))).toEqual(Set([null]))
})
