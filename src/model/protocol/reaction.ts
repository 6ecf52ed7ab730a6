import { Choice, choose } from '../../spec/choose.js'
import { nearest } from '../../spec/nearest.js'
import type { AnyMessage, Effects, Envelope, Send } from '../../spec/protocol-role.js'
import { locateFunction } from '../../spec/source-location.js'
import { SpecError } from '../../spec/spec-error.js'
import { refusalOf } from '../../values/refusal.js'
import { ValueError } from '../../values/value-error.js'
import { elementsOf } from '../branches.js'
import { refusedValue } from '../refused.js'
import { isPlainRecord } from '../shape.js'
import { throwHint } from '../spec-call.js'
import type { Coverage } from './coverage.js'
import type { Layout, ProtocolNode } from './layout.js'
import { NetworkChange } from './network-change.js'
import { patched } from './record-patch.js'
import type { Fields, NodePatch, NodeRecord, ProtocolState, StatePatch } from './state.js'

type AnyEffects = Effects<Fields, AnyMessage, unknown>

/** A handler about to run: where, on what, and what its step does whatever it returns. */
export interface Occasion {
  readonly state: ProtocolState
  readonly node: ProtocolNode
  /** What the step changes of the node whatever the handler returns: a timer is disarmed, or the node starts again. */
  readonly change: NodePatch
  /** What else the step changes. */
  readonly patch: StatePatch
  /** The message that it takes from the network. */
  readonly taken: Envelope | null
  /** As coverage and errors name the handler: `server.on.vote`. */
  readonly handler: string
  readonly source: (...args: never[]) => unknown
}

/** What an action may return, nothing for "not enabled". */
export type ActionOutcome = StatePatch | undefined | readonly StatePatch[] | Choice<unknown, unknown>

/** Runs handlers, and translates what they return. */
export class Reactions {
  readonly layout: Layout
  readonly coverage: Coverage

  constructor(layout: Layout, coverage: Coverage) {
    this.layout = layout
    this.coverage = coverage
  }

