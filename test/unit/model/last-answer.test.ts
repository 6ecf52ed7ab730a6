import { describe, expect, test } from 'vitest'
import { check } from '../../../src/check/check.js'
import { DecisionTrees } from '../../../src/model/decision-trees.js'
import { LastAnswer } from '../../../src/model/last-answer.js'
import { machine } from '../../../src/spec/machine.js'
import { spec } from '../../../src/spec/spec.js'

describe('the last answer of a tree', () => {
  // Reads 0 and 1 are the halves of the first word, read 2 the low byte of the second.
  const places = [
    { word: 0, shift: 0, mask: 0xffff },
    { word: 0, shift: 16, mask: 0xffff },
    { word: 1, shift: 0, mask: 0xff },
  ]
  const trees = new DecisionTrees((read, place) => Object.assign(place, places[read]))
  const frame = (low: number, high: number, second: number) => Int32Array.of(low | (high << 16), second)
  const root = trees.insert(0, [0, 2], frame(1, 2, 3), -1)
  trees.insert(root, [0, 2], frame(1, 2, 4), -2)

  test('is that of every state which is the same in what was read', () => {
    const last = new LastAnswer()
    expect(last.leafFor(frame(1, 2, 3))).toBe(0)
    last.remember(trees, root, frame(1, 2, 3), -1)
    expect([last.leafFor(frame(1, 2, 3)), last.leafFor(frame(1, 9, 0x103))]).toEqual([-1, -1])
    expect([last.leafFor(frame(1, 2, 4)), last.leafFor(frame(2, 2, 3))]).toEqual([0, 0])
    last.remember(trees, root, frame(1, 2, 4), -2)
    expect(last.leafFor(frame(1, 7, 4))).toBe(-2)
    last.forget()
    expect(last.leafFor(frame(1, 7, 4))).toBe(0)
  })

  test('is no longer remembered where it is nearly always another', () => {
    const last = new LastAnswer()
    for (let miss = 0; miss < 5000; miss++) last.remember(trees, root, frame(1, 2, 3), -1)
    expect(last.leafFor(frame(1, 2, 3))).toBe(0)
  })
})

test('a property that is false in one of many states alike is found there', async () => {
  const rare = spec('rare', {}, () =>
    machine({
      init: { n: 0, m: 0 },
      actions: { n: ({ n }) => n < 60 && { n: n + 1 }, m: ({ m }) => m < 60 && { m: m + 1 } },
      invariants: { never: ({ n, m }) => n !== 37 || m !== 41 },
      terminal: true,
    }),
  )
  expect((await check(rare)).counterexamples.map(({ length }) => length)).toEqual([78])
})
