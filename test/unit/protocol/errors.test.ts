import { check, ids, protocol, type Role, SpecError, same, spec, whole } from 'faultline'
import { is, List, Map } from 'immutable'
import { expect, test } from 'vitest'
import { errorReport } from '../../../src/report/error-report.js'
import type { ProtocolDefinition } from '../../../src/spec/protocol.js'
import { Protocol } from '../../../src/spec/protocol.js'
import { locateFunction } from '../../../src/spec/source-location.js'

type Message = { readonly type: 'vote'; readonly yes: boolean } | { readonly type: 'end' }
interface Own {
  readonly term: number
  readonly log: { readonly last: number }
}
type Server = Role<Own, Message>
/** A role as someone without a compiler may write it. */
type Up = { readonly up: { readonly [id: string]: boolean }; readonly server: { readonly [id: string]: unknown } }
type Loose = { readonly [key: string]: unknown }

const S = ids('s', 2)
const server: Server = {
  nodes: S,
  init: { term: 0, log: { last: 0 } },
  on: { vote: (_self, { yes }) => ({ state: { term: yes ? 1 : 0 } }), end: () => ({}) },
  timers: { election: () => ({}) },
  operations: { go: () => ({ send: [{ to: 's2', type: 'end' }] }) },
}

const specOf = (definition: Loose) =>
  spec('x', {}, () => new Protocol<unknown, string>(definition as unknown as ProtocolDefinition, 'x.ts:1:1'))

