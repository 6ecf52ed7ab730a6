import { expect, test } from 'vitest'
import { parseBytes, parseCount, parseSeconds } from '../../../src/cli/quantities.js'

test.each([
  ['60s', 60],
  ['5m', 300],
  ['1.5h', 5400],
  ['500ms', 0.5],
  ['90', 90],
  ['0.25', 0.25],
  ['2 m', 120],
])('%s is %d seconds', (text, seconds) => {
  expect(parseSeconds('max-time', text)).toBe(seconds)
})

test.each([
  ['2GB', 2e9],
  ['512mb', 512e6],
  ['1GiB', 2 ** 30],
  ['4096', 4096],
  ['1.5kB', 1500],
])('%s is %d bytes', (text, bytes) => {
  expect(parseBytes('max-memory', text)).toBe(bytes)
})

test.each([
  ['1000000', 1e6],
  ['1_000_000', 1e6],
  ['1e6', 1e6],
])('%s is the count %d', (text, count) => {
  expect(parseCount('max-states', text, 1)).toBe(count)
})

test.each(['', '-1', '0', '5x', 's', '1e', 'Infinity', '1,000', '0x10'])('%j is no duration, size or count', (text) => {
  expect(() => parseSeconds('max-time', text)).toThrow(`--max-time cannot be '${text}'`)
  expect(() => parseBytes('max-memory', text)).toThrow(`--max-memory cannot be '${text}'`)
  expect(() => parseCount('max-states', text, 1)).toThrow(`--max-states cannot be '${text}'`)
})
