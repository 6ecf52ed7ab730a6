import { is, isCollection, isOrdered, isRecord } from 'immutable'

/**
 * Whether two values are equal by content, as states of a spec are. Immutable's `is` alone tells plain objects and arrays apart
 * by identity, also those inside its collections, and a model makes a new one with each result.
 */
export function sameValue(a: unknown, b: unknown): boolean {
  if (is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false
  const parts = partsOf(a)
  const others = partsOf(b)
  if (parts.length !== others.length) return false
  return inOrder(a)
    ? parts.every((part, index) => sameValue(part, others[index]))
    : parts.every((part) => others.some((other) => sameValue(part, other)))
}

function inOrder(value: object): boolean {
  return Array.isArray(value) || isOrdered(value)
}

/** Elements, or entries by key. */
function partsOf(value: object): readonly unknown[] {
  if (Array.isArray(value)) return value
  if (isCollection(value)) return [...value]
  return Object.entries(isRecord(value) ? value.toObject() : value)
}
