import { SpecError } from '../spec-error.js'
import { describeCall } from './describe.js'
import type { History } from './history.js'
import { sameValue } from './same-value.js'
import type { RegisterOperation, SequentialModel } from './sequential-models.js'

/**
 * Which version of the object a completed operation wrote, and which it read; `undefined` where it did not. Of two versions the
 * smaller is the older. Give only versions of one object: where there are several, make a property for each.
 */
export interface Versions<Operation, Result> {
  readonly wrote: (operation: Operation, result: Result) => number | undefined
  readonly read: (operation: Operation, result: Result) => number | undefined
}

/** A register by its model, so that its values tell versions apart: all writes differ, from each other and from the initial value. */
export type RegisterModel<V> = SequentialModel<V, RegisterOperation<V>, V | 'ok'>

/** In a box, because `undefined` may be a value of a register. */
interface Version {
  readonly version: unknown
}

/** A client's completed operation, with the versions that it wrote and read. */
export interface Access {
  readonly operation: unknown
  readonly result: unknown
  readonly wrote: Version | undefined
  readonly read: Version | undefined
}

/** The completed operations of each client in its order, and which version is older than which. */
export interface VersionedHistory {
  readonly sessions: readonly { readonly client: string; readonly accesses: readonly Access[] }[]
  readonly isOlder: (version: unknown, other: unknown) => boolean
}

/** A history of an object that tells its versions. */
export function byVersions<Operation, Result>(
  history: History<string, Operation, Result>,
  { wrote, read }: Versions<Operation, Result>,
): VersionedHistory {
  const box = (version: number | undefined) => (version === undefined ? undefined : { version })
  return {
    sessions: sessionsOf(history, (operation, result) => [box(wrote(operation, result)), box(read(operation, result))]),
    isOlder: (version, other) => (version as number) < (other as number),
  }
}

/**
 * A history of a register whose values are its versions. The initial value is older than a written one; of two written ones, the one
 * whose write had returned before the other's was invoked. Concurrent writes are in no order.
 *
 * @throws SpecError when two writes have one value, or one writes the initial value.
 */
export function byValues<V>(
  history: History<string, RegisterOperation<V>, V | 'ok'>,
  { init }: Pick<RegisterModel<V>, 'init'>,
): VersionedHistory {
  requireRegister(history)
  const writes = writesOf(history)
  requireDistinct(writes, init)
  const writeOf = (version: unknown) => writes.find(({ value }) => sameValue(value, version))
  const isOlder = (version: unknown, other: unknown) => {
    const newer = writeOf(other)
    if (newer === undefined) return false
    if (sameValue(version, init)) return true
    const older = writeOf(version)
    if (older === undefined) return false
    return older.client === newer.client ? older.index < newer.index : (newer.after[older.client] ?? 0) > older.index
  }
  const sessions = sessionsOf(history, (operation, result) =>
    operation.type === 'write' ? [{ version: operation.value }, undefined] : [undefined, { version: result }],
  )
  return { sessions, isOlder }
}

/** @param versions - the version that an operation wrote, and the one that it read. */
function sessionsOf<Operation, Result>(
  history: History<string, Operation, Result>,
  versions: (operation: Operation, result: Result) => readonly [wrote: Version | undefined, read: Version | undefined],
): VersionedHistory['sessions'] {
  return Object.entries(history).map(([client, { completed }]) => ({
    client,
    accesses: completed.toArray().map(({ operation, result }) => {
      const [wrote, read] = versions(operation, result)
      return { operation, result, wrote, read }
    }),
  }))
}

interface Write {
  readonly client: string
  readonly index: number
  readonly value: unknown
  readonly after: { readonly [client: string]: number }
}

/** All writes, also those in flight: they may have taken effect. */
function writesOf<V>(history: History<string, RegisterOperation<V>, V | 'ok'>): readonly Write[] {
  return Object.entries(history).flatMap(([client, { completed, inFlight }]) =>
    [...completed, ...inFlight].flatMap(({ operation, after }, index) =>
      operation.type === 'write' ? [{ client, index, value: operation.value, after }] : [],
    ),
  )
}

/** Values tell versions of a register alone: what else an operation does to them would go unseen. */
function requireRegister(history: History<string, { readonly type: string }, unknown>): void {
  for (const [client, { completed, inFlight }] of Object.entries(history))
    for (const { operation } of [...completed, ...inFlight])
      if (operation.type !== 'write' && operation.type !== 'read')
        throw new SpecError(
          `${client}: ${describeCall(operation)} is no operation of a register, whose values tell its versions`,
          {
            hint: 'tell versions otherwise: { wrote: (operation, result) => ..., read: (operation, result) => ... }',
          },
        )
}

function requireDistinct(writes: readonly Write[], init: unknown): void {
  for (const [at, { client, value }] of writes.entries()) {
    const call = `${client}: ${describeCall({ type: 'write', value })}`
    const hint = 'let each write have a value of its own, or tell versions: { wrote: (operation, result) => ..., read: ... }'
    if (sameValue(value, init))
      throw new SpecError(`${call} writes the initial value, so a read does not tell which of them it saw`, { hint })
    const twin = writes.slice(0, at).find((other) => sameValue(other.value, value))
    if (twin !== undefined)
      throw new SpecError(`${call} writes what ${twin.client} wrote, so a read does not tell which of them it saw`, { hint })
  }
}
