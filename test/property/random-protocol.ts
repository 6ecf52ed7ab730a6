import fc from 'fast-check'
import { Set } from 'immutable'
import { choose } from '../../src/spec/choose.js'
import { Protocol, protocol } from '../../src/spec/protocol.js'
import type { NetworkKind, NetworkOptions } from '../../src/spec/protocol-network.js'
import type { Reaction, Role } from '../../src/spec/protocol-role.js'
import { type Spec, spec } from '../../src/spec/spec.js'

/** A small protocol as data, so that a failing one can be read, shrunk and run again. */
export interface ProtocolData {
  readonly roles: { readonly a: RoleData; readonly b: RoleData }
  readonly network: NetworkKind | NetworkOptions<'a' | 'b'>
  readonly timeouts: 'any' | 'quiet' | 'idle'
  readonly clock: { readonly max: number; readonly drift: number; readonly roles?: readonly ('a' | 'b')[] } | null
  readonly faults: FaultsData
  /** Whether it has no constraints, and only properties that a state shows without its messages: then steps and evaluations may be left out. */
  readonly isPlain: boolean
}

interface FaultsData {
  readonly drop?: number | true
  readonly duplicate?: number
  readonly corrupt?: number
  readonly crash?: number | true | { readonly a?: number | true; readonly b?: number | true; readonly atOnce?: number }
  readonly restart?: number | true | { readonly a?: number | true; readonly b?: number | true }
  readonly partition?: number | { readonly budget: number | true; readonly oneWay: boolean }
  readonly heal?: number | true
  readonly skew?: number
  readonly total?: number
}

interface RoleData {
  readonly nodes: number
  readonly durable: readonly ('x' | 'y' | 'deep')[]
  readonly explicit: boolean
  readonly armed: boolean
  readonly start: ReactionData
  /** What a handler does, by what it sees: the value of x and that of the message. */
  readonly m: readonly ReactionData[]
  readonly n: readonly ReactionData[]
  readonly t: readonly ReactionData[]
  readonly op: readonly ReactionData[]
}

type ReactionData = null | { readonly kind: 'one' | 'several' | 'choice'; readonly effects: readonly (EffectsData | null)[] }

interface EffectsData {
  readonly x: number | null
  readonly y: number | null
  readonly deep: { readonly z?: number; readonly adds?: number } | null
  readonly sends: readonly { readonly to: number; readonly type: 'm' | 'n'; readonly value: number }[]
  readonly arm: boolean
  readonly disarm: boolean
  readonly record: boolean
  readonly sync: boolean
  /** Takes y from the clock, where there is one. */
  readonly reads: boolean
}

type Message = { readonly type: 'm'; readonly value: number } | { readonly type: 'n'; readonly value: number }
interface Own {
  readonly x: number
  readonly y: number
  readonly deep: { readonly z: number; readonly seen: Set<number> }
}
interface History {
  readonly count: number
  readonly last: { readonly x: number }
}

const budget = fc.oneof(fc.constantFrom<number | true>(1, 2, true), fc.constant(0))
const send = fc.record({ to: fc.nat({ max: 2 }), type: fc.constantFrom('m' as const, 'n' as const), value: fc.nat({ max: 1 }) })
const effects: fc.Arbitrary<EffectsData> = fc.record({
  x: fc.option(fc.nat({ max: 2 })),
  y: fc.option(fc.nat({ max: 1 })),
  deep: fc.option(fc.record({ z: fc.nat({ max: 1 }), adds: fc.nat({ max: 1 }) }, { requiredKeys: [] }), { freq: 1 }),
  sends: fc.array(send, { maxLength: 2 }),
  arm: fc.boolean(),
  disarm: fc.boolean(),
  record: fc.boolean(),
  sync: fc.boolean(),
  reads: fc.boolean(),
})
const reaction: fc.Arbitrary<ReactionData> = fc.option(
  fc.record({
    kind: fc.constantFrom('one' as const, 'one' as const, 'several' as const, 'choice' as const),
    effects: fc.array(fc.option(effects, { freq: 3 }), { maxLength: 2 }),
  }),
  { freq: 2 },
)
const table = fc.array(reaction, { minLength: 1, maxLength: 6 })
const role: fc.Arbitrary<RoleData> = fc.record({
  nodes: fc.integer({ min: 1, max: 2 }),
  durable: fc.constantFrom<('x' | 'y' | 'deep')[]>([], ['x'], ['x', 'y'], ['y', 'deep']),
  explicit: fc.boolean(),
  armed: fc.boolean(),
  start: reaction,
  m: table,
  n: table,
  t: table,
  op: fc.oneof(fc.constant([null]), table),
})
const kind = fc.constantFrom('unordered' as const, 'fifo' as const, 'set' as const)
const roleName = fc.constantFrom('a' as const, 'b' as const)
const faults: fc.Arbitrary<FaultsData> = fc.record(
  {
    drop: budget,
    duplicate: fc.nat({ max: 2 }),
    corrupt: fc.nat({ max: 1 }),
    crash: fc.oneof(
      budget,
      fc.record({ a: budget, b: budget, atOnce: fc.constantFrom(1, 2) }, { requiredKeys: ['a'] }),
      fc.record({ b: budget, atOnce: fc.constantFrom(1, 2) }, { requiredKeys: ['atOnce'] }),
    ),
    restart: fc.oneof(budget, fc.record({ a: budget, b: budget }, { requiredKeys: [] })),
    partition: fc.oneof(fc.nat({ max: 1 }), fc.record({ budget, oneWay: fc.boolean() })),
    heal: budget,
    skew: fc.nat({ max: 1 }),
    total: fc.nat({ max: 3 }),
  },
  { requiredKeys: [] },
)

