import { Choice } from '../../src/spec/choose.js'
import type { Protocol, ProtocolDefinition, ProtocolStep, Roles, World } from '../../src/spec/protocol.js'
import type { Envelope } from '../../src/spec/protocol-role.js'
import { firstLost, type GoalState } from './lost-goals.js'
import { canonical } from './naive-explorer.js'

/** How far a state or a violation is: by steps alone, or by faults first. */
export interface Distance {
  readonly faults: number
  readonly steps: number
}

/** What the whole space of a protocol is, by the simplest search that can be right. */
export interface ProtocolReference {
  readonly distinct: number
  readonly generated: number
  readonly depth: number
  /** Per property the steps of a shortest counterexample (for a `sometimes`: of a witness), `null` where there is none. */
  readonly lengths: { readonly [property: string]: number | null }
  /** The same with the fewest faults, and among those the fewest steps. */
  readonly fewestFaults: { readonly [property: string]: Distance | null }
  /** Per violated property (but for goals) the least budgets that it takes, each as `crash.a=1, drop=1`, in alphabetical order. */
  readonly breaks: { readonly [property: string]: readonly string[] }
}

interface Fields {
  readonly [field: string]: unknown
}
interface Node {
  readonly up: boolean
  readonly fields: Fields
  readonly armed: readonly string[]
  /** What was last synced. */
  readonly disk: Fields
  readonly jump: number
}
interface State {
  readonly nodes: { readonly [id: string]: Node }
  /** All messages in flight in the order sent; what of the order counts depends on the network. */
  readonly flight: readonly Envelope[]
  readonly history: unknown
  readonly used: { readonly [budget: string]: number }
  readonly cut: readonly string[] | null
  readonly ticks: { readonly [id: string]: number }
}
interface Successor {
  readonly state: State
  readonly step: ProtocolStep
  readonly waits: boolean
}
type Reaction = { readonly [part: string]: unknown } | undefined

const isPlain = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

const merge = (init: unknown, now: unknown, patch: unknown): unknown => {
  if (!isPlain(init) || !isPlain(now) || !isPlain(patch)) return patch
  return Object.fromEntries(
    Object.keys(now).map((key) => [key, key in patch ? merge(init[key], now[key], patch[key]) : now[key]]),
  )
}

/** The leaves of what a handler returned, each with what was chosen; `undefined`, once, stands for "nothing" where nothing else is chosen. */
function* leaves(returned: unknown, args: readonly unknown[] = []): Iterable<{ reaction: Reaction; args: readonly unknown[] }> {
  if (returned instanceof Choice) {
    const chosen = Array.from(returned.among, (element) => [...leaves(returned.branch(element), [...args, element])])
    const some = chosen.flat().filter(({ reaction }) => reaction !== undefined)
    if (some.length === 0) yield { reaction: undefined, args }
    yield* some
  } else if (Array.isArray(returned)) {
    const some = returned.filter((one) => one)
    if (some.length === 0) yield { reaction: undefined, args }
    for (const one of some) yield { reaction: one as Reaction, args }
  } else yield { reaction: returned ? (returned as Reaction) : undefined, args }
}

/** A protocol as its definition reads, interpreted directly. Shares no code with the translation, nor with the engine. */
class Interpreter {
  readonly definition: ProtocolDefinition
  readonly roleOf: { readonly [id: string]: string }
  readonly ids: readonly string[]
  readonly #clocked: readonly string[]
  readonly #written = new WeakMap<object, string>()

  constructor(definition: ProtocolDefinition) {
    this.definition = definition
    this.roleOf = Object.fromEntries(
      Object.entries(definition.roles).flatMap(([name, { nodes }]) => nodes.map((id) => [id, name])),
    )
    this.ids = Object.keys(this.roleOf)
    const { clock } = definition
    this.#clocked = clock === undefined ? [] : this.ids.filter((id) => (clock.roles ?? [this.role(id)]).includes(this.role(id)))
  }

  role(id: string): string {
    return this.roleOf[id] as string
  }

