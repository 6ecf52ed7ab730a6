import fc from 'fast-check'
import {
  Map as ImmutableMap,
  Record as ImmutableRecord,
  Set as ImmutableSet,
  is,
  isOrdered,
  List,
  OrderedMap,
  OrderedSet,
  Stack,
} from 'immutable'

/** How to build a value: a tree that says what is in it, and leaves the order of insertion open. */
export type Plan =
  | { readonly kind: 'primitive'; readonly value: unknown }
  | { readonly kind: 'array' | 'list' | 'stack' | 'set' | 'orderedSet'; readonly parts: readonly Plan[] }
  | { readonly kind: 'map' | 'orderedMap'; readonly entries: readonly (readonly [Plan, Plan])[] }
  | { readonly kind: 'object'; readonly fields: readonly (readonly [string, Plan])[] }
  | { readonly kind: 'record'; readonly factory: number; readonly parts: readonly Plan[] }

const factories = [
  ImmutableRecord<Record<string, unknown>>({ a: 0, b: undefined }, 'Pair'),
  ImmutableRecord<Record<string, unknown>>({ a: 0, b: 1 }, 'Pair'),
  ImmutableRecord<Record<string, unknown>>({ b: undefined, a: 0 }, 'Other'),
]

const primitive = fc
  .constantFrom<unknown>(
    undefined,
    null,
    true,
    false,
    0,
    -0,
    1,
    -1,
    1.5,
    Infinity,
    -Infinity,
    '',
    'a',
    'b',
    '1',
    'undefined',
    0n,
    1n,
  )
  .map((value): Plan => ({ kind: 'primitive', value }))

const key = fc.constantFrom('a', 'b', '10', '9', '__proto__', 'constructor', 'x y')

/** Whether Immutable takes two values for one that are not: Records that differ in their defaults alone. Which of them a collection keeps, the order of insertion tells. */
function areConfused(one: Plan, other: Plan): boolean {
  const [a, b] = [build(one, inOrder), build(other, inOrder)]
  return is(a, b) && naive(a) !== naive(b)
}

export const { plan } = fc.letrec<{ plan: Plan }>((tie) => ({
  plan: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    primitive,
    fc.record({
      kind: fc.constantFrom('array', 'list', 'stack'),
      parts: fc.array(tie('plan'), { maxLength: 12, size: 'small' }),
    }),
    fc.record({
      kind: fc.constantFrom('set', 'orderedSet'),
      parts: fc.uniqueArray(tie('plan'), { maxLength: 12, size: 'small', comparator: areConfused }),
    }),
    fc.record({
      kind: fc.constantFrom('map', 'orderedMap'),
      entries: fc.uniqueArray(fc.tuple(tie('plan'), tie('plan')), {
        maxLength: 12,
        size: 'small',
        selector: ([keyPlan]) => build(keyPlan, inOrder),
        comparator: (a, b) => is(a, b) || naive(a) === naive(b),
      }),
    }),
    fc.record({
      kind: fc.constant('object' as const),
      fields: fc.uniqueArray(fc.tuple(key, tie('plan')), { selector: ([name]) => name }),
    }),
    fc.record({
      kind: fc.constant('record' as const),
      factory: fc.nat({ max: factories.length - 1 }),
      parts: fc.array(tie('plan'), { minLength: 2, maxLength: 2 }),
    }),
  ),
}))

type Reorder = <T>(parts: readonly T[]) => readonly T[]
export const inOrder: Reorder = (parts) => parts

/** A reordering of its own for each call, determined by `seed`. */
export function shuffle(seed: number): Reorder {
  let state = seed | 1
  return (parts) => {
    const shuffled = [...parts]
    for (let at = shuffled.length - 1; at > 0; at--) {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
      const other = (state >>> 8) % (at + 1)
      const moved = shuffled[at] as (typeof shuffled)[number]
      shuffled[at] = shuffled[other] as (typeof shuffled)[number]
      shuffled[other] = moved
    }
    return shuffled
  }
}

/** The value of a plan; what has no order of its own is inserted as `reorder` says. */
export function build(plan: Plan, reorder: Reorder): unknown {
  const all = (parts: readonly Plan[]) => parts.map((part) => build(part, reorder))
  switch (plan.kind) {
    case 'primitive':
      return plan.value
    case 'array':
      return all(plan.parts)
    case 'list':
      return List(all(plan.parts))
    case 'stack':
      return Stack(all(plan.parts))
    case 'set':
      return ImmutableSet(reorder(all(plan.parts)))
    case 'orderedSet':
      return OrderedSet(all(plan.parts))
    case 'map':
      return ImmutableMap(reorder(plan.entries).map(([k, v]): [unknown, unknown] => [build(k, reorder), build(v, reorder)]))
    case 'orderedMap':
      return OrderedMap(plan.entries.map(([k, v]): [unknown, unknown] => [build(k, reorder), build(v, reorder)]))
    case 'object':
      return Object.fromEntries(reorder(plan.fields).map(([name, part]) => [name, build(part, reorder)]))
    case 'record': {
      const [a, b] = all(plan.parts)
      return factories[plan.factory]?.({ a, b })
    }
  }
}

/** An independent and slow identity of values: texts are equal if and only if values are. */
export function naive(value: unknown): string {
  if (typeof value !== 'object' || value === null)
    return typeof value === 'string' ? JSON.stringify(value) : `${typeof value} ${String(value === 0 ? 0 : value)}`
  const unique = (texts: readonly string[]) => [...new Set(texts)]
  if (Array.isArray(value)) return `array(${value.map(naive).join()})`
  if (List.isList(value)) return `list(${value.toArray().map(naive).join()})`
  if (Stack.isStack(value)) return `stack(${value.toArray().map(naive).join()})`
  if (ImmutableSet.isSet(value)) {
    const elements = unique(value.toArray().map(naive))
    return isOrdered(value) ? `orderedSet(${elements.join()})` : `set(${elements.sort().join()})`
  }
  if (ImmutableMap.isMap(value)) {
    const entries = unique([...value.entries()].map(([k, v]) => `${naive(k)}=>${naive(v)}`))
    return isOrdered(value) ? `orderedMap(${entries.join()})` : `map(${entries.sort().join()})`
  }
  const fields = (object: object) =>
    Object.keys(object)
      .map((name) => `${JSON.stringify(name)}:${naive(Reflect.get(object, name))}`)
      .sort()
      .join()
  if (!ImmutableRecord.isRecord(value)) return `object(${fields(value)})`
  const name = ImmutableRecord.getDescriptiveName(value)
  return `record(${name},${fields(value.toObject())},${fields(value.clear().toObject())})`
}
