import {
  type CheckOptions,
  check,
  choose,
  ids,
  type Protocol,
  protocol,
  type Result,
  type Role,
  type Spec,
  spec,
} from 'faultline'
import { expect, test } from 'vitest'
import { translateProtocol } from '../../../src/model/protocol/translate.js'

type Message = { readonly type: 'vote'; readonly yes: boolean; readonly term: number } | { readonly type: 'end' }
interface Own {
  readonly term: number
  readonly seen: number
}

const S = ids('s', 3)
const server: Role<Own, Message> = {
  nodes: S,
  init: { term: 0, seen: 0 },
  durable: ['term'],
  armed: ['election'],
  on: {
    vote: (self, { term }) => term > self.term && { state: { term, seen: self.seen + 1 } },
    end: (self) => self.seen > 9 && {},
  },
  timers: {
    election: (_self, { id }) =>
      id === 's1' && choose([1, 2], (term) => ({ send: [{ to: 's2', type: 'vote', yes: true, term }] })),
  },
  operations: { stop: (_self, { id }) => id === 's3' && { send: [{ to: 's3', type: 'end' }] } },
}
const definition = { roles: { server }, terminal: true } as const
const envelope = { from: 's1', to: 's2', message: { type: 'vote', yes: true, term: 1 } }

test('steps are called what people call them, and say whose they are', () => {
  const { label } = translateProtocol(protocol({ ...definition, faults: { partition: 1 } }))
  expect(label('deliver', [envelope])).toEqual({ label: 'deliver vote{yes=true term=1} s1 -> s2', node: 's2' })
  expect(label('deliver', ['s1→s2', envelope, 'b'])).toEqual({ label: 'deliver vote{yes=true term=1} s1 -> s2 (b)', node: 's2' })
  expect(label('drop', [{ from: 's1', to: 's3', message: { type: 'end' } }])).toEqual({ label: 'drop end s1 -> s3', node: null })
  expect(label('corrupt', [envelope, { type: 'end' }]).label).toBe('corrupt vote{yes=true term=1} s1 -> s2 into end')
  expect(label('timeout', ['s1', 'election', 2])).toEqual({ label: 'timeout election s1 (2)', node: 's1' })
  expect(label('stop', ['s3'])).toEqual({ label: 'stop s3', node: 's3' })
  expect(label('crash', ['s1'])).toEqual({ label: 'crash s1', node: 's1' })
  expect(label('skew', ['s1', 2])).toEqual({ label: 'skew s1 by +2', node: 's1' })
  expect(label('partition', [['s2']])).toEqual({ label: 'partition s2 | s1 s3', node: null })
  expect(label('tick', [])).toEqual({ label: 'tick', node: null })
})

test('coverage tells what fired, what was only ignored and what never came to be', async () => {
  const votes = spec('votes', {}, () => protocol({ ...definition, faults: { drop: 1, restart: 1, crash: { server: 1 } } }))
  const { coverage } = await check(votes.with({}), { maxDepth: 4 })
  expect(coverage.parts).toEqual({
    'server.on.vote': 'fired',
    'server.on.end': 'ignored only',
    'server.timers.election': 'fired',
    'server.operations.stop': 'fired',
    'fault drop': 'fired',
    'fault crash': 'fired',
    'fault restart': 'fired',
    'message vote': 'received',
    'message end': 'never received',
  })
})

/** What a check of a few steps answers. */
function checked(votes: Protocol<unknown>, faults?: CheckOptions['faults']): Promise<Result> {
  return check(spec('votes', {}, () => votes) as Spec, {
    continue: true,
    maxDepth: 5,
    ...(faults === undefined ? {} : { faults }),
  })
}

