import { expect, test } from 'vitest'
import { nearest } from '../../../src/spec/nearest.js'

const suggested = (name: string, names: readonly string[]) =>
  nearest(name, names, { found: (other) => other, none: (all) => `one of ${all.join(', ')}` })

test.each([
  ['bonded', ['bounded', 'other'], 'bounded'],
  ['Max', ['max'], 'max'],
  ['x', ['xy'], 'xy'],
  ['rmsCout', ['rmsCount', 'rounds'], 'rmsCount'],
] as const)('%s is taken for a slip of the name next to it', (name, names, other) => {
  expect(suggested(name, names)).toBe(other)
})

test.each([
  ['zz', ['a']],
  ['', ['x']],
  ['ab', ['xy', 'z']],
  ['q', ['a', 'b']],
] as const)("'%s' is no slip of a name that it shares nothing with, however short", (name, names) => {
  expect(suggested(name, names)).toBe(`one of ${names.join(', ')}`)
})
