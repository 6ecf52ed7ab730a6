import { expect, test } from 'vitest'
import type { Progress } from '../../../src/check/result.js'
import { ProgressLine, progressText } from '../../../src/cli/progress-line.js'

const progress: Progress = {
  spec: 'two-phase-commit',
  seconds: 12.4,
  faults: null,
  depth: 17,
  distinct: 1_204_332,
  generated: 3_918_004,
  queue: 88_120,
  queueGrows: false,
  statesPerSecond: 970_000,
  memoryBytes: 612_000_000,
}

const at = (seconds: number): Progress => ({ ...progress, seconds })

function streamOf(isTTY: boolean, columns = 200) {
  const written: string[] = []
  return { written, stream: { isTTY, columns, write: (text: string) => written.push(text) } }
}

test('progress is one line of figures', () => {
  expect(progressText(progress)).toBe(
    'two-phase-commit  12.4s  depth 17  1,204,332 states  3,918,004 generated  970k/s  queue 88,120 ▼  mem 612 MB',
  )
  expect(progressText({ ...progress, queueGrows: true })).toContain('queue 88,120 ▲')
})

test('where behaviours with fewer faults come first, it says how many are searched now', () => {
  expect(progressText({ ...progress, faults: 2 })).toContain('  12.4s  2 faults  depth 17  ')
  expect(progressText({ ...progress, faults: 1 })).toContain('  1 fault  ')
  expect(progressText({ ...progress, faults: 0 })).toContain('  0 faults  ')
})

test('a name cannot move the cursor', () => {
  expect(progressText({ ...progress, spec: 'x\u001b[2J' })).not.toContain('\u001b')
})

test('a check of under half a second shows none', () => {
  const { stream, written } = streamOf(true)
  const line = new ProgressLine(stream)
  line.update(at(0.2))
  line.clear()
  expect(written).toEqual([])
})

test('on a terminal the line is rewritten in place, cut to the width, and gone at the end', () => {
  const { stream, written } = streamOf(true, 30)
  const line = new ProgressLine(stream)
  line.update(at(1))
  line.update(at(2))
  line.clear()
  expect(written).toEqual(['\r\u001b[Ktwo-phase-commit  1.0s  depth', '\r\u001b[Ktwo-phase-commit  2.0s  depth', '\r\u001b[K'])
})

test('elsewhere it is a whole line every ten seconds', () => {
  const { stream, written } = streamOf(false)
  const line = new ProgressLine(stream)
  for (let seconds = 0; seconds < 35; seconds += 0.25) line.update(at(seconds))
  line.clear()
  expect(written.map((text) => text.split('  ')[1])).toEqual(['10.0s', '20.0s', '30.0s'])
  expect(written.every((text) => text.endsWith(' MB\n') && !text.includes('\u001b'))).toBe(true)
})

test('a terminal that does not know its width gets a line all the same', () => {
  const { stream, written } = streamOf(true, 0)
  new ProgressLine(stream).update(at(1))
  expect(written[0]).toContain('1,204,332 states')
})
