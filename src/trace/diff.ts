import {
  type Collection,
  type Record as ImmutableRecord,
  isImmutable,
  isIndexed,
  isKeyed,
  isOrdered,
  Record,
  Set,
} from 'immutable'
import { Bag, Queue } from '../values/bag.js'
import { compareValues } from '../values/compare.js'
import { type Json, toJson } from '../values/json.js'
import { listEdits, queueEdits } from './list-edits.js'

/** One difference between two states. `before` is absent where something was added, `after` where it was removed. */
export interface Change {
  /** From the state's root: field names, keys of maps, indices of lists, elements of sets. */
  readonly path: readonly Json[]
  readonly before?: Json
  readonly after?: Json
  /** Whether a set or a bag gained or lost an element (a bag: once): then the path ends in the element itself, not in a key. */
  readonly element?: true
}

type Path = readonly Json[]
type PlainRecord = { readonly [field: string]: unknown }
type Entry = readonly [key: unknown, value: unknown]

/**
 * The differences between two states, as small as they read well: records and Immutable Records by field, maps by key, sets
 * by element, lists, stacks and arrays by index. A collection that keeps nothing of what it held is one change. Messages in flight (a bag,
 * or a queue where their order counts) are there or not, each as a whole.
 *
 * In a list or queue, the index of a removal is its place in the list before, every other index a place in the list after.
 *
 * @param before - a state, or any value that a state may hold.
 * @param after - the value to compare it with.
 * @returns changes in the order of the fields of `before`; map keys and set elements in value order; none for equal values.
 */
export function changesBetween(before: unknown, after: unknown): Change[] {
  const changes: Change[] = []
  collect(before, after, [], changes)
  return changes
}

function collect(before: unknown, after: unknown, path: Path, changes: Change[]): void {
  if (before === after) return
  if (compareValues(before, after) === 0) return
  const nested = nestedChanges(before, after, path)
  if (nested === undefined) changes.push({ path, before: toJson(before), after: toJson(after) })
  else for (const change of nested) changes.push(change)
}

