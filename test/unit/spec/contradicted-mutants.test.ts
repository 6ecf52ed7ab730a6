import { machine, spec } from 'faultline'
import { expect, test } from 'vitest'

const lock = spec('lock', { fencing: true, clients: 2 }, () => machine({ init: { n: 0 }, actions: { stay: () => ({}) } }), {
  mutants: { noFence: { with: { fencing: false } } },
})

test('a mutant cannot be told from the spec where its parameter is asked for otherwise', () => {
  expect(() => lock.with({ fencing: true }).mutant('noFence')).toThrow(
    "mutant 'noFence' sets fencing=false, and fencing=true is asked for",
  )
  expect(() => lock.with({ fencing: false }).mutant('noFence')).not.toThrow()
})

test('a mutant keeps parameters that it does not set, and so do all of them together', () => {
  expect(lock.with({ clients: 3 }).mutant('noFence').parameters).toEqual({ fencing: false, clients: 3 })
  expect(lock.with({ clients: 3, fencing: true }).mutants.noFence.parameters).toEqual({ fencing: false, clients: 3 })
})
