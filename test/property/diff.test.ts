import { fc, test } from '@fast-check/vitest'
import { List, Map, Set } from 'immutable'
import { expect } from 'vitest'
import { type Change, changesBetween } from '../../src/trace/diff.js'
import { Bag, Queue } from '../../src/values/bag.js'
import { compareValues } from '../../src/values/compare.js'
import { type Json, toJson } from '../../src/values/json.js'

const small = fc.integer({ min: 0, max: 3 })
const entry = fc.record({ term: small, by: fc.constantFrom('a', 'b') })
const key = fc.constantFrom('p', 'q', 'r', '__proto__')
const value = fc.record({
  n: small,
  nested: fc.record({ x: small, deep: fc.record({ y: small }) }),
  elements: fc.array(entry, { maxLength: 5 }).map((items) => Set(items.map((item) => `${item.by}${item.term}`))),
  map: fc.array(fc.tuple(key, entry), { maxLength: 4 }).map((entries) => Map(entries)),
  list: fc.array(small, { maxLength: 8 }).map((items) => List(items)),
  log: fc.array(entry, { maxLength: 5 }),
  bag: fc.array(entry, { maxLength: 5 }).map((items) => new Bag(items, false)),
  queue: fc.array(entry, { maxLength: 5 }).map((items) => new Queue(items)),
})

type Mutable = Json[] | { [key: string]: Json }

function container(root: Mutable, path: readonly Json[]): Mutable {
  let at = root
  for (const part of path) at = (Array.isArray(at) ? at[Number(part)] : at[String(part)]) as Mutable
  return at
}

/** What a reader of a result can do with changes: removals by their old place, from the last; then additions, then the rest. */
function applied(before: Json, changes: readonly Change[]): Json {
  const root = structuredClone(before) as Mutable
  const same = (a: Json, b: Json | undefined) => JSON.stringify(a) === JSON.stringify(b)
  const removed = changes.filter(({ after }) => after === undefined).toReversed()
  const added = changes.filter((change) => change.before === undefined)
  const replaced = changes.filter((change) => change.before !== undefined && change.after !== undefined)
  for (const { path, element, before: old } of removed) {
    const parent = container(root, path.slice(0, -1))
    const last = path.at(-1) as Json
    if (!Array.isArray(parent)) delete parent[String(last)]
    else parent.splice(element ? parent.findIndex((item) => same(item, old)) : Number(last), 1)
  }
  for (const { path, element, after } of added) {
    const parent = container(root, path.slice(0, -1))
    const last = path.at(-1) as Json
    if (!Array.isArray(parent))
      Object.defineProperty(parent, String(last), { value: after, enumerable: true, writable: true, configurable: true })
    else if (element) parent.push(after as Json)
    else parent.splice(Number(last), 0, after as Json)
  }
  for (const { path, after } of replaced) {
    const parent = container(root, path.slice(0, -1))
    if (Array.isArray(parent)) parent[Number(path.at(-1))] = after as Json
    else parent[String(path.at(-1))] = after as Json
  }
  return root
}

/** JSON with the elements of sets and bags, whose order means nothing, in one order. */
function sorted(state: Json): Json {
  const { elements, bag, ...rest } = state as { [key: string]: Json }
  return { ...rest, elements: (elements as Json[]).toSorted(), bag: (bag as Json[]).toSorted(compareValues) }
}

test.prop([value, value])('the changes turn the state before into the state after', (before, after) => {
  const changes = changesBetween(before, after)
  expect(sorted(applied(toJson(before), changes))).toEqual(sorted(toJson(after)))
})

test.prop([fc.array(small, { minLength: 1, maxLength: 12 }), small])(
  'a queue that gives up its front and takes in one more differs in two places at most',
  (queue, last) => {
    expect(changesBetween(List(queue), List(queue).shift().push(last)).length).toBeLessThanOrEqual(2)
  },
)

test.prop([value])('a state has no changes to itself, built anew', (state) => {
  const again = { ...state, elements: Set(state.elements.toArray().toReversed()), log: [...state.log], list: List(state.list) }
  again.bag = new Bag([...state.bag].toReversed(), false)
  expect(changesBetween(state, again)).toEqual([])
})
