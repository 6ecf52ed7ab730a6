import type { BagRegion, BagSlot } from './bag-slot.js'
import type { QueueSlot } from './queue-slot.js'
import type { Slot } from './slots.js'
import type { StateVector } from './state-vector.js'

/** In the place of an id where there is none left: larger than all. */
const none = 0x7fffffff

/**
 * What a step does to a bag in the order in which {@link applyNetworkEffects} takes it: first the ids that are removed, negative, then those that are
 * added, ascending without their sign. Whatever is removed was there before the step.
 */
export function inBagOrder(changes: readonly number[], distinct: boolean): readonly number[] {
  const removed = changes.filter((id) => id < 0).sort((a, b) => b - a)
  const added = changes.filter((id) => id > 0).sort((a, b) => a - b)
  return [...removed, ...(distinct ? new Set(added) : added)]
}

/**
 * Applies what a step does to bags and queues: `count` pairs of a slot's index and what happens there, from `at` on in `effects`. To a
 * bag: an id is added, a negative one removed, as {@link inBagOrder} has them; to a queue: an id is pushed, 0 pops.
 *
 * @param words - from `base` on, the next state as far as it is made, with the bags and queues of the state in the first frame.
 * @returns false when the result does not fit the present layout, which is then stale; `words` are spoilt.
 */
export function applyNetworkEffects(
  vector: StateVector,
  words: Int32Array,
  base: number,
  effects: Int32Array,
  at: number,
  count: number,
): boolean {
  const end = at + 2 * count
  for (let pair = at; pair < end; ) {
    const index = effects[pair] as number
    const slot = vector.slots[index] as Slot
    let next = pair
    while (next < end && effects[next] === index) next += 2
    if (slot.kind === 'bag') {
      if (!applyToBag(vector, slot, words, base, effects, pair, next)) return false
    } else if (!applyToQueue(vector, slot as QueueSlot, words, base, effects, pair, next)) return false
    pair = next
  }
  return true
}

function applyToBag(
  vector: StateVector,
  slot: BagSlot,
  words: Int32Array,
  base: number,
  effects: Int32Array,
  from: number,
  to: number,
): boolean {
  // What is added ascends, so all of it fits where the last does.
  if (!slot.fits(effects[to - 1] as number)) {
    vector.stale = true
    return false
  }
  const { region } = slot
  const entries = mergeIntoBag(region, slot.distinct, vector.frames, words, base, effects, from, to)
  vector.requireEntries(slot, entries)
  return entries <= region.words * region.perWord
}

/**
 * Writes the bag in `source`, less the ids that are removed and with those that are added, to the state at `base` in `target`, where it stands as it was: one pass over ids
 * that ascend on all sides, from the first word with a change to the last.
 *
 * @returns how many entries the bag has, those beyond its region included, which are not written; fewer than that only where it has no more than before.
 */
function mergeIntoBag(
  { start, words, entryBits, perWord }: BagRegion,
  distinct: boolean,
  source: Int32Array,
  target: Int32Array,
  base: number,
  effects: Int32Array,
  from: number,
  to: number,
): number {
  const mask = entryBits === 32 ? -1 : (1 << entryBits) - 1
  const full = entryBits * perWord
  let removal = from
  let addition = from
  while (addition < to && (effects[addition + 1] as number) < 0) addition += 2
  const removalsEnd = addition
  let removed = removal < removalsEnd ? -(effects[removal + 1] as number) : none
  let added = addition < to ? (effects[addition + 1] as number) : none

  const sourceEnd = start + words
  let word = start
  // The target has the words of the source already, so what comes before all changes is as it is to be.
  const first = Math.min(removed, added)
  const lastAt = full - entryBits
  while (word < sourceEnd) {
    const last = ((source[word] as number) >>> lastAt) & mask
    if (last === 0 || last >= first) break
    word++
  }
  let held = 0
  let at = full
  /** The id of the source whose turn it is; 0: to be read. */
  let id = 0

  const targetEnd = base + sourceEnd
  let out = base + word
  let packed = 0
  let shift = 0
  let entries = (word - start) * perWord
  for (;;) {
    if (id === 0) {
      if (at === full) {
        if (removed === none && added === none && shift === full && out + 1 === base + word) {
          // As many were added as removed: the words that are left are as they are to be.
          target[out] = packed
          return entries
        }
        held = word < sourceEnd ? (source[word++] as number) : 0
        at = 0
      }
      id = (held >>> at) & mask
      at += entryBits
      if (id === 0) id = none
      else if (id === removed) {
        removal += 2
        removed = removal < removalsEnd ? -(effects[removal + 1] as number) : none
        id = 0
        continue
      }
    }
    let entry = id
    const isAdded = added < id
    if (isAdded) entry = added
    else if (id === none) break
    else id = 0
    if (isAdded || (distinct && added === entry)) {
      addition += 2
      added = addition < to ? (effects[addition + 1] as number) : none
    }
    if (shift === full) {
      if (out < targetEnd) target[out] = packed
      out++
      packed = 0
      shift = 0
    }
    packed |= entry << shift
    shift += entryBits
    entries++
  }
  if (out < targetEnd) target[out++] = packed
  while (out < targetEnd) target[out++] = 0
  return entries
}

function applyToQueue(
  vector: StateVector,
  slot: QueueSlot,
  words: Int32Array,
  base: number,
  effects: Int32Array,
  from: number,
  to: number,
): boolean {
  const { word, shift, mask } = slot.field
  let content = slot.current(words, base)
  for (let pair = from; pair < to; pair += 2) {
    const change = effects[pair + 1] as number
    content = change > 0 ? slot.pushed(content, change) : slot.popped(content)
  }
  if ((content & ~mask) !== 0) {
    vector.stale = true
    return false
  }
  words[base + word] = ((words[base + word] as number) & ~(mask << shift)) | (content << shift)
  return true
}