test('a crash loses what is not durable, and the timers; a restart arms those that are armed at first', async () => {
  const { counterexamples } = await checked(
    protocol({
      ...definition,
      faults: { crash: 1, restart: true },
      transitions: {
        losesTerm: (_before, after, step) => step.action !== 'crash' || after.server.s2.term === 0,
        losesSeen: (_before, after, step) => step.action !== 'crash' || step.node !== 's2' || after.server.s2.seen === 0,
        keepsSeen: (before, after, step) => step.action !== 'crash' || after.server.s2.seen === before.server.s2.seen,
        comesUp: (_before, after, step) => step.action !== 'restart' || after.up[step.node ?? ''] === true,
      },
    }),
  )
  expect(counterexamples.map(({ property, faults, length }) => [property, faults, length])).toEqual([
    ['losesTerm', 1, 3],
    ['keepsSeen', 1, 3],
  ])
  const keepsSeen = counterexamples[1]
  expect(keepsSeen?.final).toMatchObject({ s2: { term: 1, seen: 0 }, timers: { s2: [], s3: ['election'] }, up: { s2: false } })
  expect(keepsSeen?.steps.at(-1)).toMatchObject({ label: 'crash s2', node: 's2', fault: 'crash' })
  expect(keepsSeen?.steps.at(-1)?.changes).toContainEqual({ path: ['s2', 'seen'], before: 1, after: 0 })
})

test('after a restart the durable fields are there, and the timers are armed', async () => {
  const { witnesses } = await checked(
    protocol({
      ...definition,
      faults: { crash: 1, restart: true, total: 2 },
      sometimes: {
        recovered: (world) => world.server.s2.term === 1 && world.server.s2.seen === 0 && world.up.s2,
      },
    }),
  )
  expect(witnesses).toMatchObject([{ property: 'recovered', faults: 2, length: 4, final: { timers: { s2: ['election'] } } }])
})

test('overridden budgets replace those of the spec', async () => {
  const budgets = async (override?: CheckOptions['faults']) => {
    const crashes = protocol({ ...definition, faults: { crash: { server: 2, atOnce: 1 }, restart: true, drop: 1 } })
    const { coverage, faults } = await checked(crashes, override)
    const kinds = Object.keys(coverage.parts).filter((part) => part.startsWith('fault '))
    return { budget: faults.budget, kinds: kinds.map((part) => part.slice('fault '.length)) }
  }
  expect(await budgets()).toEqual({ budget: { drop: 1, 'crash.server': 2 }, kinds: ['drop', 'crash', 'restart'] })
  expect(await budgets('none')).toEqual({ budget: {}, kinds: [] })
  expect(await budgets({ crash: 1 })).toEqual({ budget: { crash: 1 }, kinds: ['crash', 'restart'] })
  expect(await budgets({ drop: 2, total: 1 })).toEqual({ budget: { drop: 2, total: 1 }, kinds: ['drop'] })
})

test('what history records at the start does not fix its fields', async () => {
  interface History {
    readonly last: null | { readonly a: number } | { readonly b: number }
  }
  const recorder: Role<{ readonly n: number }, { readonly type: 'never' }, History> = {
    nodes: ['r'],
    init: { n: 0 },
    start: () => ({ record: () => ({ last: { a: 1 } }) }),
    operations: { other: (self) => self.n === 0 && { state: { n: 1 }, record: () => ({ last: { b: 2 } }) } },
  }
  const records = spec('records', {}, () =>
    protocol({
      roles: { recorder },
      history: { last: null },
      terminal: true,
      sometimes: { other: ({ history }) => history.last !== null && 'b' in history.last },
    }),
  )
  expect(await check(records)).toMatchObject({ verdict: 'holds', states: { distinct: 2 } })
})

test('a protocol whose nodes handle no messages has no deliveries that never happened', async () => {
  const counting: Role<{ readonly n: number }, { readonly type: 'never' }> = {
    nodes: S,
    init: { n: 0 },
    operations: { count: (self) => self.n < 1 && { state: { n: self.n + 1 } } },
  }
  const silent = spec('silent', {}, () => protocol({ roles: { counting }, faults: { crash: 1 }, terminal: true }))
  const { coverage, states } = await check(silent)
  expect(coverage).toMatchObject({ actions: { count: expect.any(Number) }, neverFired: [] })
  expect(coverage.actions).not.toHaveProperty('deliver')
  // Three nodes that each have counted or not; or two, and the third is down and has lost its count.
  expect(states.distinct).toBe(8 + 3 * 4)
})

test('a protocol without nodes is a deadlock at once', async () => {
  const nobody: Role<{ readonly n: number }, { readonly type: 'never' }> = { nodes: [], init: { n: 0 } }
  const empty = spec('empty', {}, () => protocol({ roles: { nobody } }))
  expect(await check(empty)).toMatchObject({ verdict: 'violated', states: { distinct: 1 }, coverage: { neverFired: [] } })
})
