import type { BagSlot } from './bag-slot.js'
import type { QueueSlot } from './queue-slot.js'
import type { Slot } from './slots.js'
import type { StateVector } from './state-vector.js'

/**
 * Applies what a step does to bags and queues: `count` pairs of a slot's index and what happens there, from `at` on in `effects`. To a
 * bag: an id is added, a negative one removed; to a queue: an id is pushed, 0 pops.
 *
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
  let count = slot.read(words, base)
  for (let pair = from; pair < to; pair += 2) {
    const change = effects[pair + 1] as number
    if (change > 0 && !slot.fits(change)) {
      vector.stale = true
      return false
    }
    count = change > 0 ? slot.insert(count, change) : slot.remove(count, -change)
  }
  vector.requireEntries(slot, count)
  if (vector.stale && count > slot.region.words * slot.region.perWord) return false
  slot.write(words, base, count)
  return true
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
