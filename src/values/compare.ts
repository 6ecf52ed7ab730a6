import type { Collection } from 'immutable'
import { Record } from 'immutable'
import { Bag, Queue } from './bag.js'
import type { AnyRecord } from './kind.js'
import { ARRAY, kindOf, LIST, MAP, OBJECT, ORDERED_MAP, ORDERED_SET, PRIMITIVE, REFUSED, SET, STACK } from './kind.js'
import { byCodeUnit } from './shapes.js'

/**
 * A total order of values, consistent with equality by value: 0 if and only if the two are equal.
 *
 * Order of kinds: null, booleans, numbers, bigints, strings, arrays, Lists, Stacks, Sets, OrderedSets, Maps, OrderedMaps, plain
 * objects, Records, undefined (last because JavaScript's own sort always puts it there). Numbers go numerically (-0 equals 0),
 * strings by code unit, composites by size, then element by element; where the order of elements does not matter, in canonical
 * order: elements of a Set by this order, entries of a Map by key, fields by name. Records go by name first.
 *
 * It is meant for values that an interner accepts (an `Interner` gives equal values one id, which is the faster comparison), and for the bags and queues of
 * a network.
 */
export function compareValues(a: unknown, b: unknown): number {
  if (a === b) return 0
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return comparePrimitives(a, b)
  const kind = kindOf(a)
  const difference = kind - kindOf(b)
  if (difference !== 0) return Math.sign(difference)
  switch (kind) {
    case ARRAY:
    case LIST:
    case STACK:
    case ORDERED_SET:
      return compareSequences([...(a as Iterable<unknown>)], [...(b as Iterable<unknown>)])
    case SET:
      return sizeOf(a) - sizeOf(b) || compareSequences(sortedElements(a), sortedElements(b))
    case MAP:
      return sizeOf(a) - sizeOf(b) || compareSequences(sortedEntries(a).flat(), sortedEntries(b).flat())
    case ORDERED_MAP:
      return compareSequences([...entriesOf(a)].flat(), [...entriesOf(b)].flat())
    case OBJECT:
      return compareObjects(a as PlainObject, b as PlainObject)
    case REFUSED:
      return compareInFlight(a, b)
    default:
      return compareRecords(a as AnyRecord, b as AnyRecord)
  }
}

/** Elements of a Set, or of a bag, in canonical order. */
export function sortedElements(set: object): unknown[] {
  return [...(set as Iterable<unknown>)].sort(compareValues)
}

/** Entries of a Map, by key in canonical order. */
export function sortedEntries(map: object): (readonly [unknown, unknown])[] {
  return [...entriesOf(map)].sort(([a], [b]) => compareValues(a, b))
}

/** Fields of a plain object, by name. */
export function sortedFields(object: object): (readonly [string, unknown])[] {
  return sortedNames(object).map((name) => [name, (object as PlainObject)[name]])
}

/** Fields of a Record, by name. */
export function sortedRecordFields(record: object): (readonly [string, unknown])[] {
  return [...(record as AnyRecord).toSeq().entries()].sort(([a], [b]) => byCodeUnit(a, b))
}

/** Descriptive name of a Record: as given to its factory, else `Record`. */
export function nameOf(record: object): string {
  return Record.getDescriptiveName(record as AnyRecord)
}

type PlainObject = { readonly [field: string]: unknown }

function compareObjects(a: PlainObject, b: PlainObject): number {
  const fields = sortedNames(a)
  const others = sortedNames(b)
  if (fields.length !== others.length) return fields.length < others.length ? -1 : 1
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index] as string
    const other = others[index] as string
    const order = byCodeUnit(field, other) || compareValues(a[field], b[other])
    if (order !== 0) return order
  }
  return 0
}

/** Canonical values have their fields by name already, and are compared most. */
function sortedNames(object: object): string[] {
  const names = Object.keys(object)
  for (let index = 1; index < names.length; index++)
    if (byCodeUnit(names[index - 1] as string, names[index] as string) > 0) return names.sort(byCodeUnit)
  return names
}

function compareInFlight(a: object, b: object): number {
  if (a instanceof Bag && b instanceof Bag) return compareSequences(sortedElements(a), sortedElements(b))
  if (a instanceof Queue && b instanceof Queue) return compareSequences(a.elements, b.elements)
  return a instanceof Bag ? -1 : 1
}

function compareRecords(a: AnyRecord, b: AnyRecord): number {
  const order = byCodeUnit(nameOf(a), nameOf(b)) || compareFields(a, b)
  return order || Object.getPrototypeOf(a) === Object.getPrototypeOf(b) ? order : compareFields(a.clear(), b.clear())
}

function compareFields(a: AnyRecord, b: AnyRecord): number {
  return compareSequences(sortedRecordFields(a).flat(), sortedRecordFields(b).flat())
}

function entriesOf(map: object): Iterable<[unknown, unknown]> {
  return (map as Collection.Keyed<unknown, unknown>).entries()
}

function sizeOf(collection: object): number {
  return (collection as { readonly size: number }).size
}

/** Both are flat: for keys and values the lengths are the sizes twice. */
function compareSequences(a: readonly unknown[], b: readonly unknown[]): number {
  if (a.length !== b.length) return a.length < b.length ? -1 : 1
  for (let index = 0; index < a.length; index++) {
    const order = compareValues(a[index], b[index])
    if (order !== 0) return order
  }
  return 0
}

function comparePrimitives(a: unknown, b: unknown): number {
  const difference = rankOf(a) - rankOf(b)
  if (difference !== 0) return Math.sign(difference)
  if (typeof a === 'string' && typeof b === 'string') return byCodeUnit(a, b)
  if (typeof a === 'bigint' && typeof b === 'bigint') return a < b ? -1 : 1
  return Number(a) < Number(b) ? -1 : Number(a) > Number(b) ? 1 : 0
}

/** Kinds of primitives, all but `undefined` before the first kind of composites. */
function rankOf(value: unknown): number {
  if (value === undefined) return REFUSED
  if (value === null) return PRIMITIVE - 5
  return PRIMITIVE_RANKS[typeof value] ?? PRIMITIVE + 1
}

const PRIMITIVE_RANKS: { readonly [type: string]: number | undefined } = {
  boolean: PRIMITIVE - 4,
  number: PRIMITIVE - 3,
  bigint: PRIMITIVE - 2,
  string: PRIMITIVE - 1,
}
