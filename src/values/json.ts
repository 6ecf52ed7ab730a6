import { Bag, Queue } from './bag.js'
import { setField } from './canonical-values.js'
import { sortedElements, sortedEntries, sortedFields, sortedRecordFields } from './compare.js'
import { formatValue } from './format.js'
import { kindOf, MAP, OBJECT, ORDERED_MAP, RECORD, REFUSED, SET } from './kind.js'

/** A value as JSON: what a state, an argument or a change looks like in a result. See {@link toJson}. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/**
 * A value as JSON, for people and programs that read results; equal values give the same JSON, to the order of keys.
 *
 * - arrays, Lists, Stacks, OrderedSets, queues, and Sets and bags (in canonical order): an array;
 * - plain objects and Records: an object, keys sorted;
 * - a Map with string keys only: an object, keys sorted; an OrderedMap: the same in its own order;
 * - a Map with other keys: an array of `[key, value]`;
 * - `undefined`: null, also as a field; a bigint: its digits and `n`; `Infinity`: `"Infinity"`.
 *
 * So it tells no kinds apart: identity is for an `Interner`. What a state cannot hold (an explanation may) is put in words by
 * `formatValue`. JavaScript itself puts keys that are whole numbers first.
 */
export function toJson(value: unknown): Json {
  return convert(value, [])
}

function convert(value: unknown, ancestors: readonly object[]): Json {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      return Number.isFinite(value) ? value + 0 : String(value)
    case 'bigint':
      return `${value}n`
    case 'undefined':
      return null
    case 'object':
      return value === null ? null : convertComposite(value, ancestors)
    default:
      return formatValue(value)
  }
}

function convertComposite(value: object, ancestors: readonly object[]): Json {
  if (ancestors.includes(value)) return '(cycle)'
  const within = [...ancestors, value]
  const kind = kindOf(value)
  switch (kind) {
    case OBJECT:
      return objectOf(sortedFields(value), within)
    case RECORD:
      return objectOf(sortedRecordFields(value), within)
    case MAP:
    case ORDERED_MAP: {
      const entries = kind === MAP ? sortedEntries(value) : [...(value as Iterable<[unknown, unknown]>)]
      if (entries.every(hasStringKey)) return objectOf(entries, within)
      return entries.map(([key, part]) => [convert(key, within), convert(part, within)])
    }
    case SET:
      return sortedElements(value).map((element) => convert(element, within))
    case REFUSED:
      if (value instanceof Bag) return sortedElements(value).map((element) => convert(element, within))
      return value instanceof Queue ? value.elements.map((element) => convert(element, within)) : formatValue(value)
    default:
      return Array.from(value as Iterable<unknown>, (element) => convert(element, within))
  }
}

function hasStringKey(entry: readonly [unknown, unknown]): entry is readonly [string, unknown] {
  return typeof entry[0] === 'string'
}

function objectOf(entries: readonly (readonly [string, unknown])[], ancestors: readonly object[]): Json {
  const object: { [key: string]: Json } = {}
  for (const [key, part] of entries) setField(object, key, convert(part, ancestors))
  return object
}
