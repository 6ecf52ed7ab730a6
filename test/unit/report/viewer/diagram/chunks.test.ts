import { expect, test } from 'vitest'
import { chunksOf } from '../../../../../src/report/viewer/diagram/chunks.js'
import { layoutDiagram } from '../../../../../src/report/viewer/diagram/layout.js'
import { allSteps, BehaviourBuilder } from '../../../../report/fixtures/behaviour-builder.js'

function longLayout() {
  const builder = new BehaviourBuilder(['a', 'b']).step('begin', 'a', [['late', 'b']])
  for (let step = 0; step < 60; step++) builder.step('work', step % 2 === 0 ? 'a' : 'b')
  const behaviour = builder
    .deliver(0)
    .step('ask', 'a', [['soon', 'b']])
    .deliver(1)
    .build()
  return layoutDiagram(behaviour, allSteps(behaviour))
}

test('bands follow each other without a gap, and are as high as the diagram together', () => {
  const layout = longLayout()
  const chunks = chunksOf(layout)
  expect(chunks.length).toBeGreaterThan(3)
  let top = 0
  for (const chunk of chunks) {
    expect(chunk.top).toBe(top)
    top += chunk.height
  }
  expect(top).toBe(layout.height)
  expect(chunks.flatMap(({ rows }) => rows)).toEqual(layout.rows)
})

test('every mark is in the band of its row', () => {
  const layout = longLayout()
  for (const { rows, marks } of chunksOf(layout)) {
    expect(new Set(marks.map(({ step }) => step))).toEqual(new Set(rows.map(({ step }) => step)))
  }
})

test('a line is in all bands that it crosses, and in no other', () => {
  const chunks = chunksOf(longLayout())
  const bandsWith = (id: number) =>
    chunks.flatMap(({ index, messages }) => (messages.some(({ ids }) => ids.includes(id)) ? [index] : []))
  const bandOf = (step: number) => chunks.find(({ rows }) => rows.some((row) => row.step === step))?.index ?? -1
  expect(bandOf(62)).toBeGreaterThan(bandOf(1) + 1)
  expect(bandsWith(0)).toEqual(chunks.map(({ index }) => index).slice(bandOf(1), bandOf(62) + 1))
  expect(bandsWith(1)).toEqual([bandOf(63), bandOf(64)])
})