  /**
   * Runs a handler.
   *
   * @param whenIgnored - what happens when it returns nothing.
   * @throws SpecError when it throws, or returns what no handler may return.
   */
  run(occasion: Occasion, body: () => unknown, whenIgnored: StatePatch | undefined): ActionOutcome {
    return guarded(occasion, () => this.#outcome(occasion, body(), whenIgnored))
  }

  #outcome(occasion: Occasion, reaction: unknown, whenIgnored: StatePatch | undefined): ActionOutcome {
    if (reaction instanceof Choice) {
      const elements = elementsOf(reaction)
      const { branch } = reaction
      // Where a message is consumed also when it is ignored, it is ignored if no branch does anything.
      const isIgnored = whenIgnored !== undefined && !elements.some((element) => doesSomething(branch(element)))
      if (isIgnored || elements.length === 0) {
        this.coverage.ran(occasion.handler, false)
        return whenIgnored
      }
      return choose(elements, (element) => guarded(occasion, () => this.#outcome(occasion, branch(element), undefined)))
    }
    const effects: readonly unknown[] = (Array.isArray(reaction) ? reaction : [reaction]).filter(isSomething)
    const patches = effects.map((one) => this.#patch(occasion, one))
    this.coverage.ran(occasion.handler, patches.length > 0)
    if (patches.length === 0) return whenIgnored
    return Array.isArray(reaction) ? patches : patches[0]
  }

  #patch(occasion: Occasion, returned: unknown): StatePatch {
    const { state, node, patch, taken } = occasion
    const effects = requireEffects(node, returned, this.layout.definition.history !== undefined)
    const change = new NetworkChange(this.layout, state)
    if (taken !== null) change.take(taken)
    for (const send of effects.send ?? []) change.send(this.#envelope(node, send))
    const changed = nodePatch(occasion, effects)
    const history = effects.record?.(state.history)
    return {
      ...patch,
      node: { [node.id]: changed },
      ...change.patch(),
      ...(history === undefined ? {} : { history: history as Fields }),
    }
  }

  #envelope(node: ProtocolNode, send: Send<AnyMessage>): Envelope {
    const { byId, handled } = this.layout
    if (!isPlainRecord(send))
      throw new SpecError('`send` holds something that is not a message', { hint: "send [{ to: 's1', type: 'vote' }]" })
    const { to, ...message } = send
    if (!byId.has(to))
      throw new SpecError(
        to === undefined
          ? `a message '${message.type}' goes to nobody`
          : `a message '${message.type}' goes to '${to}', and there is no such node`,
        {
          hint: nearest(String(to), [...byId.keys()], {
            found: (other) => `did you mean '${other}'?`,
            none: (all) => `the nodes are ${all.join(', ')}`,
          }),
        },
      )
    if (!handled.has(message.type))
      throw new SpecError(`a message '${message.type}' is sent, and no role has a handler for it`, {
        hint: nearest(String(message.type), [...handled], {
          found: (other) => `did you mean '${other}'?`,
          none: (all) => (all.length > 0 ? `the types handled are ${all.join(', ')}` : 'give the receiver `on: { ... }`'),
        }),
      })
    this.coverage.sent(message.type)
    return { from: node.id, to, message }
  }
}

/** Whether a handler returned anything but "nothing", in some branch. */
function doesSomething(reaction: unknown): boolean {
  if (reaction instanceof Choice) return elementsOf(reaction).some((element) => doesSomething(reaction.branch(element)))
  return Array.isArray(reaction) ? reaction.some(isSomething) : isSomething(reaction)
}

function isSomething(reaction: unknown): boolean {
  return reaction !== false && reaction !== null && reaction !== undefined
}

const effectKeys = ['state', 'send', 'disarm', 'arm', 'record', 'sync']

function requireEffects({ init, role, roleName }: ProtocolNode, returned: unknown, hasHistory: boolean): AnyEffects {
  const what =
    returned instanceof Choice
      ? 'a choice among several outcomes'
      : returned instanceof Promise
        ? 'a promise'
        : Array.isArray(returned)
          ? 'a list in a list'
          : typeof returned
  if (!isPlainRecord(returned))
    throw new SpecError(`returned ${what === 'object' ? 'an object of another kind' : what}`, {
      hint:
        what === 'a promise'
          ? 'handlers are pure, synchronous functions: drop the `async`'
          : 'return { state, send, arm, disarm, record, sync }, several such in an array, choose(...), or false to ignore',
    })
  const odd = Object.keys(returned).find((key) => !effectKeys.includes(key))
  if (odd !== undefined)
    throw new SpecError(`returned '${odd}', which is no part of a reaction`, {
      hint: Object.hasOwn(init, odd)
        ? `fields of the node go into \`state\`: { state: { ${odd}: ... } }`
        : nearest(odd, effectKeys, {
            found: (other) => `did you mean '${other}'?`,
            none: (all) => `its parts are ${all.join(', ')}`,
          }),
    })
  for (const key of ['send', 'arm', 'disarm'])
    if (returned[key] !== undefined && !Array.isArray(returned[key]))
      throw new SpecError(`returned \`${key}\` that is not an array`, { hint: `put what there is to ${key} into [...]` })
  if (returned.record !== undefined && typeof returned.record !== 'function')
    throw new SpecError('returned `record` that is not a function', { hint: 'record: (history) => ({ ... what changes })' })
  if (returned.record !== undefined && !hasHistory)
    throw new SpecError('returned `record`, and there is nothing to record in', {
      hint: 'give protocol(...) the history as it is at first: `history: { ... }`',
    })
  if (returned.sync !== undefined && returned.sync !== true)
    throw new SpecError(`returned \`sync\` that is ${String(returned.sync)}`, { hint: 'it is `true`, or left out' })
  if (returned.sync === true && role.sync !== 'explicit')
    throw new SpecError(`returned \`sync\`, and every write of role '${roleName}' is durable at once`, {
      hint: "say that writes wait for a sync: `sync: 'explicit'` in the role; or leave `sync` out",
    })
  return returned
}

/** What changes of a node by its reaction. Of the node no more is read than it takes to tell. */
function nodePatch({ state: { node: nodes }, node, change }: Occasion, effects: AnyEffects): NodePatch {
  const { state, disarm = [], arm = [], sync } = effects
  const { template } = node
  const before = nodes[node.id] as NodeRecord
  for (const timer of [...disarm, ...arm])
    if (!node.timers.includes(timer))
      throw new SpecError(`there is no timer '${timer}'`, {
        hint: nearest(timer, node.timers, {
          found: (other) => `did you mean '${other}'?`,
          none: (all) => (all.length > 0 ? `the timers are ${all.join(', ')}` : `give the role \`timers: { ${timer}: ... }\``),
        }),
      })
  // The slots of the node would refuse it as well, and not know which handler it was.
  const refusal = refusalOf(state)
  if (refusal !== undefined) throw refusal
  const patch: { -readonly [K in keyof NodePatch]: NodePatch[K] } = { ...change }
  if (state !== undefined) {
    // Put into the fields as they are at first, it says what does not fit, and reads nothing.
    const fields = patched(template, change.state ?? template, state) as Fields
    patch.state = change.state === undefined ? state : fields
  }
  if (disarm.length + arm.length > 0) {
    const left = (change.armed ?? before.armed).filter((timer) => !disarm.includes(timer))
    patch.armed = [...new Set([...left, ...arm])].sort()
  }
  if (sync === true && syncsExplicitly(node)) patch.synced = durableAfter(node, change.state ?? before.state, state ?? {})
  return patch
}

/** The durable fields of a node once a patch is put into them. */
function durableAfter({ role, template }: ProtocolNode, state: Fields, patch: Fields): Fields {
  const after = (field: string) =>
    Object.hasOwn(patch, field) ? patched(template[field], state[field], patch[field]) : state[field]
  return Object.fromEntries((role.durable ?? []).map((field) => [field, after(field)]))
}

/** Whether what a node writes is durable only once it is synced. */
export function syncsExplicitly({ role }: ProtocolNode): boolean {
  return role.sync === 'explicit'
}

/** The fields of a node that survive a crash. */
export function durablePart({ role }: ProtocolNode, state: Fields): Fields {
  return Object.fromEntries((role.durable ?? []).map((field) => [field, state[field]]))
}

/** Whatever goes wrong names the handler, and where it is written. */
function guarded<T>({ handler, source, node }: Occasion, body: () => T): T {
  try {
    return body()
  } catch (thrown) {
    if (thrown instanceof SpecError && thrown.site !== undefined) throw thrown
    const error = thrown instanceof ValueError ? refusedValue(thrown.path, thrown.what, thrown.hint) : thrown
    const ours = error instanceof SpecError
    const mutation = error instanceof TypeError && /not extensible|read[ -]only|only a getter|Cannot delete/.test(error.message)
    const what = ours ? error.message : `threw ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`
    throw new SpecError(`${handler} of ${node.id}${ours ? ': ' : ' '}${what}`, {
      hint: ours ? error.hint : mutation ? 'states are immutable: return a patch with what changes' : throwHint,
      path: ours ? error.path : undefined,
      site: locateFunction(source),
      cause: error,
    })
  }
}
