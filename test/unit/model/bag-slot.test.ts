import { expect, it } from 'vitest'
import { BagSlot } from '../../../src/model/bag-slot.js'
import { Interner } from '../../../src/values/interner.js'

it('a bag may be looked at first where it holds as much as there is room for', () => {
  const interner = new Interner()
  const slot = new BagSlot(['messages'], false, interner)
  slot.idOf(interner.idOf('x'))
  slot.entries = 64
  slot.layOut(0)
  expect(slot.decode(new Int32Array(slot.region.words).fill(0x11111111), 0).elements).toEqual(Array(64).fill('x'))
})
