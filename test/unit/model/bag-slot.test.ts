import { test as propertyTest } from '@fast-check/vitest'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { BagSlot } from '../../../src/model/bag-slot.js'
import { applyNetworkEffects, inBagOrder } from '../../../src/model/network-effects.js'
import { StateVector } from '../../../src/model/state-vector.js'
import { Bag } from '../../../src/values/bag.js'
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

propertyTest.prop(
  [
    fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 30 }),
    fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 12 }),
    fc.array(fc.nat(), { maxLength: 12 }),
    fc.boolean(),
  ],
  { numRuns: 2000 },
)('a bag after a step holds what it held, less what was taken, and what was added', (held, added, picks, distinct) => {
  const inOrder = (ids: readonly number[]) => [...(distinct ? new Set(ids) : ids)].sort((a, b) => a - b)
  const before = inOrder(held)
  const taken = [...new Set(picks.map((pick) => pick % Math.max(1, before.length)))].flatMap((index) => before[index] ?? [])
  const interner = new Interner()
  const vector = new StateVector([{ bag: new Bag([], distinct) }], interner, new Set())
  const slot = vector.slots[0] as BagSlot
  const write = () => {
    let count = 0
    for (const id of before) count = slot.insert(count, id)
    slot.write(vector.frames, 0, count)
  }
  for (let id = 1; id <= 60; id++) slot.idOf(interner.idOf(id))
  vector.requireEntries(slot, before.length + added.length)
  vector.stale = true
  vector.layOut()
  write()
  const changes = inBagOrder([...taken.map((id) => -id), ...added], distinct).flatMap((change) => [0, change])
  const words = vector.frames.slice(0, vector.words)
  expect(applyNetworkEffects(vector, words, 0, Int32Array.from(changes), 0, changes.length / 2)).toBe(true)
  const left = [...before]
  for (const id of taken) left.splice(left.indexOf(id), 1)
  expect(slot.decode(words, 0).elements).toEqual(inOrder([...left, ...added]))
})
