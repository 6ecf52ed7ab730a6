import { nearest } from '../../spec/nearest.js'
import type { Protocol, ProtocolDefinition } from '../../spec/protocol.js'
import type { ClockOptions, FaultOverrides, NetworkKind, NetworkOptions } from '../../spec/protocol-network.js'
import { locateFunction } from '../../spec/source-location.js'
import { SpecError } from '../../spec/spec-error.js'
import { Whole } from '../../spec/whole.js'
import { Interner } from '../../values/interner.js'
import { ValueError } from '../../values/value-error.js'
import { isPlainRecord } from '../shape.js'
import { type FaultPlan, faultPlan } from './fault-plan.js'
import type { Fields, PlainRole } from './state.js'
import { requireWellFormed } from './well-formed.js'

/** A node: its role, and what it keeps at first. */
export interface ProtocolNode {
  readonly id: string
  readonly roleName: string
  readonly role: PlainRole
  readonly init: Fields
  /** What {@link init} has of records that are patched field by field; in the place of what is replaced as a whole something that is no record. */
  readonly template: Fields
  readonly timers: readonly string[]
  /** The key of the budget that its crash spends; `null` where it cannot crash. */
  readonly crash: string | null
  /** The key of the budget that its restart spends; `null` where it cannot restart. */
  readonly restart: string | null
}

/** Messages that wait together: all unordered ones, all redelivered ones, or those on one channel. */
export interface Source {
  readonly kind: NetworkKind
  /** Names it: the kind, or the channel. */
  readonly label: string
}

/** Everything about a protocol that its states have in common. */
export interface Layout {
  readonly definition: ProtocolDefinition
  readonly site: string | undefined
  readonly nodes: readonly ProtocolNode[]
  readonly byId: ReadonlyMap<string, ProtocolNode>
  readonly sources: readonly Source[]
  /** How messages go from one node to another. */
  readonly sourceBetween: (from: string, to: string) => Source
  readonly lostAtCrashed: boolean
  /** Types of messages that some role has a handler for. */
  readonly handled: ReadonlySet<string>
  readonly faults: FaultPlan
  readonly clock: Required<Pick<ClockOptions, 'max' | 'drift'>> | null
  /** Ids of the nodes that have a clock. */
  readonly clocked: ReadonlySet<string>
}

/**
 * Works out what a protocol consists of.
 *
 * @throws SpecError when it is malformed.
 */
export function layoutOf({ definition, site }: Protocol<unknown>, overrides: FaultOverrides | undefined): Layout {
  requireWellFormed(definition, site)
  const faults = located(site, () => faultPlan(definition, overrides))
  const nodes = Object.entries(definition.roles).flatMap(([roleName, role]) =>
    role.nodes.map((id) => nodeOf(id, roleName, role, faults, site)),
  )
  const { clock } = definition
  const clockRoles = clock?.roles ?? Object.keys(definition.roles)
  return {
    definition,
    site,
    nodes,
    byId: new Map(nodes.map((node) => [node.id, node])),
    ...networkOf(definition, nodes),
    handled: new Set(Object.values(definition.roles).flatMap(({ on = {} }) => Object.keys(on))),
    faults,
    clock: clock === undefined ? null : { max: clock.max, drift: clock.drift ?? 0 },
    clocked: new Set(
      clock === undefined ? [] : nodes.filter(({ roleName }) => clockRoles.includes(roleName)).map(({ id }) => id),
    ),
  }
}

function located<T>(site: string | undefined, body: () => T): T {
  try {
    return body()
  } catch (error) {
    if (!(error instanceof SpecError) || error.site !== undefined) throw error
    throw new SpecError(error.message, { hint: error.hint, site, path: error.path, cause: error.cause })
  }
}

function nodeOf(id: string, roleName: string, role: PlainRole, faults: FaultPlan, site: string | undefined): ProtocolNode {
  const given = typeof role.init === 'function' ? initOf(role.init, id, `init of ${roleName} '${id}'`) : role.init
  const init = canonicalRecord(given instanceof Whole ? given : unmarked(given), `init of ${roleName} '${id}'`, site)
  for (const field of role.durable ?? [])
    if (!Object.hasOwn(init, field))
      throw new SpecError(`${roleName}.durable names '${field}', which \`init\` does not have`, {
        site,
        hint: nearest(field, Object.keys(init), {
          found: (other) => `did you mean '${other}'?`,
          none: (all) => `its fields are ${all.join(', ')}`,
        }),
      })
  return {
    id,
    roleName,
    role,
    init,
    template: templateOf(given, init) as Fields,
    timers: Object.keys(role.timers ?? {}),
    crash: faults.crashes.get(roleName) ?? null,
    restart: faults.restarts.get(roleName) ?? null,
  }
}

function initOf(init: (id: string) => unknown, id: string, what: string): unknown {
  try {
    return init(id)
  } catch (error) {
    const thrown = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    throw new SpecError(`${what} threw ${thrown}`, {
      hint: 'it must give a record for every node of the role',
      site: locateFunction(init),
      cause: error,
    })
  }
}

/** A value without the marks of {@link Whole} in its records. */
function unmarked(value: unknown): unknown {
  if (value instanceof Whole) return value.value
  if (!isPlainRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, unmarked(part)]))
}

function templateOf(given: unknown, init: unknown): unknown {
  if (given instanceof Whole) return given.value === undefined ? undefined : null
  if (!isPlainRecord(given) || !isPlainRecord(init)) return init
  return Object.fromEntries(Object.entries(given).map(([key, part]) => [key, templateOf(part, init[key])]))
}

/** A frozen copy with canonical values, so that a function that changes what it is given cannot change anything. */
function canonicalRecord(value: unknown, what: string, site: string | undefined): Fields {
  if (!isPlainRecord(value))
    throw new SpecError(`${what} is not a record of fields`, { site, hint: 'give it an object: `{ term: 0 }`' })
  const interner = new Interner()
  try {
    return interner.valueOf(interner.idOf(value)) as Fields
  } catch (error) {
    if (!(error instanceof ValueError)) throw error
    throw new SpecError(`${what} holds ${error.what}`, { site, path: error.path, hint: error.hint })
  }
}

function networkOf(
  { network = {} }: ProtocolDefinition,
  nodes: readonly ProtocolNode[],
): Pick<Layout, 'sources' | 'sourceBetween' | 'lostAtCrashed'> {
  const options: NetworkOptions = typeof network === 'string' ? { kind: network } : network
  const { kind = 'unordered', links = [], toCrashed = 'stays' } = options
  const between = new Map<string, Source>()
  const sources = new Map<string, Source>()
  for (const from of nodes) {
    for (const to of nodes) {
      const channel = `${from.id}→${to.id}`
      const link = links.find((other) => other.from === from.roleName && other.to === to.roleName)
      const actual = link?.kind ?? kind
      const label = actual === 'fifo' ? channel : actual
      const source = sources.get(label) ?? { kind: actual, label }
      sources.set(label, source)
      between.set(channel, source)
    }
  }
  return {
    sources: [...sources.values()],
    sourceBetween: (from, to) => between.get(`${from}→${to}`) as Source,
    lostAtCrashed: toCrashed === 'lost',
  }
}
