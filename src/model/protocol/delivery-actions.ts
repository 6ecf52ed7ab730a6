import { choose } from '../../spec/choose.js'
import type { NetworkKind } from '../../spec/protocol-network.js'
import type { AnyMessage, Envelope, MessageContext } from '../../spec/protocol-role.js'
import type { SourceAction } from '../source.js'
import type { Layout, ProtocolNode, Source } from './layout.js'
import { NetworkChange, waiting } from './network-change.js'
import { contextOf, isUp, progressAction } from './protocol-actions.js'
import type { ActionOutcome, Reactions } from './reaction.js'
import type { Fields, NodeRecord, ProtocolState, StatePatch } from './state.js'

/** A step for every message that waits, as `choose` labels it: by the message, behind the source where there are several. */
export function chooseMessage(
  sources: readonly Source[],
  state: ProtocolState,
  branch: (envelope: Envelope) => unknown,
): ActionOutcome {
  const [only] = sources
  if (only === undefined) return undefined
  if (sources.length === 1) return choose(waiting(state, only), branch)
  const byLabel = new Map(sources.map((source) => [source.label, source]))
  return choose([...byLabel.keys()], (label) => choose(waiting(state, byLabel.get(label) as Source), branch))
}

/** Whether the cut that there is now stops what goes from one node to another. */
function isCut(layout: Layout, { cut }: ProtocolState, envelope: Envelope): boolean {
  return cut !== undefined && cut !== null && isStopped(layout, cut, envelope)
}

/** Whether cutting off `side` stops what goes from one node to another. */
export function isStopped({ faults }: Layout, side: readonly string[], { from, to }: Envelope): boolean {
  return faults.oneWay ? side.includes(from) && !side.includes(to) : side.includes(from) !== side.includes(to)
}

/** The action that delivers messages, where any are handled: no others can be sent. */
export function deliverActions(reactions: Reactions): SourceAction[] {
  const { layout } = reactions
  const first = layout.nodes.flatMap(({ role }) => Object.values(role.on ?? {})).find((handler) => handler !== undefined)
  if (first === undefined) return []
  const known = new WeakMap<Envelope, Delivery>()
  const deliveryOf = (envelope: Envelope): Delivery => {
    const delivery = known.get(envelope) ?? newDelivery(layout, envelope)
    known.set(envelope, delivery)
    return delivery
  }
  const run = (state: ProtocolState): ActionOutcome =>
    chooseMessage(layout.sources, state, (envelope) => deliver(reactions, state, deliveryOf(envelope)))
  return [progressAction('deliver', first, run, { delivers: true })]
}

/** What the delivery of a message is in every state. */
interface Delivery {
  readonly envelope: Envelope
  readonly kind: NetworkKind
  readonly node: ProtocolNode
  readonly handler: ((self: Fields, message: AnyMessage, context: MessageContext) => unknown) | undefined
  /** As coverage and errors name the handler. */
  readonly name: string
  /** What the handler gets to know, where that depends on no state: where its node has no clock. */
  readonly context: MessageContext | null
}

function newDelivery(layout: Layout, envelope: Envelope): Delivery {
  const { from, to, message } = envelope
  const node = layout.byId.get(to) as ProtocolNode
  return {
    envelope,
    kind: layout.sourceBetween(from, to).kind,
    node,
    handler: node.role.on?.[message.type],
    name: `${node.roleName}.on.${message.type}`,
    context: layout.clocked.has(to) ? null : contextOf(layout, null, to, { from }),
  }
}

function deliver(reactions: Reactions, state: ProtocolState, delivery: Delivery): ActionOutcome {
  const { layout } = reactions
  const { envelope, kind, node, handler } = delivery
  if (isCut(layout, state, envelope) || !isUp(state, node)) return undefined
  const whenIgnored = kind === 'fifo' ? consumed(layout, state, envelope) : undefined
  if (handler === undefined) return whenIgnored
  const { from, to, message } = envelope
  const { state: fields } = state.node[to] as NodeRecord
  const context = delivery.context ?? contextOf(layout, state, to, { from })
  return reactions.run(
    {
      state,
      node,
      change: {},
      patch: {},
      taken: kind === 'set' ? null : envelope,
      handler: delivery.name,
      source: handler,
    },
    () => handler(fields, message, context),
    whenIgnored,
  )
}

/** The state without a message that waits. */
function consumed(layout: Layout, state: ProtocolState, envelope: Envelope): StatePatch {
  const change = new NetworkChange(layout, state)
  change.take(envelope)
  return change.patch()
}

/** The action that loses what reaches a node that is down, where the network does so. */
export function loseActions({ layout }: Reactions): SourceAction[] {
  const sources = layout.sources.filter(({ kind }) => kind !== 'set')
  if (!layout.lostAtCrashed || sources.length === 0 || layout.nodes.every(({ crash }) => crash === null)) return []
  const run = (state: ProtocolState): ActionOutcome =>
    chooseMessage(sources, state, (envelope) => {
      const isLost = !isUp(state, layout.byId.get(envelope.to) as ProtocolNode) && !isCut(layout, state, envelope)
      return isLost ? consumed(layout, state, envelope) : undefined
    })
  return [progressAction('lose', run, run, { delivers: true })]
}
