import type { Collection } from 'immutable'
import { Map as ImmutableMap, Record as ImmutableRecord, Set as ImmutableSet, isOrdered, List, Stack } from 'immutable'
import { isLive } from './live.js'

/** A Record of Immutable's, whatever its fields are. */
export type AnyRecord = ImmutableRecord<Readonly<Record<string, unknown>>>

/** A collection of Immutable's other than a Record. */
export type AnyCollection = Collection<unknown, unknown> & { readonly size?: number }

// The kind is part of a value: a List is never equal to an array, nor a Stack to a List. The numbers are the order of kinds in
// `compareValues` and the first word of an interned tuple, hence plain constants and not a string union.
export const PRIMITIVE = 0
export const ARRAY = 1
export const LIST = 2
export const STACK = 3
export const SET = 4
export const ORDERED_SET = 5
export const MAP = 6
export const ORDERED_MAP = 7
export const OBJECT = 8
export const RECORD = 9
/** Not a value that a state can hold. */
export const REFUSED = 10

/** Kinds of Immutable's by prototype: asking Immutable's predicates one by one costs more than this look-up. */
const kindByPrototype = new WeakMap<object, number>()

/** The kind of a composite value: one of {@link ARRAY} to {@link RECORD}, or {@link REFUSED}. */
export function kindOf(object: object): number {
  const prototype: object | null = Object.getPrototypeOf(object)
  if (prototype === Object.prototype || prototype === null) return OBJECT
  if (prototype === Array.prototype) return ARRAY
  return kindByPrototype.get(prototype) ?? unfamiliarKindOf(object, prototype)
}

function unfamiliarKindOf(object: object, prototype: object): number {
  const kind = immutableKindOf(object)
  if (kind !== REFUSED) {
    if (immutableKindOf(prototype) === kind) kindByPrototype.set(prototype, kind)
    return kind
  }
  if (isLive(object)) return Array.isArray(object) ? ARRAY : OBJECT
  // Values made in another realm (a vm context, as some test runners use) have another Object.prototype and Array.prototype.
  if (Object.hasOwn(prototype, 'isPrototypeOf') && Object.getPrototypeOf(prototype) === null) return OBJECT
  if (Array.isArray(object) && Array.isArray(prototype)) return ARRAY
  return REFUSED
}

function immutableKindOf(object: object): number {
  const ordered = isOrdered(object)
  if (ImmutableSet.isSet(object)) return ordered ? ORDERED_SET : SET
  if (ImmutableMap.isMap(object)) return ordered ? ORDERED_MAP : MAP
  if (List.isList(object)) return LIST
  if (Stack.isStack(object)) return STACK
  return ImmutableRecord.isRecord(object) ? RECORD : REFUSED
}

/** Whether a collection is in the middle of `withMutations` or `asMutable`, so that its content may still change. */
export function isUnderMutation(collection: object): boolean {
  return (collection as { readonly __ownerID?: unknown }).__ownerID !== undefined
}

/** Whether a Map or Set is made by the Immutable that this process uses itself, and nothing derived from it. */
export function isImmutablesOwn(collection: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(collection)
  return prototype === ImmutableMap.prototype || prototype === ImmutableSet.prototype
}
