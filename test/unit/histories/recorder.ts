import type { History } from 'faultline'
import { emptyHistory, invoked, returned, type SequentialModel } from 'faultline'

/** Takes a history through events, as the steps of a machine would. */
export class Recorder<C extends string, S, Operation, Result> {
  history: History<C, Operation, Result>

  constructor(clients: readonly C[], model: SequentialModel<S, Operation, Result>) {
    this.history = emptyHistory(clients, model)
  }

  invoke(client: C, operation: Operation): this {
    return this.#merge(client, invoked(this.history, client, operation))
  }

  return(client: C, result: Result): this {
    return this.#merge(client, returned(this.history, client, result))
  }

  /** An operation that nothing overlaps. */
  run(client: C, operation: Operation, result: Result): this {
    return this.invoke(client, operation).return(client, result)
  }

  /** What a machine does with a patch. */
  #merge(client: C, patch: { readonly [K in C]?: object }): this {
    this.history = { ...this.history, [client]: { ...this.history[client], ...patch[client] } }
    return this
  }
}