/** The changes inside two values of the same shape; `undefined` where only "this became that" can be said. */
function nestedChanges(before: unknown, after: unknown, path: Path): Change[] | undefined {
  if (isObject(before) && isObject(after)) {
    if (Record.isRecord(before) && Record.isRecord(after)) return ofRecords(before, after, path)
    if (Array.isArray(before) && Array.isArray(after)) return ofLists(before, after, path)
    if (isCollection(before) && isCollection(after)) return ofCollections(before, after, path)
    if (before instanceof Bag && after instanceof Bag)
      return elementChanges(paired(before.elements, after.elements, itself), path)
    if (before instanceof Queue && after instanceof Queue) return ofQueues(before.elements, after.elements, path)
    if (isPlain(before) && isPlain(after)) return ofFields(before, after, Object.keys(before), Object.keys(after), path)
  }
  return undefined
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function isCollection(value: object): value is Collection<unknown, unknown> {
  return isImmutable(value) && !Record.isRecord(value)
}

function isPlain(value: object): value is PlainRecord {
  return !Array.isArray(value) && !isImmutable(value) && !(value instanceof Bag) && !(value instanceof Queue)
}

function ofRecords(before: ImmutableRecord<PlainRecord>, after: ImmutableRecord<PlainRecord>, path: Path): Change[] | undefined {
  if (Record.getDescriptiveName(before) !== Record.getDescriptiveName(after)) return undefined
  const [left, right] = [before.toObject(), after.toObject()]
  return ofFields(left, right, Object.keys(left), Object.keys(right), path)
}

function ofFields(
  before: PlainRecord,
  after: PlainRecord,
  fields: readonly string[],
  others: readonly string[],
  path: Path,
): Change[] | undefined {
  // Other fields: another variant of a union, which reads best as a whole.
  if (fields.length !== others.length || !fields.every((field) => Object.hasOwn(after, field))) return undefined
  const changes: Change[] = []
  for (const field of fields) collect(before[field], after[field], [...path, field], changes)
  // Two Records of different factories may hold the same fields.
  return changes.length === 0 ? undefined : changes
}

function ofCollections(
  before: Collection<unknown, unknown>,
  after: Collection<unknown, unknown>,
  path: Path,
): Change[] | undefined {
  if (isOrdered(before) !== isOrdered(after)) return undefined
  if (isKeyed(before) && isKeyed(after)) return ofMaps([...before.entries()], [...after.entries()], isOrdered(before), path)
  if (Set.isSet(before) && Set.isSet(after)) return ofSets([...before], [...after], isOrdered(before), path)
  if (isIndexed(before) && isIndexed(after) && before.constructor === after.constructor)
    return ofLists([...before.values()], [...after.values()], path)
  return undefined
}

function ofLists(before: readonly unknown[], after: readonly unknown[], path: Path): Change[] | undefined {
  const edits = listEdits(before, after)
  if (edits === undefined) return undefined
  const changes: Change[] = []
  for (const { kind, index } of edits) {
    const at = [...path, index]
    if (kind === 'removed') changes.push({ path: at, before: toJson(before[index]) })
    else if (kind === 'added') changes.push({ path: at, after: toJson(after[index]) })
    else collect(before[index], after[index], at, changes)
  }
  return changes
}

function ofQueues(before: readonly unknown[], after: readonly unknown[], path: Path): Change[] {
  return queueEdits(before, after).map(({ kind, index }) =>
    kind === 'removed'
      ? { path: [...path, index], before: toJson(before[index]) }
      : { path: [...path, index], after: toJson(after[index]) },
  )
}

function ofSets(before: readonly unknown[], after: readonly unknown[], ordered: boolean, path: Path): Change[] | undefined {
  const pairs = paired(before, after, itself)
  if (ordered && !onlyAppends(before, after, pairs)) return undefined
  return keepsNothing(pairs) ? undefined : elementChanges(pairs, path)
}

function itself(element: unknown): unknown {
  return element
}

function elementChanges(pairs: readonly Pair<unknown>[], path: Path): Change[] {
  const changes: Change[] = []
  for (const { left, right } of pairs) {
    if (left !== undefined && right !== undefined) continue
    const element = toJson(left === undefined ? right?.item : left.item)
    changes.push({ path: [...path, element], ...(left === undefined ? { after: element } : { before: element }), element: true })
  }
  return changes
}

function ofMaps(before: readonly Entry[], after: readonly Entry[], ordered: boolean, path: Path): Change[] | undefined {
  const pairs = paired(before, after, ([key]) => key)
  if (ordered && !onlyAppends(before, after, pairs)) return undefined
  if (keepsNothing(pairs)) return undefined
  const changes: Change[] = []
  for (const { left, right } of pairs) {
    const at = [...path, toJson((left ?? right)?.item[0])]
    if (left === undefined) changes.push({ path: at, after: toJson(right?.item[1]) })
    else if (right === undefined) changes.push({ path: at, before: toJson(left.item[1]) })
    else collect(left.item[1], right.item[1], at, changes)
  }
  return changes
}

/** An item with its place in its own collection. */
interface Placed<T> {
  readonly item: T
  readonly place: number
}

/** An item of the one collection with the item of the other that has an equal key, if there is one. */
interface Pair<T> {
  readonly left?: Placed<T>
  readonly right?: Placed<T>
}

/** Both collections merged by key, in value order: by value, since Immutable's own `has` compares plain objects by reference. */
function paired<T>(before: readonly T[], after: readonly T[], keyOf: (item: T) => unknown): readonly Pair<T>[] {
  const sorted = (items: readonly T[]) =>
    items.map((item, place) => ({ item, place })).sort((a, b) => compareValues(keyOf(a.item), keyOf(b.item)))
  const [lefts, rights] = [sorted(before), sorted(after)]
  const pairs: Pair<T>[] = []
  let i = 0
  let j = 0
  for (;;) {
    const [left, right] = [lefts[i], rights[j]]
    if (left === undefined && right === undefined) return pairs
    const order = left === undefined ? 1 : right === undefined ? -1 : compareValues(keyOf(left.item), keyOf(right.item))
    pairs.push({ ...(left && order <= 0 ? { left } : {}), ...(right && order >= 0 ? { right } : {}) })
    if (order <= 0) i++
    if (order >= 0) j++
  }
}

/** Whether nothing is left of a collection, or all of it is new, and saying so item by item would be longer. */
function keepsNothing<T>(pairs: readonly Pair<T>[]): boolean {
  return pairs.length > 2 && !pairs.some(({ left, right }) => left !== undefined && right !== undefined)
}

/** Whether what both ordered collections hold is in the same order in both, and what is new stands behind it. */
function onlyAppends<T>(before: readonly T[], after: readonly T[], pairs: readonly Pair<T>[]): boolean {
  const placeBefore = new Array<number | undefined>(after.length).fill(undefined)
  for (const { left, right } of pairs) if (right !== undefined) placeBefore[right.place] = left?.place
  const places = placeBefore.map((place) => place ?? before.length)
  return places.every((place, index) => index === 0 || place >= (places[index - 1] ?? 0))
}
