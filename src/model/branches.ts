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

/** Whether two choices are among equal elements in the same order, or among those of the same slot. */
export function amongTheSame(a: Branches, b: Branches): boolean {
  return a.slot === b.slot && a.labels.length === b.labels.length && a.labels.every((label, index) => label === b.labels[index])
}
