import { SpecError } from '../spec/spec-error.js'
import type { BagSlot } from './bag-slot.js'
import type { QueueSlot } from './queue-slot.js'
import type { SetSlot } from './slots.js'

/** The branches of a choice, not yet run. */
export interface Branches {
  /** What is chosen among. */
  readonly elements: readonly unknown[]
  /** The interned ids of the elements. */
  readonly labels: readonly number[]
  /** The set, bag or queue slot that is chosen among, when that is exactly what the choice is over: then `elements` is empty. */
  readonly slot: SetSlot | BagSlot | QueueSlot | null
  readonly branch: (element: unknown) => unknown
}

/** More than these are taken for an endless iterable. */
const elementsMax = 1 << 20

/**
 * What a choice is among.
 *
 * @throws SpecError when that is nothing to choose among, or has no end.
 */
export function elementsOf({ among }: { readonly among: unknown }): readonly unknown[] {
  if (typeof among !== 'object' || among === null || !(Symbol.iterator in among))
    throw new SpecError(
      `choose(...) was given ${among === null ? 'null' : typeof among === 'object' ? 'an object' : `a ${typeof among}`} to choose among`,
      { hint: 'give it an array, an Immutable collection, or another finite iterable' },
    )
  const elements: unknown[] = []
  for (const element of among as Iterable<unknown>) {
    if (elements.length === elementsMax)
      throw new SpecError(`choose(...) was given more than ${elementsMax} elements to choose among`, {
        hint: 'give it a finite iterable, of as many elements as the step really has alternatives',
      })
    elements.push(element)
  }
  return elements
}

/** Whether two choices are among equal elements in the same order, or among those of the same slot. */
export function amongTheSame(a: Branches, b: Branches): boolean {
  return a.slot === b.slot && a.labels.length === b.labels.length && a.labels.every((label, index) => label === b.labels[index])
}
