import { nearest } from '../nearest.js'
import { SpecError } from '../spec-error.js'
import { describeCall } from './describe.js'

/** A step records something of a client that the history was not made for. */
export function noSuchClient(client: string, clients: readonly string[]): SpecError {
  return new SpecError(`the history has no client '${client}'`, {
    hint: nearest(client, clients, {
      found: (other) => `did you mean '${other}'?`,
      none: (all) => (all.length > 0 ? `its clients are ${all.join(', ')}` : 'it was made for no clients'),
    }),
  })
}

/** A client invokes an operation before the one before has returned. */
export function stillInFlight(client: string, operation: unknown, current: unknown): SpecError {
  return new SpecError(`client '${client}' invokes ${describeCall(operation)} while its ${describeCall(current)} is in flight`, {
    hint: 'a client is sequential: let it invoke when the one before has returned, or make it two clients; a retry is not recorded',
  })
}

/** A client gets a result of nothing. */
export function nothingInFlight(client: string): SpecError {
  return new SpecError(`client '${client}' gets a result, but has no operation in flight`, {
    hint: 'record the request with invoked(...) when the client sends it; a response that the client ignores is not recorded',
  })
}
