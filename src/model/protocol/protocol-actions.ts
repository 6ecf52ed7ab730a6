import { choose } from '../../spec/choose.js'
import type { NodeContext, StartContext } from '../../spec/protocol-role.js'
import { SpecError } from '../../spec/spec-error.js'
import type { SourceAction } from '../source.js'
import type { Layout, ProtocolNode } from './layout.js'
import type { ActionOutcome, Reactions } from './reaction.js'
import type { NodePatch, NodeRecord, ProtocolState, StatePatch } from './state.js'

/** An action whose steps are those of the protocol, not faults. */
export function progressAction(
  name: string,
  source: SourceAction['source'],
  run: (state: ProtocolState) => ActionOutcome,
  more: Partial<Pick<SourceAction, 'waitsFor' | 'delivers'>> = {},
): SourceAction {
  return { name, source, run: run as SourceAction['run'], fault: null, repair: false, waitsFor: 'nothing', ...more }
}

export function isUp(state: ProtocolState, node: ProtocolNode): boolean {
  return node.crash === null || state.up?.[node.id] === true
}

/** What a node's clock shows. */
export function clockOf({ clock, clocked }: Layout, state: ProtocolState, id: string): number | undefined {
  if (clock === null || !clocked.has(id)) return undefined
  return (state.clock?.[clock.drift === 0 ? 'all' : id] as number) + (state.offset?.[id] ?? 0)
}

/**
 * What a handler knows beside its node. The clock is read only if the handler asks.
 *
 * @param state - the state to read the clock from; `null` for a node without one.
 */
export function contextOf<More extends object>(
  layout: Layout,
  state: ProtocolState | null,
  id: string,
  more: More,
): NodeContext & More {
  const context = {
    id,
    ...more,
    get now(): number {
      const now = state === null ? undefined : clockOf(layout, state, id)
      if (now !== undefined) return now
      throw new SpecError(`read ctx.now, and '${id}' has no clock`, {
        hint: 'give protocol(...) a clock: `clock: { max: 5, drift: 1 }`',
      })
    },
  }
  return Object.freeze(context)
}

/** What timers and clocks wait for. */
function waitOf({ definition: { timeouts = 'any' } }: Layout): SourceAction['waitsFor'] {
  return timeouts === 'any' ? 'nothing' : timeouts === 'quiet' ? 'messages' : 'all'
}

/** The action of the timers, where there are any. */
export function timeoutActions(reactions: Reactions): SourceAction[] {
  const { layout } = reactions
  const timed = layout.nodes.filter(({ timers }) => timers.length > 0)
  const first = timed.flatMap(({ role }) => Object.values(role.timers ?? {}))[0]
  if (first === undefined) return []
  const ids = timed.map(({ id }) => id)
  const run = (state: ProtocolState): ActionOutcome =>
    choose(ids, (id) => {
      const node = layout.byId.get(id) as ProtocolNode
      return choose(node.timers, (timer) => timeout(reactions, state, node, timer))
    })
  return [progressAction('timeout', first, run, { waitsFor: waitOf(layout) })]
}

function timeout(reactions: Reactions, state: ProtocolState, node: ProtocolNode, timer: string): ActionOutcome {
  if (!isUp(state, node)) return undefined
  const before = state.node[node.id] as NodeRecord
  const handler = node.role.timers?.[timer]
  if (handler === undefined || !before.armed.includes(timer)) return undefined
  return reactions.run(
    {
      state,
      node,
      change: { armed: before.armed.filter((other) => other !== timer) },
      patch: {},
      taken: null,
      handler: `${node.roleName}.timers.${timer}`,
      source: handler,
    },
    () => handler(before.state, contextOf(reactions.layout, state, node.id, {})),
    undefined,
  )
}

/** One action for each operation, of all nodes that have it. */
export function operationActions(reactions: Reactions): SourceAction[] {
  const { layout } = reactions
  const names = new Set(layout.nodes.flatMap(({ role }) => Object.keys(role.operations ?? {})))
  return [...names].map((name) => {
    const able = layout.nodes.filter(({ role }) => role.operations?.[name] !== undefined)
    const run = (state: ProtocolState): ActionOutcome =>
      choose(
        able.map(({ id }) => id),
        (id) => operate(reactions, state, layout.byId.get(id) as ProtocolNode, name),
      )
    return progressAction(name, able[0]?.role.operations?.[name] ?? run, run)
  })
}

function operate(reactions: Reactions, state: ProtocolState, node: ProtocolNode, name: string): ActionOutcome {
  const handler = node.role.operations?.[name]
  if (handler === undefined || !isUp(state, node)) return undefined
  const { state: fields } = state.node[node.id] as NodeRecord
  return reactions.run(
    {
      state,
      node,
      change: {},
      patch: {},
      taken: null,
      handler: `${node.roleName}.operations.${name}`,
      source: handler,
    },
    () => handler(fields, contextOf(reactions.layout, state, node.id, {})),
    undefined,
  )
}

/** A start of a node. */
interface Start {
  /** What changes of the node before its handler sees it. */
  readonly change: NodePatch
  readonly restarted: boolean
  /** What else happens. */
  readonly patch: StatePatch
}

/** What a node does when it starts: nothing of its own where its role says nothing of it. */
export function startNode(
  reactions: Reactions,
  state: ProtocolState,
  node: ProtocolNode,
  { change, restarted, patch }: Start,
): ActionOutcome {
  const started = { ...patch, node: { [node.id]: change } }
  const { start } = node.role
  if (start === undefined) return started
  const context: StartContext = contextOf(reactions.layout, state, node.id, { restarted })
  return reactions.run(
    {
      state,
      node,
      change,
      patch,
      taken: null,
      handler: `${node.roleName}.start`,
      source: start,
    },
    () => start(change.state ?? (state.node[node.id] as NodeRecord).state, context),
    started,
  )
}

/** The action that lets time pass, where there are clocks. */
export function tickActions({ layout }: Reactions): SourceAction[] {
  const { clock, clocked } = layout
  if (clock === null || clocked.size === 0) return []
  const ids = [...clocked]
  const together = (state: ProtocolState): ActionOutcome => {
    const now = state.clock?.all as number
    return now < clock.max ? { clock: { all: now + 1 } } : undefined
  }
  const apart = (state: ProtocolState): ActionOutcome =>
    choose(ids, (id) => {
      const now = state.clock?.[id] as number
      if (now >= clock.max) return undefined
      const ahead = ids.some((other) => now + 1 - (state.clock?.[other] as number) > clock.drift)
      return ahead ? undefined : { clock: { [id]: now + 1 } }
    })
  const run = clock.drift === 0 ? together : apart
  return [progressAction('tick', run, run, { waitsFor: waitOf(layout) })]
}
