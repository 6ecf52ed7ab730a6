import { Set as ImmutableSet } from 'immutable'
import type { Interner } from '../values/interner.js'
import { LIVE } from '../values/live.js'
import type { SetSlot } from './slots.js'
import type { FrameIndex, StateVector } from './state-vector.js'

/** What a {@link setView} was derived from: the set in a slot, with elements added (true) and removed (false) by index. */
export interface SetEdits {
  readonly slot: SetSlot
  readonly frame: FrameIndex
  readonly edits: ReadonlyMap<number, boolean>
}

const origins = new WeakMap<object, SetEdits>()

/** The slot and edits behind a set, when it is a view made by {@link setView}. */
export function editsOf(value: unknown): SetEdits | undefined {
  return typeof value === 'object' && value !== null ? origins.get(value) : undefined
}

const setPrototype: object = Object.getPrototypeOf(ImmutableSet()) as object

/**
 * An Immutable Set that shows what a set slot holds in a frame at the moment that it is asked. `has` reads one element, `add`, `delete` and
 * `union` read nothing; everything else reads the whole set. Immutable's own methods go through `size` and `_map`, which read the whole.
 */
export function setView(
  vector: StateVector,
  slot: SetSlot,
  frame: FrameIndex,
  edits: ReadonlyMap<number, boolean> = new Map(),
): ImmutableSet<unknown> {
  const elementOf = (value: unknown): number => {
    const interned = vector.interner.idOf(value)
    // Outside a recorded run nothing is learned, so nothing need be known about an element that no state holds.
    return vector.log.active ? vector.elementOf(slot, interned) : slot.indexOf(interned)
  }
  const edited = (value: unknown, present: boolean): ImmutableSet<unknown> => {
    const element = vector.elementOf(slot, vector.interner.idOf(value))
    return setView(vector, slot, frame, new Map(edits).set(element, present))
  }
  const whole = (): ImmutableSet<unknown> => {
    vector.recordWhole(slot, frame)
    let set = slot.decode(vector.frames, vector.base(frame))
    for (const [element, present] of edits) {
      const value = vector.interner.valueOf(slot.internedAt(element))
      set = present ? set.add(value) : set.remove(value)
    }
    return set
  }
  const has = (value: unknown): boolean => {
    const element = elementOf(value)
    if (element < 0) return false
    const known = edits.get(element)
    if (known !== undefined) return known
    if (vector.log.active) vector.log.record((slot.elementRefs[element] as number) * 2 + frame)
    return slot.has(vector.frames, vector.base(frame), element)
  }
  const view = Object.create(setPrototype, {
    [LIVE]: { value: true },
    size: { get: () => whole().size },
    _map: { get: () => Reflect.get(whole(), '_map') },
    __ownerID: { value: undefined },
    // Immutable keeps hash codes on the object; a view's content changes.
    __hash: { get: () => undefined, set: () => undefined },
    has: { value: has },
    ...editing(edited),
  }) as ImmutableSet<unknown>
  origins.set(view, { slot, frame, edits })
  return view
}

/** The methods that change a set by elements, all in terms of one that adds an element or removes it. */
function editing(edited: (value: unknown, present: boolean) => ImmutableSet<unknown>): PropertyDescriptorMap {
  const remove = (value: unknown) => edited(value, false)
  function union(this: ImmutableSet<unknown>, ...iterables: Iterable<unknown>[]): unknown {
    let view = this
    for (const elements of iterables) for (const element of elements) view = view.add(element)
    return view
  }
  return {
    add: { value: (value: unknown) => edited(value, true) },
    remove: { value: remove },
    delete: { value: remove },
    union: { value: union },
    merge: { value: union },
  }
}

const wholePrototype: object = Object.create(setPrototype) as object
const wholes = new WeakMap<object, ImmutableSet<unknown>>()

/**
 * Makes views of sets that are kept as one value: `has`, `add`, `delete` and `union` tell plain objects by value, as those of {@link setView} do. How a
 * set is kept depends on what else the search meets, so it must not show.
 */
export function wholeSetViews(interner: Interner): (set: ImmutableSet<unknown>) => ImmutableSet<unknown> {
  const views = new WeakMap<object, ImmutableSet<unknown>>()
  const canonical = (value: unknown) => interner.valueOf(interner.idOf(value))
  const viewOf = (set: ImmutableSet<unknown>): ImmutableSet<unknown> => {
    const known = views.get(set)
    if (known !== undefined) return known
    const view = Object.create(wholePrototype, {
      size: { value: set.size },
      _map: { value: Reflect.get(set, '_map') },
      __ownerID: { value: undefined },
      __hash: { value: undefined, writable: true },
      has: { value: (value: unknown) => set.has(canonical(value)) },
      ...editing((value, present) => viewOf(present ? set.add(canonical(value)) : set.remove(canonical(value)))),
    }) as ImmutableSet<unknown>
    views.set(set, view)
    wholes.set(view, set)
    return view
  }
  return viewOf
}

/** The set behind a view of {@link wholeSetViews}; anything else is itself. */
export function setBehind(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== wholePrototype) return value
  return wholes.get(value) ?? value
}