  #roleOf(id: string) {
    return this.definition.roles[this.role(id)] as NonNullable<ProtocolDefinition['roles'][string]>
  }

  #init(id: string): Fields {
    const { init } = this.#roleOf(id)
    return typeof init === 'function' ? init(id) : init
  }

  network(from: string, to: string): string {
    const { network = 'unordered' } = this.definition
    if (typeof network === 'string') return network
    const link = network.links?.find((one) => one.from === this.role(from) && one.to === this.role(to))
    return link?.kind ?? network.kind ?? 'unordered'
  }

  /** Most parts of a state are those of the state before it: what they are is written out once. */
  #canonical(part: object): string {
    const written = this.#written.get(part) ?? canonical(part)
    this.#written.set(part, written)
    return written
  }

  key({ nodes, flight, ...rest }: State): string {
    const links: { [link: string]: string[] } = {}
    for (const envelope of flight) {
      const link = `${envelope.from} ${envelope.to}`
      links[link] = [...(links[link] ?? []), this.#canonical(envelope.message)]
    }
    const content = Object.entries(links).map(([link, messages]) => {
      const [from, to] = link.split(' ') as [string, string]
      const kind = this.network(from, to)
      return [link, kind === 'fifo' ? messages : kind === 'set' ? [...new Set(messages)].sort() : messages.sort()]
    })
    return canonical({
      nodes: this.ids.map((id) => this.#canonical(nodes[id] as Node)),
      rest,
      content: Object.fromEntries(content),
    })
  }

  world({ nodes, flight, history, ticks }: State): World<Roles> {
    const roles = Object.keys(this.definition.roles).map((name) => {
      const members = this.ids.filter((id) => this.role(id) === name)
      return [name, Object.fromEntries(members.map((id) => [id, nodes[id]?.fields]))]
    })
    const set = new Map<string, Envelope>()
    const kept = flight.filter((envelope) => {
      if (this.network(envelope.from, envelope.to) !== 'set') return true
      const isNew = !set.has(this.#canonical(envelope))
      set.set(this.#canonical(envelope), envelope)
      return isNew
    })
    const each = <T>(ids: readonly string[], value: (id: string) => T) => Object.fromEntries(ids.map((id) => [id, value(id)]))
    const up = each(this.ids, (id) => nodes[id]?.up)
    const now = each(this.#clocked, (id) => (ticks[id] ?? 0) + (nodes[id]?.jump ?? 0))
    return { ...Object.fromEntries(roles), up, now, messages: kept, history } as World<Roles>
  }

  initial(): State[] {
    const node = (id: string): Node => {
      const fields = this.#init(id)
      return { up: true, fields, armed: [...(this.#roleOf(id).armed ?? [])].sort(), disk: this.#durable(id, fields), jump: 0 }
    }
    const before: State = {
      nodes: Object.fromEntries(this.ids.map((id) => [id, node(id)])),
      flight: [],
      history: this.definition.history,
      used: {},
      cut: null,
      ticks: Object.fromEntries(this.#clocked.map((id) => [id, 0])),
    }
    return this.ids.reduce<State[]>((states, id) => states.flatMap((state) => this.#started(state, id, false)), [before])
  }

  #durable(id: string, fields: Fields): Fields {
    return Object.fromEntries((this.#roleOf(id).durable ?? []).map((field) => [field, fields[field]]))
  }

  #context(state: State, id: string, more: Fields = {}) {
    const now = (state.ticks[id] ?? 0) + (state.nodes[id]?.jump ?? 0)
    return { id, now, from: '', restarted: false, ...more }
  }

  #started(state: State, id: string, restarted: boolean): State[] {
    const { start } = this.#roleOf(id)
    const self = (state.nodes[id] as Node).fields
    const returned = start?.(self, this.#context(state, id, { restarted }))
    return Array.from(leaves(returned), ({ reaction }) => this.#react(state, id, reaction ?? {}))
  }

  #react(state: State, id: string, reaction: NonNullable<Reaction>): State {
    const node = state.nodes[id] as Node
    const role = this.#roleOf(id)
    const fields = reaction.state === undefined ? node.fields : (merge(this.#init(id), node.fields, reaction.state) as Fields)
    const armed = new Set(node.armed)
    for (const timer of (reaction.disarm ?? []) as string[]) armed.delete(timer)
    for (const timer of (reaction.arm ?? []) as string[]) armed.add(timer)
    const sends = ((reaction.send ?? []) as { to: string; type: string }[]).map(({ to, ...message }) => ({
      from: id,
      to,
      message,
    }))
    const record = reaction.record as ((history: unknown) => unknown) | undefined
    return {
      ...state,
      nodes: {
        ...state.nodes,
        [id]: {
          ...node,
          fields,
          armed: [...armed].sort(),
          // Where writes are durable at once, what is on disk is not a fact of its own.
          disk: role.sync === 'explicit' && reaction.sync ? this.#durable(id, fields) : node.disk,
        },
      },
      flight: [...state.flight, ...sends],
      history: record === undefined ? state.history : merge(this.definition.history, state.history, record(state.history)),
    }
  }

  successors(state: State): Successor[] {
    const steps = [...this.#protocolSteps(state)]
    const { timeouts } = this.definition
    const busy = steps.some(
      ({ waits, step }) => !waits && (timeouts === 'idle' || step.action === 'deliver' || step.action === 'lose'),
    )
    return [...steps.filter(({ waits }) => !waits || !busy), ...this.#faultSteps(state)]
  }

  #step(action: string, fault: string | null, state: State, more: Partial<ProtocolStep> = {}): Successor {
    const waits = ['quiet', 'idle'].includes(this.definition.timeouts ?? 'any') && (action === 'timeout' || action === 'tick')
    return { state, waits, step: { action, args: [], node: null, fault, envelope: null, ...more } }
  }

  *#protocolSteps(state: State): Iterable<Successor> {
    for (const { envelope, index } of this.#oldest(state)) yield* this.#deliveries(state, envelope, index)
    for (const id of this.ids) {
      const node = state.nodes[id] as Node
      if (!node.up) continue
      const role = this.#roleOf(id)
      for (const timer of node.armed) {
        const fired = { ...state, nodes: { ...state.nodes, [id]: { ...node, armed: node.armed.filter((one) => one !== timer) } } }
        for (const { reaction } of leaves(role.timers?.[timer]?.(node.fields, this.#context(state, id))))
          if (reaction !== undefined) yield this.#step('timeout', null, this.#react(fired, id, reaction), { node: id })
      }
      for (const [operation, run] of Object.entries(role.operations ?? {}))
        for (const { reaction } of leaves(run(node.fields, this.#context(state, id))))
          if (reaction !== undefined) yield this.#step(operation, null, this.#react(state, id, reaction), { node: id })
    }
    const { clock } = this.definition
    if (clock === undefined) return
    const { max, drift = 0 } = clock
    const together = Object.fromEntries(this.#clocked.map((id) => [id, (state.ticks[id] as number) + 1]))
    const times =
      drift === 0 ? [together] : this.#clocked.map((id) => ({ ...state.ticks, [id]: (state.ticks[id] as number) + 1 }))
    for (const ticks of this.#clocked.length === 0 ? [] : times) {
      const all = Object.values(ticks)
      if (Math.max(...all) <= max && this.#mayTick(state.ticks, ticks, drift)) yield this.#step('tick', null, { ...state, ticks })
    }
  }

  /** The clock that advances must not run away from any other; the others may be as far apart as they are. */
  #mayTick(before: State['ticks'], after: State['ticks'], drift: number): boolean {
    return this.#clocked.every((id) => {
      const time = after[id] as number
      return time === before[id] || this.#clocked.every((other) => time - (after[other] as number) <= drift)
    })
  }

  /** The messages that may be the next: each different one, of a FIFO channel only the oldest. */
  #oldest({ flight }: State): { envelope: Envelope; index: number }[] {
    const met = new Set<string>()
    return flight.flatMap((envelope, index) => {
      const isFifo = this.network(envelope.from, envelope.to) === 'fifo'
      const key = isFifo ? `${envelope.from} ${envelope.to}` : this.#canonical(envelope)
      if (met.has(key)) return []
      met.add(key)
      return [{ envelope, index }]
    })
  }

  /** Without one message; on a `set` network without all copies of it, which are one. */
  #without(flight: readonly Envelope[], index: number): readonly Envelope[] {
    const { from, to } = flight[index] as Envelope
    const key = this.#canonical(flight[index] as Envelope)
    return this.network(from, to) === 'set'
      ? flight.filter((other) => this.#canonical(other) !== key)
      : flight.filter((_, other) => other !== index)
  }

  *#deliveries(state: State, envelope: Envelope, index: number): Iterable<Successor> {
    const { from, to, message } = envelope
    const kind = this.network(from, to)
    const node = state.nodes[to] as Node
    if (this.#separated(state, from, to)) return
    const consumed = kind === 'set' ? state : { ...state, flight: this.#without(state.flight, index) }
    const { network } = this.definition
    if (!node.up) {
      if (typeof network === 'object' && network.toCrashed === 'lost' && kind !== 'set')
        yield this.#step('lose', null, consumed, { envelope })
      return
    }
    const handler = this.#roleOf(to).on?.[message.type]
    for (const { reaction } of leaves(handler?.(node.fields, message, this.#context(state, to, { from })))) {
      if (reaction === undefined && kind !== 'fifo') continue
      const after = reaction === undefined ? consumed : this.#react(consumed, to, reaction)
      yield this.#step('deliver', null, after, { node: to, envelope })
    }
  }

  #separated({ cut }: State, from: string, to: string): boolean {
    if (cut === null || from === to) return false
    const { partition } = this.definition.faults ?? {}
    const [leaves, enters] = [cut.includes(from) && !cut.includes(to), !cut.includes(from) && cut.includes(to)]
    return leaves || (enters && !(typeof partition === 'object' && partition.oneWay === true))
  }

  /** The state with a fault spent, or nothing where the budget does not allow it. */
  *#spent(state: State, key: string, budget: number | boolean | undefined): Iterable<State> {
    const { total } = this.definition.faults ?? {}
    const used = { ...state.used }
    for (const [name, most] of [
      [key, budget ?? 0],
      ['total', total ?? true],
    ] as const) {
      if (most === true) continue
      if ((used[name] ?? 0) >= Number(most)) return
      used[name] = (used[name] ?? 0) + 1
    }
    yield { ...state, used }
  }

  *#faultSteps(state: State): Iterable<Successor> {
    const { drop, duplicate, corrupt } = this.definition.faults ?? {}
    for (const { envelope, index } of this.#oldest(state)) {
      const { from, to, message } = envelope
      const { flight } = state
      const put = (...forms: Envelope[]) => [...flight.slice(0, index), ...forms, ...flight.slice(index + 1)]
      for (const spent of this.#spent(state, 'drop', drop))
        yield this.#step('drop', 'drop', { ...spent, flight: this.#without(flight, index) }, { envelope })
      if (this.network(from, to) !== 'set')
        for (const spent of this.#spent(state, 'duplicate', duplicate))
          yield this.#step('duplicate', 'duplicate', { ...spent, flight: put(envelope, envelope) }, { envelope })
      for (const spent of this.#spent(state, 'corrupt', corrupt?.budget))
        for (const form of corrupt?.forms(message) ?? []) {
          const corrupted = { ...envelope, message: form }
          const after = this.network(from, to) === 'set' ? [...this.#without(flight, index), corrupted] : put(corrupted)
          yield this.#step('corrupt', 'corrupt', { ...spent, flight: after }, { envelope })
        }
    }
    for (const id of this.ids) yield* this.#crashes(state, id)
    yield* this.#cuts(state)
    const { skew } = this.definition.faults ?? {}
    for (const spent of this.#spent(state, 'skew', skew?.budget))
      for (const id of this.#clocked)
        for (const by of skew?.by ?? []) {
          const node = spent.nodes[id] as Node
          yield this.#step(
            'skew',
            'skew',
            { ...spent, nodes: { ...spent.nodes, [id]: { ...node, jump: node.jump + by } } },
            { node: id },
          )
        }
  }

  *#crashes(state: State, id: string): Iterable<Successor> {
    const { crash, restart } = this.definition.faults ?? {}
    const node = state.nodes[id] as Node
    const at = (after: State, next: Node): State => ({ ...after, nodes: { ...after.nodes, [id]: next } })
    const kept = this.#roleOf(id).sync === 'explicit' ? node.disk : this.#durable(id, node.fields)
    const down = { ...node, up: false, armed: [], fields: { ...this.#init(id), ...kept } }
    // Where nothing crashes, a restart is both in one.
    const crashes = crash !== undefined
    if (!node.up || !crashes) {
      const restartBudget = typeof restart === 'object' ? restart[this.role(id)] : restart
      const restartKey = typeof restart === 'object' ? `restart of ${this.role(id)}` : 'restart'
      const up = { ...down, up: true, armed: [...(this.#roleOf(id).armed ?? [])].sort() }
      for (const spent of this.#spent(state, restartKey, restartBudget))
        for (const after of this.#started(at(spent, up), id, true)) yield this.#step('restart', 'restart', after, { node: id })
      return
    }
    const byRole = typeof crash === 'object' && Object.keys(crash).some((key) => key !== 'atOnce')
    const key = byRole ? `crash of ${this.role(id)}` : 'crash'
    const budget = typeof crash !== 'object' ? crash : byRole ? crash[this.role(id)] : true
    const atOnce = typeof crash === 'object' ? (crash.atOnce ?? Infinity) : Infinity
    if (Object.values(state.nodes).filter(({ up }) => !up).length >= atOnce) return
    for (const spent of this.#spent(state, key, budget)) yield this.#step('crash', 'crash', at(spent, down), { node: id })
  }

  *#cuts(state: State): Iterable<Successor> {
    const { partition, heal } = this.definition.faults ?? {}
    if (state.cut !== null) {
      for (const spent of this.#spent(state, 'heal', heal)) yield this.#step('heal', 'heal', { ...spent, cut: null })
      return
    }
    const options = typeof partition === 'object' ? partition : { budget: partition ?? 0 }
    const oneWay = 'oneWay' in options && options.oneWay === true
    for (const spent of this.#spent(state, 'partition', options.budget))
      for (let members = 1; members < 2 ** this.ids.length - 1; members++) {
        const side = this.ids.filter((_, index) => (members >> index) % 2 === 1)
        // A cut in both directions has two names.
        if (oneWay || !side.includes(this.ids[0] as string)) yield this.#step('partition', 'partition', { ...spent, cut: side })
      }
  }
}

/** A different state, and what was found in it. */
interface Place {
  readonly world: World<Roles>
  /** What was spent of each finite budget. */
  readonly used: { readonly [budget: string]: number }
  /** The properties that it violates, or reaches. */
  readonly found: readonly string[]
  /** Nothing for a state outside the constraints. */
  readonly steps:
    | readonly { readonly to: string; readonly step: ProtocolStep; readonly violated: readonly string[] }[]
    | undefined
}

interface Space {
  /** Keys of the initial states, duplicates included. */
  readonly initial: readonly string[]
  readonly places: ReadonlyMap<string, Place>
}

/**
 * Explores the whole space of a protocol, past every violation. `partition.sides` and overrides of budgets are left out.
 *
 * @returns what the space is, or `undefined` when it has more than `statesMax` states, those outside its constraints included.
 */
export function exploreProtocol(
  { definition }: Protocol<unknown>,
  statesMax = Number.POSITIVE_INFINITY,
): ProtocolReference | undefined {
  const space = spaceOf(definition, statesMax)
  if (space === undefined) return undefined
  const inside = [...space.places.values()].flatMap(({ steps }) => (steps === undefined ? [] : [steps]))
  const plain = distances(definition, space, () => 0)
  const byFaults = distances(definition, space, ({ fault }) => (fault === null ? 0 : 1))
  const lengths = Object.entries(plain.found).map(([name, distance]) => [name, distance === null ? null : distance.steps])
  return {
    distinct: inside.length,
    generated: inside.reduce((sum, steps) => sum + steps.length, space.initial.length),
    depth: plain.depth,
    lengths: Object.fromEntries(lengths),
    fewestFaults: byFaults.found,
    breaks: leastBudgets(definition, space),
  }
}

/** Every state that can be reached, in no order that matters; nothing where there are too many. */
function spaceOf(definition: ProtocolDefinition, statesMax: number): Space | undefined {
  const interpreter = new Interpreter(definition)
  const places = new Map<string, Place>()
  const waiting = new Map<string, State>()
  const keyOf = (state: State): string => {
    const key = interpreter.key(state)
    if (!places.has(key) && !waiting.has(key)) waiting.set(key, state)
    return key
  }
  const initial = interpreter.initial().map(keyOf)
  for (const [key, state] of waiting) {
    places.set(key, placeOf(definition, interpreter, state, keyOf))
    waiting.delete(key)
    // What waits is reached as well.
    if (places.size + waiting.size > statesMax) return undefined
  }
  return { initial, places }
}

function placeOf(definition: ProtocolDefinition, interpreter: Interpreter, state: State, keyOf: (state: State) => string): Place {
  const { invariants = {}, transitions = {}, sometimes = {}, constraints = {}, terminal = false } = definition
  const world = interpreter.world(state)
  const violated = Object.keys(invariants).filter((name) => invariants[name]?.(world) !== true)
  if (Object.values(constraints).some((inside) => !inside(world)))
    return { world, used: state.used, found: violated, steps: undefined }
  const reached = Object.keys(sometimes).filter((name) => sometimes[name]?.(world))
  const successors = interpreter.successors(state)
  const isStuck = !successors.some(({ step }) => step.fault === null)
  const isDeadlock = isStuck && !(typeof terminal === 'function' ? terminal(world) : terminal)
  const steps = successors.map((next) => {
    const after = interpreter.world(next.state)
    const broken = Object.keys(transitions).filter((name) => transitions[name]?.(world, after, next.step) !== true)
    return { to: keyOf(next.state), step: next.step, violated: broken }
  })
  return { world, used: state.used, found: [...violated, ...reached, ...(isDeadlock ? ['deadlock'] : [])], steps }
}

/** The least distance of every state, and with it that of every violation: lexicographic, by cost and then steps. */
function distances(definition: ProtocolDefinition, { initial, places }: Space, cost: (step: ProtocolStep) => number) {
  const { invariants, transitions, sometimes, alwaysPossible = {} } = definition
  const names = ['deadlock', ...Object.keys({ ...invariants, ...transitions, ...sometimes, ...alwaysPossible })]
  const found: { [property: string]: Distance | null } = Object.fromEntries(names.map((name) => [name, null]))
  const note = (name: string, at: Distance) => {
    const best = found[name]
    if (best === null || best === undefined || at.faults < best.faults || (at.faults === best.faults && at.steps < best.steps))
      found[name] = at
  }
  const met = new Map<string, Distance>()
  let depth = 0
  // Buckets by faults, then steps: each is complete when its turn comes, since every step costs one step, and faults never less than none.
  const buckets: string[][][] = [[[...initial]]]
  for (let faults = 0; faults < buckets.length; faults++)
    for (let steps = 0; steps < (buckets[faults] ?? []).length; steps++)
      for (const key of buckets[faults]?.[steps] ?? []) {
        if (met.has(key)) continue
        const at = { faults, steps }
        met.set(key, at)
        const place = places.get(key) as Place
        for (const name of place.found) note(name, at)
        if (place.steps === undefined) continue
        depth = Math.max(depth, steps)
        for (const { to, step, violated } of place.steps) {
          const after = { faults: faults + cost(step), steps: steps + 1 }
          for (const name of violated) note(name, after)
          for (let more = buckets.length; more <= after.faults; more++) buckets.push([])
          const bucket = buckets[after.faults] as string[][]
          for (let longer = bucket.length; longer <= after.steps; longer++) bucket.push([])
          bucket[after.steps]?.push(to)
        }
      }
  for (const [name, goal] of Object.entries(alwaysPossible)) {
    const states = [...met.keys()].flatMap((key): [string, GoalState][] => {
      const { world, steps } = places.get(key) as Place
      if (steps === undefined) return []
      const ways = steps.filter(({ step }) => step.fault === null || isRepair(definition, step))
      return [[key, { goal: goal(world), next: ways.map(({ to }) => to) }]]
    })
    const lost = firstLost(new Map(states))
    found[name] = lost === undefined ? null : (met.get(lost) ?? null)
  }
  return { depth, found }
}

function leastBudgets({ sometimes = {} }: ProtocolDefinition, { places }: Space): ProtocolReference['breaks'] {
  const spent = new Map<string, Place['used'][]>()
  const note = (name: string, used: Place['used']) => spent.set(name, [...(spent.get(name) ?? []), used])
  for (const { found, steps = [], used } of places.values()) {
    for (const name of found) if (!(name in sometimes)) note(name, used)
    for (const { to, violated } of steps) for (const name of violated) note(name, (places.get(to) as Place).used)
  }
  const isLess = (a: Place['used'], b: Place['used']) =>
    Object.entries(a).every(([kind, count]) => kind === 'total' || count <= (b[kind] ?? 0))
  const text = (used: Place['used']) =>
    Object.entries(used)
      .filter(([kind, count]) => kind !== 'total' && count > 0)
      .map(([kind, count]) => `${kind.replace(' of ', '.')}=${count}`)
      .sort()
      .join(', ')
  const least = (all: readonly Place['used'][]) =>
    all.filter((one) => !all.some((other) => isLess(other, one) && !isLess(one, other)))
  return Object.fromEntries([...spent].map(([name, all]) => [name, [...new Set(least(all).map(text))].sort()]))
}

/** A fault that undoes one: of those, a behaviour to a goal may make use. */
function isRepair({ faults }: ProtocolDefinition, { fault }: ProtocolStep): boolean {
  return fault === 'heal' || (fault === 'restart' && faults?.crash !== undefined)
}
