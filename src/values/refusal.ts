import type { Collection } from 'immutable'
import { isImmutable, isSeq } from 'immutable'
import { compareValues } from './compare.js'
import { formatValue } from './format.js'
import type { AnyRecord } from './kind.js'
import {
  ARRAY,
  isUnderMutation,
  kindOf,
  LIST,
  MAP,
  OBJECT,
  ORDERED_MAP,
  ORDERED_SET,
  RECORD,
  REFUSED,
  SET,
  STACK,
} from './kind.js'
import { ValueError } from './value-error.js'

interface Fields {
  readonly [field: string]: unknown
}

type AnySequence = Collection<unknown, unknown>

/** How deep values may nest. Far beyond any state, and well before the call stack ends. */
export const DEPTH_MAX = 255

/** How many elements or entries a value may have: more than any state needs, and well before what the engine of JavaScript can hold ends the process. */
export const PARTS_MAX = 1 << 22

/** How many elements or entries an array or a collection has. */
export function partsOf(value: object): number {
  return Array.isArray(value) ? value.length : ((value as { readonly size?: number }).size ?? 0)
}

const PLAIN = 'use primitives, plain objects, arrays and collections of Immutable.js'

/** What to say of a built-in, by the tag that `Object.prototype.toString` gives; the hint where it is not the general one. */
const BUILT_INS: { readonly [tag: string]: readonly [what: string, hint?: string] | undefined } = {
  Date: ['a Date', 'keep a time as a number, and bound it'],
  Map: ["a JavaScript Map (use Immutable's Map)", "use Immutable's Map: import { Map } from 'immutable'"],
  Set: ["a JavaScript Set (use Immutable's Set)", "use Immutable's Set: import { Set } from 'immutable'"],
  Promise: ['a Promise', 'spec functions must be synchronous: remove async and await'],
  RegExp: ['a RegExp', 'keep its source as a string'],
  Error: ['an Error', 'keep its message as a string'],
  WeakMap: ['a WeakMap'],
  WeakSet: ['a WeakSet'],
  WeakRef: ['a WeakRef'],
  ArrayBuffer: ['an ArrayBuffer', 'use an array of numbers'],
  SharedArrayBuffer: ['a SharedArrayBuffer', 'use an array of numbers'],
  DataView: ['a DataView', 'use an array of numbers'],
  Generator: ['an iterator', 'spread it into an array: [...iterator]'],
  Number: ['a boxed Number', 'use the primitive: drop `new`'],
  String: ['a boxed String', 'use the primitive: drop `new`'],
  Boolean: ['a boxed Boolean', 'use the primitive: drop `new`'],
}

/**
 * The first thing in `value` that a state cannot hold, with the way to it; `undefined` when there is none.
 *
 * Where there may be one it walks slowly and remembers its way, so that the interner, which meets such values once a run at most, need not.
 */
export function refusalOf(value: unknown): ValueError | undefined {
  return isSurelyHeld(value, 8) ? undefined : walk(value, [], [])
}

/** Whether a state can hold `value`, as far as a quick look tells: what nests deep, and what is rare, it leaves undecided. */
function isSurelyHeld(value: unknown, depth: number): boolean {
  if (typeof value !== 'object') return typeof value !== 'function' && typeof value !== 'symbol' && !Number.isNaN(value)
  if (value === null) return true
  if (depth === 0) return false
  switch (kindOf(value)) {
    case OBJECT:
      for (const key of Object.keys(value)) if (!isSurelyHeld((value as Fields)[key], depth - 1)) return false
      return true
    case ARRAY: {
      const array = value as readonly unknown[]
      if (array.length > PARTS_MAX) return false
      for (let index = 0; index < array.length; index++)
        if (!(index in array && isSurelyHeld(array[index], depth - 1))) return false
      return true
    }
    case SET:
    case LIST:
      return isFewAndFixed(value) && (value as AnySequence).every((part) => isSurelyHeld(part, depth - 1))
    case MAP:
      return (
        isFewAndFixed(value) &&
        (value as AnySequence).every(
          (part, key) => typeof key !== 'object' && isSurelyHeld(key, 1) && isSurelyHeld(part, depth - 1),
        )
      )
    default:
      return false
  }
}

function isFewAndFixed(collection: object): boolean {
  return !isUnderMutation(collection) && partsOf(collection) <= PARTS_MAX
}

