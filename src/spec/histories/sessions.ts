import type { Explanation } from '../machine.js'
import type { Consistency } from './consistency.js'
import { describeCall, describeOperation, describeResult } from './describe.js'
import type { History } from './history.js'
import { sameValue } from './same-value.js'
import type { RegisterOperation } from './sequential-models.js'
import { type Access, byValues, byVersions, type RegisterModel, type VersionedHistory, type Versions } from './versions.js'

/**
 * Read your writes: a client reads nothing older than what it has written itself.
 *
 * What is older is told by versions. Or a {@link register} is given, whose writes all have different values; then one value is older
 * than another where the history proves it: it is the initial one, or its write had returned before the other's was invoked. So of
 * concurrent writes neither is older, and a violation that rests on their order is missed; and a store that does not order writes
 * by real time (but by clocks of its servers, say) is to be judged by its versions. A value that nobody wrote is not judged.
 *
 * Terry et al., "Session guarantees for weakly consistent replicated data", 1994; a session is a client.
 *
 * @param by - the register's model, or how to tell versions.
 * @returns a property of histories, for an invariant; it throws a SpecError where values are the versions and two writes have one.
 * @example
 * const ownWrites = readYourWrites(register('none' as Value))
 * machine({ ..., invariants: { readYourWrites: (s) => ownWrites(s.history) } })
 */
export function readYourWrites<V>(by: RegisterModel<V>): Consistency<RegisterOperation<V>, V | 'ok'>
export function readYourWrites<Operation, Result>(by: Versions<Operation, Result>): Consistency<Operation, Result>
export function readYourWrites(by: Telling): Consistency<RegisterOperation<unknown>, unknown> {
  return (history) =>
    judge(versioned(history, by), (access, before, isOlder) => {
      const { read } = access
      const own = read && before.find(({ wrote }) => wrote && isOlder(read.version, wrote.version))
      return own && `its own ${describeCall(own.operation)}`
    })
}

/**
 * Monotonic reads: a client reads nothing older than what it has read before.
 *
 * What is older is told as in {@link readYourWrites}, with the same limits. By values, a client that reads one, then another, then
 * the first again has gone back in whatever order the writes are.
 *
 * Terry et al., "Session guarantees for weakly consistent replicated data", 1994; a session is a client.
 *
 * @param by - the register's model, or how to tell versions.
 * @returns a property of histories, for an invariant; it throws a SpecError where values are the versions and two writes have one.
 * @example
 * const monotonic = monotonicReads({ wrote: () => undefined, read: (_, result: Result) => result.version })
 * machine({ ..., invariants: { monotonicReads: (s) => monotonic(s.history) } })
 */
export function monotonicReads<V>(by: RegisterModel<V>): Consistency<RegisterOperation<V>, V | 'ok'>
export function monotonicReads<Operation, Result>(by: Versions<Operation, Result>): Consistency<Operation, Result>
export function monotonicReads(by: Telling): Consistency<RegisterOperation<unknown>, unknown> {
  return (history) =>
    judge(versioned(history, by), (access, before, isOlder) => {
      const { read } = access
      const reads = before.filter((other) => other.read !== undefined)
      const newer =
        read &&
        reads.find(
          (other, index) => isOlder(read.version, other.read?.version) || hasLeft(reads.slice(0, index + 1), read.version),
        )
      return newer && `what it had read before, ${describeResult(newer.result)}`
    })
}

type Telling = RegisterModel<unknown> | Versions<unknown, unknown>

function versioned(history: History<string, RegisterOperation<unknown>, unknown>, by: Telling): VersionedHistory {
  return 'apply' in by ? byValues(history, by) : byVersions(history, by)
}

/** Whether the last of `reads` gave another version than `version`, and one before it gave that. */
function hasLeft(reads: readonly Access[], version: unknown): boolean {
  const same = reads.map(({ read }) => sameValue(read?.version, version))
  return same.includes(true) && same.at(-1) === false
}

/** The first access, by client, of which `newer` names something newer that the client knew. */
function judge(
  { sessions, isOlder }: VersionedHistory,
  newer: (access: Access, before: readonly Access[], isOlder: VersionedHistory['isOlder']) => string | undefined,
): true | Explanation {
  for (const { client, accesses } of sessions)
    for (const [index, access] of accesses.entries()) {
      const known = newer(access, accesses.slice(0, index), isOlder)
      if (known !== undefined)
        return { because: `${describeOperation(client, access.operation, access.result)} is older than ${known}` }
    }
  return true
}