/** Random small protocols, with every kind of network and fault. */
export const protocolArbitrary: fc.Arbitrary<ProtocolData> = fc.record({
  roles: fc.record({ a: role, b: role }),
  network: fc.oneof(
    kind,
    fc.record({
      kind,
      links: fc.array(fc.record({ from: roleName, to: roleName, kind }), { maxLength: 2 }),
      toCrashed: fc.constantFrom('stays' as const, 'lost' as const),
    }),
  ),
  timeouts: fc.constantFrom('any' as const, 'quiet' as const, 'idle' as const),
  clock: fc.option(
    fc.record(
      { max: fc.integer({ min: 1, max: 2 }), drift: fc.nat({ max: 1 }), roles: fc.constant(['a' as const]) },
      { requiredKeys: ['max', 'drift'] },
    ),
  ),
  faults,
  isPlain: fc.boolean(),
})

function roleOf(
  name: 'a' | 'b',
  data: ProtocolData,
  ids: readonly string[],
  own: readonly string[],
): Role<Own, Message, History> {
  const { durable, explicit, armed, start, m, n, t, op } = data.roles[name]
  const hasClock = data.clock !== null && (data.clock.roles ?? ['a', 'b']).includes(name)
  type Context = { readonly now: number }
  const effectsOf = (one: EffectsData | null, self: Own, ctx: Context) =>
    one !== null && {
      state: {
        ...(one.x === null ? {} : { x: one.x }),
        ...(one.reads && hasClock ? { y: Math.abs(ctx.now) % 2 } : one.y === null ? {} : { y: one.y }),
        ...(one.deep === null ? {} : { deep: deepAfter(one.deep, self) }),
      },
      send: one.sends.map(({ to, type, value }) => ({ to: ids[to % ids.length] as string, type, value })),
      ...(one.arm ? { arm: ['t'] } : {}),
      ...(one.disarm ? { disarm: ['t'] } : {}),
      ...(one.record
        ? { record: (history: History) => ({ count: (history.count + history.last.x + 1) % 2, last: { x: one.x ?? 0 } }) }
        : {}),
      ...(one.sync && explicit ? { sync: true as const } : {}),
    }
  const reactionOf = (reaction: ReactionData | undefined, self: Own, ctx: Context): Reaction<Own, Message, History> => {
    if (reaction === null || reaction === undefined) return undefined
    if (reaction.kind === 'one') return effectsOf(reaction.effects[0] ?? null, self, ctx)
    if (reaction.kind === 'several') return reaction.effects.map((one) => effectsOf(one, self, ctx))
    return choose([...reaction.effects.keys()], (index) => effectsOf(reaction.effects[index] ?? null, self, ctx))
  }
  const pick = (table: readonly ReactionData[], index: number) => table[index % table.length]
  return {
    nodes: own,
    init: (id) => ({ x: id.endsWith('2') ? 1 : 0, y: 0, deep: { z: 0, seen: Set<number>() } }),
    durable,
    ...(explicit ? { sync: 'explicit' as const } : {}),
    armed: armed ? ['t'] : [],
    start: (self, ctx) => reactionOf(start, self, ctx),
    on: {
      m: (self, { value }, ctx) => reactionOf(pick(m, self.x + 3 * value + self.deep.z), self, ctx),
      n: (self, { value }, ctx) => reactionOf(pick(n, self.x + 3 * value + (ctx.from.startsWith('a') ? 1 : 0)), self, ctx),
    },
    timers: { t: (self, ctx) => reactionOf(pick(t, self.x + self.deep.seen.size), self, ctx) },
    operations: { op: (self, ctx) => reactionOf(pick(op, self.x), self, ctx) },
  }
}