/** The mistake that a check reports. */
async function mistake(role: Loose, rest: Loose = {}): Promise<SpecError> {
  const definition = { terminal: true, ...rest, roles: { server: { ...server, ...role }, ...(rest.roles as Loose | undefined) } }
  const error: unknown = await check(specOf(definition), { maxStates: 1000 }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(SpecError)
  return error as SpecError
}

const onGo = (reaction: unknown) => onGoRun(() => reaction)
const onGoRun = (go: () => unknown) => ({ operations: { go } })

test.each<[string, Loose, Loose, RegExp, RegExp]>([
  [
    'a message to a node that there is not',
    onGo({ send: [{ to: 's9', type: 'end' }] }),
    {},
    /'end' goes to 's9'.*no such node/,
    /did you mean 's1'/,
  ],
  ['a message to nobody', onGo({ send: [{ type: 'end' }] }), {}, /'end' goes to nobody/, /s1, s2/],
  [
    'a message that no role handles',
    onGo({ send: [{ to: 's1', type: 'votes' }] }),
    {},
    /'votes' is sent, and no role/,
    /did you mean 'vote'/,
  ],
  [
    'a patch of a field that there is not',
    onGo({ state: { trem: 1 } }),
    {},
    /sets 'trem', which `init` does not have/,
    /did you mean 'term'/,
  ],
  [
    'a patch of a nested field that there is not',
    onGo({ state: { log: { first: 1 } } }),
    {},
    /sets 'log.first'/,
    /the fields there are last/,
  ],
  [
    'a record replaced by a value',
    onGo({ state: { log: 3 } }),
    {},
    /'log' is a record and cannot be replaced/,
    /return the fields/,
  ],
  ['a field set to undefined', onGo({ state: { term: undefined } }), {}, /sets 'term' to undefined/, /null for "none"/],
  [
    'a message with a value that no state holds',
    onGo({ send: [{ to: 's1', type: 'end', when: [new globalThis.Map()] }] }),
    {},
    /server\.operations\.go of s1: 'message\.when\[0\]' would hold a JavaScript Map/,
    /./,
  ],
  ['a timer that there is not', onGo({ arm: ['elections'] }), {}, /there is no timer 'elections'/, /did you mean 'election'/],
  ['a part of a reaction that there is not', onGo({ sends: [] }), {}, /returned 'sends'/, /did you mean 'send'/],
  ['fields outside of `state`', onGo({ term: 3 }), {}, /returned 'term'/, /fields of the node go into `state`/],
  ['a reaction that is no object', onGo(7), {}, /returned number/, /return \{ state/],
  ['a promise', onGo(Promise.resolve({})), {}, /returned a promise/, /drop the `async`/],
  ['a message that is not in a list', onGo({ send: { to: 's1', type: 'end' } }), {}, /`send` that is not an array/, /\[\.\.\.\]/],
  ['a node without a name', { nodes: ['s1', ''] }, {}, /a node of 'server' has an empty id/, /name/],
  ['a handler without a name', { operations: { '': () => ({}) } }, {}, /empty name in server\.operations/, /call it/],
  ['a property without a name', {}, { invariants: { '': () => true } }, /empty name in invariants/, /call it/],
  ['a handler that is no function', { on: { end: 3 } }, {}, /server\.on\.end is not a function/, /handler/],
  ['a key of a role that there is not', { timer: {} }, {}, /role 'server' has no 'timer'/, /did you mean 'timers'/],
  ['a durable field that there is not', { durable: ['trem'] }, {}, /server\.durable names 'trem'/, /did you mean 'term'/],
  [
    'an armed timer that there is not',
    { armed: ['elect'] },
    {},
    /server\.armed: there is no timer 'elect'/,
    /it takes election|did you mean/,
  ],
  [
    'an operation called as another step',
    { operations: { deliver: () => ({}) } },
    {},
    /operation cannot be called 'deliver'/,
    /another/,
  ],
  [
    'an initial state that throws',
    {
      init: (id: string) => {
        throw new RangeError(`no ${id}`)
      },
    },
    {},
    /init of server 's1' threw RangeError: no s1/,
    /every node/,
  ],
  ['an initial state that is no record', { init: 3 }, {}, /init of server 's1' is not a record/, /object/],
  ['an initial state that no state can hold', { init: { term: new Date(0) } }, {}, /init of server 's1' holds a Date/, /./],
  [
    'two roles that share a node',
    {},
    { roles: { other: { ...server, nodes: ['s2'] } } },
    /'s2' is a node of 'server' and again of 'other'/,
    /own/,
  ],
  ['a kind of fault that there is not', {}, { faults: { drops: 1 } }, /there is no fault 'drops'/, /did you mean 'drop'/],
  ['a budget that is no number', {}, { faults: { drop: -1 } }, /budget of 'drop' cannot be -1/, /whole number/],
  [
    'a crash of a role that there is not',
    {},
    { faults: { crash: { servers: 1 } } },
    /no role 'servers'/,
    /did you mean 'server'/,
  ],
  ['a network that there is not', {}, { network: 'fifos' }, /no network 'fifos'/, /did you mean 'fifo'/],
  [
    'a duplicate where messages are redelivered',
    {},
    { network: 'set', faults: { duplicate: 1 } },
    /'set' cannot duplicate/,
    /leave out/,
  ],
  [
    'a key of a protocol that there is not',
    {},
    { invariant: {} },
    /protocol\(\.\.\.\) has no 'invariant'/,
    /did you mean 'invariants'/,
  ],
  [
    'a clock that is read and not there',
    { operations: { go: (_: Own, ctx: { now: number }) => ({ state: { term: ctx.now } }) } },
    {},
    /'s1' has no clock/,
    /clock: \{ max/,
  ],
  [
    'a history that there is not',
    onGo({ record: () => ({}) }),
    {},
    /server\.operations\.go of s1: returned `record`/,
    /`history: \{/,
  ],
  [
    'a sync where writes are durable at once',
    onGo({ sync: true }),
    {},
    /returned `sync`.*'server' is durable at once/,
    /'explicit'/,
  ],
  ['a sync that is no `true`', { ...onGo({ sync: 'yes' }), sync: 'explicit' }, {}, /`sync` that is yes/, /`true`/],
  ['a role without a name', {}, { roles: { '': { ...server, nodes: ['x'] } } }, /role has an empty name/, /call it/],
  ['handlers that are no object', { on: () => ({}) }, {}, /server\.on cannot be a function/, /object of handlers/],
  ['durable fields that are no list', { durable: 'term' }, {}, /server\.durable cannot be 'term'/, /list of names/],
  ['armed timers that are no list', { armed: 'election' }, {}, /server\.armed cannot be 'election'/, /list of names/],
  ['invariants that are one function', {}, { invariants: () => false }, /invariants is not an object of functions/, /name/],
  ['goals that are a JavaScript Map', {}, { alwaysPossible: new globalThis.Map() }, /alwaysPossible is not an object/, /name/],
  ['a terminal that says nothing', {}, { terminal: 'yes' }, /terminal cannot be 'yes'/, /function of the world/],
  ['links without a kind', {}, { network: { links: [{ from: 'server', to: 'server' }] } }, /nothing says of what kind/, /fifo/],
  ['links that are no list', {}, { network: { links: {} } }, /network\.links cannot be an object/, /list/],
  ['a clock that is a number', {}, { clock: 5 }, /the clock cannot be 5/, /max/],
  ['faults that are a number', {}, { faults: 3 }, /faults cannot be 3/, /budgets by kind/],
  ['corruption without forms', {}, { faults: { corrupt: 1 } }, /does not say what corrupted messages look like/, /forms/],
  ['skew without jumps', {}, { clock: { max: 2 }, faults: { skew: 1 } }, /how often clocks jump, or how far/, /by: \[/],
  [
    'jumps by half a tick',
    {},
    { clock: { max: 2 }, faults: { skew: { budget: 1, by: [0.5] } } },
    /not a list of whole numbers/,
    /by/,
  ],
  ['crashes that name nothing', {}, { faults: { crash: {} } }, /names no role and no bound/, /atOnce/],
  ['a partition without a budget', {}, { faults: { partition: { budgt: 1 } } }, /faults\.partition has no 'budgt'/, /'budget'/],
  ['a side of no nodes', {}, { faults: { partition: { budget: 1, sides: [[]] } } }, /side of no nodes/, /some of/],
  ['a side of all nodes', {}, { faults: { partition: { budget: 1, sides: [['s1', 's2']] } } }, /side of all nodes/, /some of/],
  ['a side that is no list', {}, { faults: { partition: { budget: 1, sides: ['s1'] } } }, /a side in .* cannot be 's1'/, /list/],
  ['a side of unknown nodes', {}, { faults: { partition: { budget: 1, sides: [['s9']] } } }, /no node 's9'/, /did you mean 's/],
  [
    'a property that asks whether nobody is up',
    {},
    { invariants: { up: (w: Up) => !w.up.s9 } },
    /'up\.s9'.*no node 's9'/,
    /'s1'/,
  ],
  ['a property of nobody', {}, { invariants: { seen: (w: Up) => w.server.x === undefined } }, /'server\.x'.*no node/, /s1, s2/],
  [
    'a role whose whole state is one value',
    { init: whole({ term: 0, log: { last: 0 } }) },
    {},
    /init of server 's1' is not a record/,
    /object/,
  ],
  ['a list in a list', onGo([[{}]]), {}, /returned a list in a list/, /such in an array/],
  ['an empty list in a list', onGo([[]]), {}, /returned a list in a list/, /such in an array/],
  ['a start that leaves nothing', { start: () => [], init: { term: 0, log: { last: 0 } }, armed: ['none'] }, {}, /armed/, /./],
])('%s is refused', async (_, role, rest, message, hint) => {
  const error = await mistake(role, rest)
  expect(error.message).toMatch(message)
  expect(error.hint).toMatch(hint)
})

test('a throwing handler is named, with its node and what it got', async () => {
  const error = await mistake({
    operations: {
      go: () => {
        throw new TypeError('oops')
      },
    },
  })
  expect(error.message).toMatch(/server\.operations\.go of s1 threw TypeError: oops/)
  expect(error.state).toMatchObject({ s1: { term: 0 } })
})

test('what a handler throws is shown where it was thrown, with what to do', async () => {
  const failing = () => {
    throw new TypeError('oops')
  }
  const error = await mistake(onGoRun(() => failing()))
  expect(error.hint).toMatch(/guard this case/)
  expect(errorReport(error).error.stack[0]).toMatch(/failing .*errors\.test\.ts:\d+/)
})

test('what libraries ask a world for is no node', async () => {
  const looking = protocol({
    roles: { server: { ...server, operations: { go: ({ term }: Own) => term < 2 && { state: { term: term + 1 } } } } },
    invariants: {
      mapped: (world) => Map(world.server).size === 2 && List([world.up]).size === 1,
      nobody: (world) => (world.server[String(null)] ?? world.server['']) === undefined,
    },
    transitions: { up: (before, after) => same(before.up, after.up) && is(before.server, before.server) },
    terminal: true,
  })
  expect((await check(spec('looking', {}, () => looking))).verdict).toBe('holds')
})

test('a property may ask of a role for a node of another, which it does not have', async () => {
  const other: Server = { ...server, nodes: ['o1'] }
  const asking = protocol({
    roles: { server, other },
    invariants: { apart: (world) => world.server.o1 === undefined && world.other.s1 === undefined },
    terminal: true,
  })
  const { counterexamples, states } = await check(
    spec('asking', {}, () => asking),
    { maxStates: 20 },
  )
  expect([counterexamples, states.distinct]).toEqual([[], 20])
})

test('a handler that changes what it is given is told that states are immutable', async () => {
  const error = await mistake({
    operations: {
      go: (self: { term: number }) => {
        self.term = 1
        return {}
      },
    },
  })
  expect(error.hint).toMatch(/states are immutable/)
})

test('overrides name unknown kinds of faults, and those that the spec does not describe', async () => {
  const votes = spec('votes', {}, () => protocol({ roles: { server }, terminal: true }))
  await expect(check(votes, { faults: { crashs: 1 } })).rejects.toMatchObject({ hint: "did you mean 'crash'?" })
  await expect(check(votes, { faults: { corrupt: 1 } })).rejects.toThrow(/nothing says what corrupted messages look like/)
  await expect(check(votes, { faults: { skew: 1 } })).rejects.toThrow(/nothing says how far clocks jump/)
  await expect(check(votes, { faults: { 'crash.atOnce': 1 } })).rejects.toThrow(/bounds crashes, and nothing crashes/)
  await expect(check(votes, { faults: { heal: 1 } })).rejects.toThrow(/ends partitions, and there are none/)
})

test('a value that no state holds is found where the handler is written that returned it', async () => {
  const end = () => ({ state: { log: { last: Number.NaN } } })
  const error = await mistake({ on: { ...server.on, end }, timers: {} })
  expect(error.message).toMatch(/server\.on\.end of s2: 'log\.last' would hold NaN/)
  expect(error.path).toEqual(['log', 'last'])
  expect(error.site).toBe(locateFunction(end))
})