function walk(value: unknown, path: readonly string[], ancestors: readonly object[]): ValueError | undefined {
  if (typeof value === 'function') return new ValueError('a function', path, 'keep behaviour in actions: a state is data')
  if (typeof value === 'symbol') return new ValueError('a symbol', path, 'use a string')
  if (typeof value === 'number' && Number.isNaN(value))
    return new ValueError('NaN', path, 'NaN comes from arithmetic on something undefined: look at how this is computed')
  if (typeof value !== 'object' || value === null) return undefined
  if (ancestors.includes(value))
    return new ValueError('a cycle', path, 'refer to another part of the state by its key, not by the object')
  if (ancestors.length >= DEPTH_MAX)
    return new ValueError(`a value nested more than ${DEPTH_MAX} levels deep`, path, 'use a List or an array instead of nesting')
  const kind = kindOf(value)
  if (kind === REFUSED) return refused(value, path)
  if (kind !== OBJECT && partsOf(value) > PARTS_MAX)
    return new ValueError(
      `a value with more than ${PARTS_MAX} parts`,
      path,
      'does it grow without end? bound it: a state is small',
    )
  if (kind !== OBJECT && kind !== ARRAY && isUnderMutation(value))
    return new ValueError('an Immutable collection under mutation', path, 'call asImmutable() on it before returning it')
  return walkParts(value, kind, path, [...ancestors, value])
}

function walkParts(value: object, kind: number, path: readonly string[], ancestors: readonly object[]): ValueError | undefined {
  switch (kind) {
    case ARRAY: {
      const array = value as readonly unknown[]
      for (let index = 0; index < array.length; index++)
        if (!(index in array))
          return new ValueError('an array with holes', path, `element ${index} is missing: fill it, with null say`)
      return first(array, (element, index) => walk(element, [...path, `[${index}]`], ancestors))
    }
    case LIST:
    case STACK:
      return first(value as Iterable<unknown>, (element, index) => walk(element, [...path, `[${index}]`], ancestors))
    case SET:
    case ORDERED_SET:
      return first(value as Iterable<unknown>, (element) => walk(element, [...path, '{element}'], ancestors))
    case MAP:
    case ORDERED_MAP:
      return walkMap(value as Collection.Keyed<unknown, unknown>, path, ancestors)
    case RECORD:
      return walkFields(value as AnyRecord, path, ancestors) ?? walkFields((value as AnyRecord).clear(), path, ancestors)
    default:
      return first(Object.entries(value), ([key, part]) => walk(part, [...path, key], ancestors))
  }
}

function walkFields(record: AnyRecord, path: readonly string[], ancestors: readonly object[]): ValueError | undefined {
  return first(record.toSeq(), ([key, part]) => walk(part, [...path, key], ancestors))
}

function walkMap(
  map: Collection.Keyed<unknown, unknown>,
  path: readonly string[],
  ancestors: readonly object[],
): ValueError | undefined {
  const inKeys = first(map.keys(), (key) => walk(key, [...path, '{key}'], ancestors))
  if (inKeys !== undefined) return inKeys
  const name = (key: unknown) => (typeof key === 'string' ? key : formatValue(key))
  const inValues = first(map.entries(), ([key, part]) => walk(part, [...path, name(key)], ancestors))
  if (inValues !== undefined) return inValues
  const entries = [...map.entries()].sort(([a], [b]) => compareValues(a, b))
  return first(entries, ([key, part], index) => {
    const before = entries[index - 1]
    if (before === undefined || compareValues(before[0], key) !== 0 || compareValues(before[1], part) === 0) return undefined
    const hint = 'Immutable tells plain objects apart by identity: use a string, a List or a Record as the key'
    return new ValueError(`a Map with two values for the key ${formatValue(key, { width: 60 })}`, path, hint)
  })
}

function first<T>(parts: Iterable<T>, refusal: (part: T, index: number) => ValueError | undefined): ValueError | undefined {
  let index = 0
  for (const part of parts) {
    const found = refusal(part, index++)
    if (found !== undefined) return found
  }
  return undefined
}

function refused(value: object, path: readonly string[]): ValueError {
  if (isSeq(value))
    return new ValueError('a lazy Immutable Seq', path, 'make it a collection: call toList(), toSet() or toMap() on it')
  if (isImmutable(value)) return new ValueError('an Immutable collection of an unknown kind', path, PLAIN)
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return new ValueError(`a typed array (${value.constructor.name})`, path, 'use an array of numbers')
  const tag = Object.prototype.toString.call(value).slice('[object '.length, -1)
  const [what, hint] = (Object.hasOwn(BUILT_INS, tag) ? BUILT_INS[tag] : undefined) ?? []
  if (what !== undefined) return new ValueError(what, path, hint ?? PLAIN)
  if (tag.endsWith(' Iterator')) return new ValueError('an iterator', path, 'spread it into an array: [...iterator]')
  const maker: unknown = value.constructor
  const name = typeof maker === 'function' && maker !== Object ? maker.name : ''
  if (name === '') return new ValueError('an object with a prototype of its own', path, PLAIN)
  return new ValueError(`an instance of class ${name}`, path, 'copy its fields into a plain object: { ...instance }')
}
