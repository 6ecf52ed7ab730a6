import { SpecError } from '../spec/spec-error.js'
import { BagView, QueueView } from './network-views.js'
import { breached } from './purity.js'
import { setView, wholeSetViews } from './set-view.js'
import type { Shape } from './shape.js'
import type { Slot } from './slots.js'
import { type FrameIndex, isUnorderedSet, type StateVector } from './state-vector.js'

/**
 * The state in a frame as the functions of a spec see it: frozen plain records whose fields are read, and recorded as read, at the moment that they are
 * asked for. There is one view per frame for a whole search: it shows whatever state the frame holds.
 *
 * @returns a function that gives the view; where the state is a single value it gives that value, and records that it was read.
 */
export function stateView(vector: StateVector, frame: FrameIndex): () => unknown {
  const property = viewOf(vector, vector.root, frame, [])
  return 'get' in property ? property.get : () => property.value
}

type ViewProperty = { readonly value: unknown } | { readonly get: () => unknown }

function viewOf(vector: StateVector, shape: Shape, frame: FrameIndex, path: readonly string[]): ViewProperty {
  if (shape.kind === 'leaf') return leafView(vector, vector.slots[shape.leaf] as Slot, frame)
  // Nothing but the fields is its own: Immutable takes symbols for fields too, also those that are not enumerable.
  const record = {}
  for (const [key, field] of shape.fields) {
    const property = viewOf(vector, field, frame, [...path, key])
    Object.defineProperty(record, key, {
      enumerable: true,
      get: 'get' in property ? property.get : () => property.value,
      set: () => {
        const shown = vector.displayPath([...path, key]) ?? [...path, key]
        throw breached(
          new SpecError(`a function of the spec assigned to '${shown.join('.')}' of the state`, {
            path: shown,
            hint: 'states are immutable: return a patch with what changes',
          }),
        )
      },
    })
  }
  return { value: Object.preventExtensions(record) }
}

function leafView(vector: StateVector, slot: Slot, frame: FrameIndex): ViewProperty {
  if (slot.kind === 'set') return { value: setView(vector, slot, frame) }
  if (slot.kind === 'bag') return { value: new BagView(vector, slot, frame, []) }
  if (slot.kind === 'queue') return { value: new QueueView(vector, slot, frame, []) }
  const { log } = vector
  const viewOfSet = wholeSetViews(vector.interner)
  return {
    get: () => {
      if (log.active) log.record(slot.ref * 2 + frame)
      const value = slot.decode(vector.frames, frame === 0 ? 0 : vector.words)
      return isUnorderedSet(value) ? viewOfSet(value) : value
    },
  }
}
