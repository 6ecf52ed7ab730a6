import { expect, it } from 'vitest'
import { BagSlot } from '../../../src/model/bag-slot.js'
import { Interner } from '../../../src/values/interner.js'

it('a bag may be looked at first where it holds as much as there is room for', () => {
  const interner = new Interner()
  const slot = new BagSlot(['messages'], false, interner)
  slot.idOf(interner.idOf('x'))
  slot.entries = 64
  slot.layOut(0)
  const { words, perWord } = slot.region
  expect(slot.decode(new Int32Array(words).fill(0x11111111), 0).elements).toEqual(Array(words * perWord).fill('x'))
})

it('a bag that grows by one message after the other is laid out anew now and then, not for every few of them', () => {
  const slot = new BagSlot(['messages'], false, new Interner())
  let layouts = 0
  for (let entries = 1; entries <= 10_000; entries++) {
    slot.entries = entries
    if (entries <= slot.region.words * slot.region.perWord) continue
    slot.layOut(0)
    layouts++
  }
  expect(layouts).toBeLessThan(100)
})

it('a bag of few messages takes no more words than it needs', () => {
  const slot = new BagSlot(['messages'], false, new Interner())
  slot.entries = 17
  slot.layOut(0)
  expect(slot.region.words).toBe(3)
})
