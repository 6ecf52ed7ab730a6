import type { Json } from '../../values/json.js'
import { isFields, isList } from './value-text.js'

/** A part of a state as the state pane shows it, beside the state before. */
export interface StatePart {
  /** Field names and places in lists, from the root. */
  readonly path: readonly (string | number)[]
  /** `changed`: this value itself became another; `inside`: the same value but for some of its parts. */
  readonly mark: 'same' | 'added' | 'removed' | 'changed' | 'inside'
  /** The value; of a removed one what it was. */
  readonly value: Json
  /** Of a changed one what it was. */
  readonly before?: Json
}

/** Longer lists than these are compared place by place: the quadratic way would be felt. */
const LIST_CELLS_MAX = 250_000

/**
 * The parts of a value, each with what became of it since `before`: fields by name, elements of lists where they still match, in
 * order; what is gone stands where it was.
 *
 * @param before - `undefined` where there is nothing to compare with: then all is `same`.
 */
export function partsOf({ path, value, mark, before }: StatePart): readonly StatePart[] {
  // What came or went as a whole says so itself; its parts need no marks.
  const base = mark === 'inside' ? before : undefined
  if (isFields(value)) return fieldParts(path, isFields(base) ? base : undefined, value)
  if (isList(value)) return isList(base) ? listParts(path, base, value) : value.map((part, index) => same([...path, index], part))
  return []
}

/** A whole state beside the one before; `undefined` for the first of a behaviour. */
export function rootPart(before: Json | undefined, value: Json): StatePart {
  return before === undefined ? same([], value) : compared([], before, value)
}

function same(path: StatePart['path'], value: Json): StatePart {
  return { path, mark: 'same', value }
}

function compared(path: StatePart['path'], before: Json, value: Json): StatePart {
  if (equal(before, value)) return same(path, value)
  return { path, mark: keepsShape(before, value) ? 'inside' : 'changed', value, before }
}

/** Whether the change reads better part by part than as one value that replaced another. */
function keepsShape(before: Json, value: Json): boolean {
  if (isList(before) && isList(value)) return before.length > 0 || value.length > 0
  if (!isFields(before) || !isFields(value)) return false
  return Object.keys(before).some((key) => Object.hasOwn(value, key))
}

/** Whether an element of a list that gave way to another is rather the same one, changed: it keeps half of its fields, or of its elements. */
function isAlike(before: Json, value: Json): boolean {
  if (isList(before) && isList(value))
    return longestCommon(before.map(textOf), value.map(textOf)).length * 2 >= Math.max(before.length, value.length)
  if (!isFields(before) || !isFields(value)) return false
  const keys = Object.keys({ ...before, ...value })
  const kept = keys.filter(
    (key) => Object.hasOwn(before, key) && Object.hasOwn(value, key) && equal(before[key] as Json, value[key] as Json),
  )
  return kept.length * 2 >= keys.length
}

function fieldParts(
  path: StatePart['path'],
  before: { readonly [key: string]: Json } | undefined,
  value: { readonly [key: string]: Json },
) {
  const parts: StatePart[] = []
  for (const [key, part] of Object.entries(value)) {
    const at = [...path, key]
    if (before === undefined) parts.push(same(at, part))
    else if (Object.hasOwn(before, key)) parts.push(compared(at, before[key] as Json, part))
    else parts.push({ path: at, mark: 'added', value: part })
  }
  for (const [key, part] of Object.entries(before ?? {}))
    if (!Object.hasOwn(value, key)) parts.push({ path: [...path, key], mark: 'removed', value: part })
  return parts
}

function listParts(path: StatePart['path'], before: readonly Json[], value: readonly Json[]): readonly StatePart[] {
  const [left, right] = [before.map(textOf), value.map(textOf)]
  const kept = longestCommon(left, right)
  const parts: StatePart[] = []
  let [i, j] = [0, 0]
  for (const [leftEnd, rightEnd] of [...kept, [left.length, right.length] as const]) {
    while (i < leftEnd && j < rightEnd && isAlike(before[i] as Json, value[j] as Json))
      parts.push(compared([...path, j], before[i++] as Json, value[j++] as Json))
    while (i < leftEnd) parts.push({ path: [...path, i], mark: 'removed', value: before[i++] as Json })
    while (j < rightEnd) parts.push({ path: [...path, j], mark: 'added', value: value[j++] as Json })
    if (j < right.length) parts.push(same([...path, j], value[j] as Json))
    i++
    j++
  }
  return parts
}

/** Pairs of places, in order, at which two lists hold the same: as many as there can be. */
function longestCommon(left: readonly string[], right: readonly string[]): (readonly [number, number])[] {
  if (left.length * right.length > LIST_CELLS_MAX)
    return left.flatMap((text, index) => (text === right[index] ? [[index, index] as const] : []))
  const width = right.length + 1
  const lengths = new Uint32Array((left.length + 1) * width)
  const at = (i: number, j: number) => lengths[i * width + j] as number
  for (let i = left.length - 1; i >= 0; i--)
    for (let j = right.length - 1; j >= 0; j--)
      lengths[i * width + j] = left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const pairs: (readonly [number, number])[] = []
  let [i, j] = [0, 0]
  while (i < left.length && j < right.length)
    if (left[i] === right[j]) pairs.push([i++, j++])
    else if (at(i + 1, j) >= at(i, j + 1)) i++
    else j++
  return pairs
}

/** Equal values give the same text: a result's keys come in one order. */
function textOf(value: Json): string {
  return JSON.stringify(value)
}

function equal(left: Json, right: Json): boolean {
  return left === right || textOf(left) === textOf(right)
}
