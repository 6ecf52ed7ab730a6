import type { BagRegion, BagSlot } from './bag-slot.js'
import type { Place } from './decision-trees.js'
import type { Field } from './field.js'

/** Converts one state's words from the layout before to the layout now. */
export type RowConversion = (from: Int32Array, fromBase: number, to: Int32Array, toBase: number) => void

/** Integers of a move: the word it is from, the bits of it, how far they go left and then right, and the word they go to. */
const moveInts = 5

/**
 * The conversion between two layouts. Bits that go the same way from one word to another go together, so that what stays beside each other costs one move: most often a layout
 * differs from the one before in one field, or in the room for messages.
 *
 * @param fields - where fields are now, and `before` where each of them was: nowhere with a mask of 0.
 * @param words - the words of a state now.
 * @param bags - with the regions where they were.
 */
export function conversionOf(
  fields: readonly Field[],
  before: readonly Place[],
  words: number,
  bags: readonly { readonly slot: BagSlot; readonly before: BagRegion }[],
): RowConversion {
  const moves = movesOf(fields, before)
  return (from, fromBase, to, toBase) => {
    for (let word = 0; word < words; word++) to[toBase + word] = 0
    for (let at = 0; at < moves.length; at += moveInts) {
      const bits = (from[fromBase + (moves[at] as number)] as number) & (moves[at + 1] as number)
      const target = toBase + (moves[at + 4] as number)
      to[target] = (to[target] as number) | ((bits << (moves[at + 2] as number)) >>> (moves[at + 3] as number))
    }
    for (const { slot, before: region } of bags) slot.move(from, fromBase, region, to, toBase)
  }
}

function movesOf(fields: readonly Field[], before: readonly Place[]): Int32Array {
  const masks = new Map<string, { readonly from: number; readonly by: number; readonly to: number; mask: number }>()
  fields.forEach(({ word: to, shift }, index) => {
    const old = before[index] as Place
    if (old.mask === 0) return
    const by = shift - old.shift
    const key = `${old.word} ${by} ${to}`
    const move = masks.get(key) ?? { from: old.word, by, to, mask: 0 }
    move.mask |= old.mask << old.shift
    masks.set(key, move)
  })
  return Int32Array.from(
    Array.from(masks.values(), ({ from, by, to, mask }) => [from, mask, Math.max(by, 0), Math.max(-by, 0), to]).flat(),
  )
}
