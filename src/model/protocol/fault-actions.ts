import { choose } from '../../spec/choose.js'
import type { AnyMessage, Envelope } from '../../spec/protocol-role.js'
import { locateFunction } from '../../spec/source-location.js'
import { SpecError } from '../../spec/spec-error.js'
import { isPlainRecord } from '../shape.js'
import type { SourceAction } from '../source.js'
import { chooseMessage } from './delivery-actions.js'
import type { FaultKind } from './fault-plan.js'
import type { Layout, ProtocolNode } from './layout.js'
import { NetworkChange } from './network-change.js'
import { startNode } from './protocol-actions.js'
import { type ActionOutcome, durablePart, type Reactions, syncsExplicitly } from './reaction.js'
import type { Fields, NodePatch, NodeRecord, ProtocolState, StatePatch } from './state.js'

type FaultRun = (state: ProtocolState) => ActionOutcome

/** One action for each kind of fault that the budgets allow. */
export function faultActions(reactions: Reactions): SourceAction[] {
  const { layout } = reactions
  const { budgets, crashes, restarts, forms } = layout.faults
  const action = (kind: FaultKind, run: FaultRun, source: (...args: never[]) => unknown = run): SourceAction[] => [
    {
      name: kind,
      source,
      run: run as SourceAction['run'],
      fault: kind,
      repair: kind === 'heal' || (kind === 'restart' && crashes.size > 0),
      waitsFor: 'nothing',
    },
  ]
  return [
    ...(budgets.has('drop') ? action('drop', dropping(reactions)) : []),
    ...(budgets.has('duplicate') ? action('duplicate', duplicating(reactions)) : []),
    ...(budgets.has('corrupt') && forms !== null ? action('corrupt', corrupting(reactions, forms), forms) : []),
    ...(crashes.size > 0 ? action('crash', crashing(reactions)) : []),
    ...(restarts.size > 0 ? action('restart', restarting(reactions)) : []),
    ...(budgets.has('partition') ? action('partition', partitioning(reactions)) : []),
    ...(budgets.has('heal') ? action('heal', healing(reactions)) : []),
    ...(budgets.has('skew') ? action('skew', skewing(reactions)) : []),
  ]
}

/** What a fault spends, or `undefined` when a budget is exhausted. */
function spending({ faults }: Layout, state: ProtocolState, key: string): StatePatch | undefined {
  const used: Record<string, number> = {}
  for (const budget of [key, 'total']) {
    const most = faults.budgets.get(budget)
    if (most === undefined || most === true) continue
    const spent = state.used?.[budget] as number
    if (spent >= most) return undefined
    used[budget] = spent + 1
  }
  return Object.keys(used).length > 0 ? { used } : {}
}

/** A fault that happens to a message: `change` puts it into the network. */
function toMessage(
  { layout, coverage }: Reactions,
  kind: FaultKind,
  change: (network: NetworkChange, envelope: Envelope) => void,
  sources = layout.sources,
): FaultRun {
  return (state) => {
    const spent = spending(layout, state, kind)
    if (spent === undefined) return undefined
    return chooseMessage(sources, state, (envelope) => {
      coverage.fault(kind)
      const network = new NetworkChange(layout, state)
      change(network, envelope)
      return { ...spent, ...network.patch() }
    })
  }
}

function dropping(reactions: Reactions): FaultRun {
  return toMessage(reactions, 'drop', (network, envelope) => network.take(envelope))
}

function duplicating(reactions: Reactions): FaultRun {
  const { sources, site } = reactions.layout
  const once = sources.filter(({ kind }) => kind !== 'set')
  if (once.length === 0)
    throw new SpecError("a network of kind 'set' cannot duplicate messages", {
      site,
      hint: 'it redelivers any message anyway: leave out `duplicate`',
    })
  return toMessage(reactions, 'duplicate', (network, envelope) => network.replace(envelope, [envelope, envelope]), once)
}

function corrupting({ layout, coverage }: Reactions, forms: (message: AnyMessage) => readonly AnyMessage[]): FaultRun {
  return (state) => {
    const spent = spending(layout, state, 'corrupt')
    if (spent === undefined) return undefined
    return chooseMessage(layout.sources, state, (envelope) =>
      choose(formsOf(layout, forms, envelope.message), (message) => {
        coverage.fault('corrupt')
        const network = new NetworkChange(layout, state)
        network.replace(envelope, [{ ...envelope, message }])
        return { ...spent, ...network.patch() }
      }),
    )
  }
}

