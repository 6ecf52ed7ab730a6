import type { Envelope } from '../../spec/protocol-role.js'
import type { Layout, Source } from './layout.js'
import type { BagLike, ProtocolState, QueueLike, StatePatch } from './state.js'

/** The messages of a source, as far as `choose` is concerned: all of a bag, the oldest of a channel. */
export function waiting(state: ProtocolState, source: Source): BagLike | QueueLike {
  return (source.kind === 'fifo' ? state.fifo?.[source.label] : state[source.kind]) as BagLike | QueueLike
}

/** What one step takes from the network and puts into it. */
export class NetworkChange {
  readonly #layout: Layout
  readonly #state: ProtocolState
  readonly #bags: { unordered?: BagLike; set?: BagLike } = {}
  readonly #queues: { [channel: string]: QueueLike } = {}

  constructor(layout: Layout, state: ProtocolState) {
    this.#layout = layout
    this.#state = state
  }

  /** Takes a message out: of a channel, the oldest. */
  take(envelope: Envelope): void {
    const source = this.#layout.sourceBetween(envelope.from, envelope.to)
    if (source.kind === 'fifo') this.#queues[source.label] = this.#queue(source.label).pop()
    else this.#bags[source.kind] = this.#bag(source.kind).remove(envelope)
  }

  send(envelope: Envelope): void {
    const source = this.#layout.sourceBetween(envelope.from, envelope.to)
    if (source.kind === 'fifo') this.#queues[source.label] = this.#queue(source.label).push(envelope)
    else this.#bags[source.kind] = this.#bag(source.kind).add(envelope)
  }

  /** Puts other messages in the place of one; on a channel, of the oldest. */
  replace(envelope: Envelope, others: readonly Envelope[]): void {
    const source = this.#layout.sourceBetween(envelope.from, envelope.to)
    if (source.kind === 'fifo') {
      const channel = this.#queue(source.label)
      const [, ...later] = channel
      let queue = channel.pop()
      for (const _ of later) queue = queue.pop()
      for (const message of [...others, ...later]) queue = queue.push(message)
      this.#queues[source.label] = queue
    } else {
      this.take(envelope)
      for (const other of others) this.send(other)
    }
  }

  patch(): StatePatch {
    return { ...this.#bags, ...(Object.keys(this.#queues).length > 0 ? { fifo: this.#queues } : {}) }
  }

  #bag(kind: 'unordered' | 'set'): BagLike {
    return this.#bags[kind] ?? (this.#state[kind] as BagLike)
  }

  #queue(channel: string): QueueLike {
    return this.#queues[channel] ?? (this.#state.fifo?.[channel] as QueueLike)
  }
}
