import { nearest } from '../spec/nearest.js'
import { SpecError } from '../spec/spec-error.js'
import { ValueError } from '../values/value-error.js'
import type { BagSlot } from './bag-slot.js'
import { BagView, QueueView } from './network-views.js'
import type { QueueSlot } from './queue-slot.js'
import { refusedValue } from './refused.js'
import { editsOf, setBehind } from './set-view.js'
import { isPlainRecord, type Shape } from './shape.js'
import type { SetSlot, Slot, ValueSlot } from './slots.js'
import { isUnorderedSet, NotASetOfElements, type StateVector } from './state-vector.js'

/**
 * What a step changes, as integers: pairs of a value slot's reference and the id that it gets, of an element's reference and 1 (added) or 0
 * (removed); or `-1 - slot`, a count and that many numbers: the elements of a set that is replaced as a whole, or what happens to a bag or a
 * queue (see network-effects).
 */
export type Writes = readonly number[]

/**
 * Translates a patch into the ids that it writes.
 *
 * @throws SpecError when the patch has an unknown field, or a value that cannot be part of a state.
 * @throws NotASetOfElements when a slot kept by element would get something else.
 */
export function encodePatch(vector: StateVector, patch: unknown): Writes {
  const writes: number[] = []
  encodeInto(vector, vector.root, patch, [], writes)
  return writes
}

function encodeInto(vector: StateVector, shape: Shape, patch: unknown, path: readonly string[], writes: number[]): void {
  if (shape.kind === 'leaf') {
    encodeLeaf(vector, vector.slots[shape.leaf] as Slot, shape.leaf, patch, writes)
    return
  }
  if (!isPlainRecord(patch))
    throw new SpecError(
      path.length === 0
        ? 'what the action returned is not a patch'
        : `'${path.join('.')}' is a record and cannot be replaced by ${describe(patch)}`,
      { path, hint: path.length === 0 ? 'return an object with the fields that change' : 'patch its fields' },
    )
  for (const key of Object.keys(patch)) {
    const field = shape.fields.get(key)
    if (field === undefined) throw unknownField(shape.fields.keys(), [...path, key])
    encodeInto(vector, field, patch[key], [...path, key], writes)
  }
}

function unknownField(known: Iterable<string>, path: readonly string[]): SpecError {
  const key = path.at(-1) ?? ''
  return new SpecError(`the patch sets '${path.join('.')}', which the state does not have`, {
    path,
    hint: nearest(key, [...known], {
      found: (other) => `did you mean '${other}'?`,
      none: (all) =>
        all.length === 0
          ? 'a record has the fields that it has in `init`; for keys that come and go use an Immutable Map'
          : `the fields there are ${all.join(', ')}; for keys that come and go use an Immutable Map, for a union of records whole(...) in \`init\``,
    }),
  })
}

function describe(value: unknown): string {
  return value === null
    ? 'null'
    : Array.isArray(value)
      ? 'an array'
      : typeof value === 'object'
        ? 'an object of another kind'
        : typeof value
}

function encodeLeaf(vector: StateVector, slot: Slot, index: number, value: unknown, writes: number[]): void {
  try {
    if (slot.kind === 'set') encodeSet(vector, slot, index, value, writes)
    else if (slot.kind === 'value') encodeValue(vector, slot, value, writes)
    else encodeNetwork(slot, index, value, writes)
  } catch (error) {
    if (!(error instanceof ValueError)) throw error
    throw refusedValue([...slot.path, ...error.path], error.what, error.hint)
  }
}

function encodeValue(vector: StateVector, slot: ValueSlot, value: unknown, writes: number[]): void {
  const interned = vector.interner.idOf(setBehind(value))
  if (value === undefined && slot.path.length > 0 && !slot.holds(interned))
    throw new SpecError(`the patch sets '${slot.path.join('.')}' to undefined`, {
      path: slot.path,
      hint: 'leave the key out where nothing changes; use null for "none", or undefined in `init` too',
    })
  writes.push(slot.ref, vector.idIn(slot, interned))
}

function encodeNetwork(slot: BagSlot | QueueSlot, index: number, value: unknown, writes: number[]): void {
  if (!((value instanceof BagView || value instanceof QueueView) && value.slot === slot && value.frame === 0))
    throw new TypeError(`'${slot.path.join('.')}' can only be changed through its own view`)
  writes.push(-1 - index, value.edits.length, ...value.edits)
}

function encodeSet(vector: StateVector, slot: SetSlot, index: number, value: unknown, writes: number[]): void {
  const origin = editsOf(value)
  if (origin !== undefined && origin.slot === slot && origin.frame === 0) {
    for (const [element, present] of origin.edits) writes.push(slot.elementRefs[element] as number, present ? 1 : 0)
    return
  }
  if (!isUnorderedSet(value)) {
    vector.interner.idOf(value)
    throw new NotASetOfElements(index)
  }
  const elements: number[] = []
  for (const element of value) elements.push(vector.elementOf(slot, vector.interner.idOf(element)))
  writes.push(-1 - index, elements.length, ...elements.sort((a, b) => a - b))
}