function formsOf(
  { handled }: Layout,
  forms: (message: AnyMessage) => readonly AnyMessage[],
  message: AnyMessage,
): readonly AnyMessage[] {
  const corrupted: unknown = forms(message)
  const fits =
    Array.isArray(corrupted) && corrupted.every((form: unknown) => isPlainRecord(form) && handled.has(String(form.type)))
  if (fits) return corrupted as readonly AnyMessage[]
  throw new SpecError(`faults.corrupt.forms returned something else than messages for a '${message.type}'`, {
    hint: 'return an array of messages of types that some role handles: [] where it cannot be corrupted',
    site: locateFunction(forms),
  })
}

function crashing({ layout, coverage }: Reactions): FaultRun {
  const mortal = layout.nodes.filter(({ crash }) => crash !== null)
  const { atOnce } = layout.faults
  return (state) =>
    choose(
      mortal.map(({ id }) => id),
      (id) => {
        if (state.up?.[id] !== true) return undefined
        const node = layout.byId.get(id) as ProtocolNode
        const spent = spending(layout, state, node.crash as string)
        if (spent === undefined) return undefined
        if (atOnce < mortal.length && mortal.filter((other) => state.up?.[other.id] !== true).length >= atOnce) return undefined
        coverage.fault('crash')
        return { ...spent, up: { [id]: false }, node: { [id]: goingDown(node, state.node[id] as NodeRecord) } }
      },
    )
}

/** What changes of a node that goes down: it keeps what is durable, or of that what was synced. */
function goingDown(node: ProtocolNode, { state, synced }: NodeRecord): Required<Pick<NodePatch, 'state' | 'armed'>> {
  const kept: Fields = syncsExplicitly(node) ? (synced as Fields) : durablePart(node, state)
  return { state: { ...node.init, ...kept }, armed: [] }
}

/** Where nodes may crash, those that are down start again; elsewhere those that are up go down and start again in one step. */
function restarting(reactions: Reactions): FaultRun {
  const { layout, coverage } = reactions
  const inOneStep = layout.faults.crashes.size === 0
  const able = layout.nodes.filter(({ crash, restart }) => restart !== null && (inOneStep || crash !== null)).map(({ id }) => id)
  return (state) =>
    choose(able, (id) => {
      if (!inOneStep && state.up?.[id] !== false) return undefined
      const node = layout.byId.get(id) as ProtocolNode
      const spent = spending(layout, state, node.restart as string)
      if (spent === undefined) return undefined
      coverage.fault('restart')
      const armed = [...(node.role.armed ?? [])].sort()
      return startNode(reactions, state, node, {
        change: inOneStep ? { ...goingDown(node, state.node[id] as NodeRecord), armed } : { armed },
        restarted: true,
        patch: inOneStep ? spent : { ...spent, up: { [id]: true } },
      })
    })
}

function partitioning({ layout, coverage }: Reactions): FaultRun {
  const sides = sidesOf(layout)
  return (state) => {
    if (state.cut !== null) return undefined
    const spent = spending(layout, state, 'partition')
    if (spent === undefined) return undefined
    return choose(sides, (side) => {
      coverage.fault('partition')
      return { ...spent, cut: side }
    })
  }
}

/** The parts that may be isolated, each cut once: which of the two parts of a two-way cut is named makes no difference. */
function sidesOf({ nodes, faults }: Layout): readonly (readonly string[])[] {
  const ids = nodes.map(({ id }) => id)
  const { sides, oneWay } = faults
  if (sides !== null) {
    const named = sides.map((side) => ids.filter((id) => side.includes(id)))
    const isSameCut = (a: readonly string[], b: readonly string[]) =>
      ids.every((id) => a.includes(id) === b.includes(id)) || (!oneWay && ids.every((id) => a.includes(id) !== b.includes(id)))
    return named.filter((side, index) => named.findIndex((other) => isSameCut(other, side)) === index)
  }
  const every: string[][] = [[]]
  for (const id of oneWay ? ids : ids.slice(1)) every.push(...every.map((side) => [...side, id]))
  return every.filter((side) => side.length > 0 && side.length < ids.length)
}

function healing({ layout, coverage }: Reactions): FaultRun {
  return (state) => {
    if (state.cut === null) return undefined
    const spent = spending(layout, state, 'heal')
    if (spent === undefined) return undefined
    coverage.fault('heal')
    return { ...spent, cut: null }
  }
}

function skewing({ layout, coverage }: Reactions): FaultRun {
  const { clocked, faults, site } = layout
  if (clocked.size === 0)
    throw new SpecError('clocks cannot be skewed where there are none', {
      site,
      hint: 'give protocol(...) a clock: `clock: { max: 5 }`',
    })
  return (state) => {
    const spent = spending(layout, state, 'skew')
    if (spent === undefined) return undefined
    return choose([...clocked], (id) =>
      choose(faults.skewBy, (jump) => {
        coverage.fault('skew')
        return { ...spent, offset: { [id]: (state.offset?.[id] as number) + jump } }
      }),
    )
  }
}
