import { Set as ImmutableSet } from 'immutable'
import { Choice } from '../../spec/choose.js'
import type { Envelope } from '../../spec/protocol-role.js'
import { locateFunction } from '../../spec/source-location.js'
import { SpecError } from '../../spec/spec-error.js'
import { Whole } from '../../spec/whole.js'
import { Bag, Queue } from '../../values/bag.js'
import { compareValues } from '../../values/compare.js'
import { isPlainRecord } from '../shape.js'
import type { Layout, ProtocolNode } from './layout.js'
import { startNode } from './protocol-actions.js'
import { durablePart, type Reactions } from './reaction.js'
import { patched } from './record-patch.js'
import type { Fields, NodeRecord, ProtocolState, StatePatch } from './state.js'

/** Messages in flight while the nodes start. */
class Started implements Iterable<Envelope> {
  readonly elements: readonly Envelope[]

  constructor(elements: readonly Envelope[]) {
    this.elements = elements
  }

  add(envelope: Envelope): Started {
    return new Started([...this.elements, envelope])
  }

  push(envelope: Envelope): Started {
    return this.add(envelope)
  }

  // Nothing is taken from the network before all have started.
  remove(): Started {
    return this
  }

  pop(): Started {
    return this
  }

  [Symbol.iterator](): Iterator<Envelope> {
    return this.elements[Symbol.iterator]()
  }
}

/**
 * The states in which all nodes have started, in order: several where a start leaves a choice.
 *
 * @throws SpecError when a node cannot start.
 */
export function initialStates(reactions: Reactions): readonly unknown[] {
  const { layout } = reactions
  let states: readonly ProtocolState[] = [beforeStart(layout)]
  for (const node of layout.nodes) {
    states = states.flatMap((state) => {
      const outcome = startNode(reactions, state, node, { change: {}, restarted: false, patch: {} })
      return Array.from(patchesOf(outcome), (patch) => merged(layout, state, patch))
    })
    if (states.length === 0)
      throw new SpecError(`${node.roleName}.start of ${node.id} leaves nothing to choose: the node cannot start`, {
        hint: 'let one branch return something: `{}` where nothing is to be done',
        site: node.role.start === undefined ? undefined : locateFunction(node.role.start),
      })
  }
  return states.map((state) => marked(layout, state))
}

function beforeStart(layout: Layout): ProtocolState {
  const { nodes, sources, definition, faults, clock, clocked } = layout
  const node: Record<string, NodeRecord> = {}
  for (const one of nodes) {
    const synced = one.role.sync === 'explicit' ? durablePart(one, one.init) : null
    node[one.id] = { state: one.init, armed: [...(one.role.armed ?? [])].sort(), synced }
  }
  const zero = (names: Iterable<string>) => Object.fromEntries(Array.from(names, (name) => [name, 0]))
  const mortal = nodes.filter(({ crash }) => crash !== null)
  const bounded = [...faults.budgets].filter(([, budget]) => budget !== true).map(([key]) => key)
  const channels = sources.filter(({ kind }) => kind === 'fifo')
  return {
    node,
    ...(mortal.length > 0 ? { up: Object.fromEntries(mortal.map(({ id }) => [id, true])) } : {}),
    ...(definition.history === undefined ? {} : { history: definition.history }),
    ...(bounded.length > 0 ? { used: zero(bounded) } : {}),
    ...(faults.budgets.has('partition') ? { cut: null } : {}),
    ...(clock === null ? {} : { clock: zero(clock.drift === 0 ? ['all'] : clocked) }),
    ...(faults.budgets.has('skew') ? { offset: zero(clocked) } : {}),
    ...(sources.some(({ kind }) => kind === 'unordered') ? { unordered: new Started([]) } : {}),
    ...(sources.some(({ kind }) => kind === 'set') ? { set: new Started([]) } : {}),
    ...(channels.length > 0 ? { fifo: Object.fromEntries(channels.map(({ label }) => [label, new Started([])])) } : {}),
  }
}

function* patchesOf(outcome: unknown): Iterable<StatePatch> {
  if (outcome instanceof Choice) for (const element of outcome.among) yield* patchesOf(outcome.branch(element))
  else if (Array.isArray(outcome)) for (const one of outcome) yield* patchesOf(one)
  else if (outcome !== undefined) yield outcome as StatePatch
}

function merged(layout: Layout, state: ProtocolState, { node = {}, fifo, history, ...rest }: StatePatch): ProtocolState {
  const { definition, byId } = layout
  const started = Object.entries(node).map(([id, patch]) => {
    const before = state.node[id] as NodeRecord
    const { template } = byId.get(id) as ProtocolNode
    return [id, { ...before, ...patch, state: patched(template, before.state, patch.state ?? {}) as Fields }] as const
  })
  return {
    ...state,
    ...(rest as Partial<ProtocolState>),
    node: { ...state.node, ...Object.fromEntries(started) },
    ...(fifo === undefined ? {} : { fifo: { ...state.fifo, ...(fifo as ProtocolState['fifo']) } }),
    ...(history === undefined ? {} : { history: patched(definition.history, state.history, history, ['history']) }),
  }
}

/** The state with the marks that say how its leaves are kept. */
function marked({ definition, nodes }: Layout, { node, unordered, set, fifo, history, ...rest }: ProtocolState): unknown {
  const each = <T>(record: { readonly [name: string]: T }, mark: (value: T) => unknown): Fields =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [name, mark(value)]))
  return {
    node: Object.fromEntries(nodes.map(({ id, template }) => [id, markedRecord(template, node[id] as NodeRecord)])),
    ...rest,
    ...(history === undefined ? {} : { history: markedFields(definition.history, history) }),
    ...(unordered === undefined ? {} : { unordered: new Bag([...unordered].sort(compareValues), false) }),
    ...(set === undefined ? {} : { set: new Bag(distinct([...set].sort(compareValues)), true) }),
    ...(fifo === undefined ? {} : { fifo: each(fifo, (channel) => new Queue([...channel])) }),
  }
}

/** A set that a node keeps is one value: it has few elements, as those of a quorum, or so many that a bit for each would widen all states. */
function markedRecord(template: Fields, { state, armed, synced }: NodeRecord): Fields {
  const whole = (value: unknown) => (ImmutableSet.isSet(value) ? new Whole(value) : value)
  return { state: markedFields(template, state, whole), armed, synced: new Whole(synced) }
}

/** Which records are merged field by field is said by the record as declared, not by what the starts made of it. */
function markedFields(declared: unknown, value: unknown, markOther = (other: unknown): unknown => other): unknown {
  if (!isPlainRecord(value)) return markOther(value)
  if (!isPlainRecord(declared)) return new Whole(value)
  return Object.fromEntries(Object.entries(value).map(([field, part]) => [field, markedFields(declared[field], part, markOther)]))
}

function distinct(sorted: readonly Envelope[]): readonly Envelope[] {
  return sorted.filter((envelope, index) => index === 0 || compareValues(envelope, sorted[index - 1]) !== 0)
}
