import { expect, it } from 'vitest'
import { Field, packFields } from '../../../src/model/field.js'
import { StateVector } from '../../../src/model/state-vector.js'
import { Interner } from '../../../src/values/interner.js'

it('what one of several alike came to need, the others get at once', () => {
  const alike = Array.from({ length: 4 }, () => Object.assign(new Field(31), { family: 'vote' }))
  // The rest of the first word is taken, so that no bits are to spare.
  const other = Object.assign(new Field(31), { width: 28 })
  for (const field of alike) field.width = 1
  expect(packFields([...alike, other])).toBe(1)
  expect(alike.map(({ mask }) => mask)).toEqual([1, 1, 1, 1])
  ;(alike[2] as Field).width = 3
  expect(packFields([...alike, other])).toBe(2)
  for (const { mask } of alike) expect(mask).toBeGreaterThanOrEqual(7)
})

it('only what stands in records of the same fields is alike', () => {
  const node = (more: object) => ({ term: 0, role: { vote: 0 }, ...more })
  const state = { node: { a: node({}), b: node({}), c: node({ only: 0 }) }, term: { x: 0, y: 0 } }
  const { slots } = new StateVector([state], new Interner(), new Set())
  const families = new Map<string | null, string[]>()
  for (const slot of slots) {
    if (slot.kind !== 'value') continue
    const { family } = slot.field
    families.set(family, [...(families.get(family) ?? []), slot.path.join('.')])
  }
  expect([...families.values()]).toEqual([
    ['node.a.term', 'node.b.term'],
    ['node.a.role.vote', 'node.b.role.vote'],
    ['node.c.term'],
    ['node.c.role.vote'],
    ['node.c.only'],
    ['term.x', 'term.y'],
  ])
})