/** The nested fields that change; what is added is told from the set as it is. */
function deepAfter({ z, adds }: NonNullable<EffectsData['deep']>, { deep: { seen } }: Own): Partial<Own['deep']> {
  return { ...(z === undefined ? {} : { z }), ...(adds === undefined ? {} : { seen: seen.add(adds) }) }
}

/** The most messages in flight that the random protocols are explored with. */
const messagesMax = 3

export function protocolOf(data: ProtocolData): Protocol<unknown> {
  const idsOf = (name: 'a' | 'b') => Array.from({ length: data.roles[name].nodes }, (_, index) => `${name}${index + 1}`)
  const [as, bs] = [idsOf('a'), idsOf('b')]
  const ids = [...as, ...bs]
  const { drop, duplicate, corrupt, crash, restart, partition, heal, skew, total } = data.faults
  const sets = data.network === 'set' || (typeof data.network === 'object' && data.network.kind === 'set')
  const whole = protocol({
    roles: { a: roleOf('a', data, ids, as), b: roleOf('b', data, ids, bs) },
    network: data.network,
    timeouts: data.timeouts,
    ...(data.clock === null ? {} : { clock: data.clock }),
    faults: {
      ...(drop === undefined ? {} : { drop }),
      ...(duplicate === undefined || sets ? {} : { duplicate }),
      ...(corrupt === undefined
        ? {}
        : { corrupt: { budget: corrupt, forms: ({ type, value }: Message) => [{ type, value: 1 - value }] } }),
      ...(crash === undefined ? {} : { crash }),
      ...(restart === undefined ? {} : { restart }),
      ...(partition === undefined ? {} : { partition }),
      ...(heal === undefined ? {} : { heal }),
      ...(skew === undefined || data.clock === null ? {} : { skew: { budget: skew, by: [-1, 1] } }),
      ...(total === undefined ? {} : { total }),
    },
    history: { count: 0, last: { x: 0 } },
    invariants: {
      firstBelowTwo: (world) => world.a.a1.x < 2,
      notAllOnes: (world) => !(world.a.a1.x === 1 && world.b.b1.x === 1 && world.history.last.x === 1),
      fewInFlight: (world) => world.messages.length < messagesMax || { because: 'many messages', messages: world.messages },
      // Quickly broken by a fault, and perhaps later without: where the two orders of counterexamples differ.
      upAndSmall: (world) => world.up.a1 && world.up.b1 && world.b.b1.x < 2,
      upOrZero: (world) => world.up.b1 || world.b.b1.y === 0,
      early: (world) => data.clock === null || world.now.a1 < 2,
    },
    transitions: {
      keepsY: (before, after, step) => step.node !== 'a1' || step.fault !== null || after.a.a1.y >= before.a.a1.y,
      delivers: (_before, after, step) => step.envelope?.message.type !== 'n' || after.history.count === 0,
      sendsOne: (before, after) => after.messages.length <= before.messages.length + 1,
    },
    sometimes: { counted: (world) => world.history.count === 1 && world.b.b1.x === 2 },
    alwaysPossible: {
      upAgain: (world) => world.up.a1 && world.up.b1,
      quiet: (world) => world.messages.length === 0,
      secondAtOne: (world) => world.b.b1.x === 1 || world.history.count === 1,
    },
    terminal: (world) => world.a.a1.x === 0,
    constraints: { few: (world) => world.messages.length <= messagesMax },
  })
  if (!data.isPlain) return whole
  const { fewInFlight: _, ...invariants } = whole.definition.invariants ?? {}
  return new Protocol({ ...whole.definition, invariants, transitions: {}, constraints: {} }, whole.site)
}

export function protocolSpecOf(data: ProtocolData): Spec {
  return spec('random', {}, () => protocolOf(data)) as Spec
}
