import type { Nodes } from '../model/anatomy.js'
import { messageText } from '../model/protocol/labels.js'
import type { EnabledStep } from '../model/stepper.js'
import type { Envelope } from '../spec/protocol-role.js'
import type { Interner } from '../values/interner.js'
import { toJson } from '../values/json.js'
import type { MessageEnd, MessageLine } from './annotation.js'
import type { WalkObserver } from './walk.js'

interface Line extends Omit<MessageLine, 'inFlight'> {
  readonly ends: MessageEnd[]
}

/** What a step about a message needed of the network. */
export interface MessageNeeds {
  readonly envelope: Envelope
  /** The step that sent the message, 0 where it was there in the beginning; on a channel also the one that took away what stood before it. */
  readonly steps: readonly number[]
}

/** What becomes of a message that an action takes, unless it is delivered. */
const fates: { readonly [action: string]: MessageEnd['how'] | undefined } = {
  drop: 'dropped',
  corrupt: 'corrupted',
  lose: 'lost',
}

/**
 * Follows every message from where it was sent to what becomes of it. Equal messages in flight cannot be told apart: the oldest is
 * taken first.
 */
export class MessageLines implements WalkObserver {
  readonly #nodes: Nodes
  readonly #interner: Interner
  readonly #lines: Line[] = []
  /** In flight, oldest first, by the id of the envelope. On a channel they stand in the order of the channel. */
  readonly #live = new Map<number, Line[]>()
  /** The last step that took a message from a channel. */
  readonly #taken = new Map<string, number>()
  readonly #needs: (MessageNeeds | null)[] = [null]

  constructor(nodes: Nodes, interner: Interner) {
    this.#nodes = nodes
    this.#interner = interner
  }

  atState(index: number, state: unknown): void {
    if (index === 0) this.#sent(0, state)
  }

  atStep(index: number, { action, transition }: EnabledStep, _before: unknown, after: unknown): void {
    this.#needs[index] = this.#happened(index, action.name, transition.args)
    this.#sent(index, after)
  }

  /** The messages, in order of sending. */
  all(): readonly MessageLine[] {
    const live = new Set([...this.#live.values()].flat())
    return this.#lines.map((line) => ({ ...line, inFlight: live.has(line) }))
  }

  /** What a step needed of the network; `null` for one that is about no message. */
  needsOf(step: number): MessageNeeds | null {
    return this.#needs[step] ?? null
  }

  /** Notes what becomes of the message that the step is about. */
  #happened(index: number, action: string, args: readonly unknown[]): MessageNeeds | null {
    const event = this.#nodes.messageOf(action, args)
    if (event === null) return null
    const { envelope, form } = event
    const waiting = this.#waiting(envelope)
    const line = waiting[0]
    if (line === undefined) return null
    const kind = this.#nodes.networkBetween(envelope.from, envelope.to)
    const channel = `${envelope.from}→${envelope.to}`
    const freed = kind === 'fifo' ? this.#taken.get(channel) : undefined
    const steps = freed === undefined || freed === line.sentAt ? [line.sentAt] : [line.sentAt, freed]
    if (action === 'duplicate') waiting.splice(1, 0, this.#begin(envelope, index, 'duplicated', line.id))
    else {
      const how = fates[action] ?? 'delivered'
      line.ends.push({ at: index, how })
      if (how !== 'delivered' || kind !== 'set') waiting.shift()
      if (form === null) this.#taken.set(channel, index)
      else this.#corrupted({ ...envelope, message: form }, index, line.id, kind === 'set')
    }
    return { envelope, steps }
  }

  #corrupted(envelope: Envelope, index: number, of: number, once: boolean): void {
    const waiting = this.#waiting(envelope)
    // On a channel the corrupted form stands where the message stood: in front.
    if (!once || waiting.length === 0) waiting.unshift(this.#begin(envelope, index, 'corrupted', of))
  }

  /** Begins a line for each message that is in flight now and was not: it was sent. */
  #sent(index: number, state: unknown): void {
    const seen = new Map<number, number>()
    for (const envelope of this.#nodes.inFlight(state)) {
      const id = this.#interner.idOf(envelope)
      const count = (seen.get(id) ?? 0) + 1
      seen.set(id, count)
      const waiting = this.#waiting(envelope)
      if (count > waiting.length) waiting.push(this.#begin(envelope, index, 'sent', null))
    }
  }

  #waiting(envelope: Envelope): Line[] {
    const id = this.#interner.idOf(envelope)
    const waiting = this.#live.get(id) ?? []
    this.#live.set(id, waiting)
    return waiting
  }

  #begin({ from, to, message }: Envelope, sentAt: number, origin: MessageLine['origin'], of: number | null): Line {
    const line: Line = {
      id: this.#lines.length,
      type: message.type,
      text: messageText(message),
      message: toJson(message),
      from,
      to,
      sentAt,
      origin,
      of,
      ends: [],
    }
    this.#lines.push(line)
    return line
  }
}
