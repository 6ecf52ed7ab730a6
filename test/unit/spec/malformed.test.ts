import { describe, expect, test } from 'vitest'
import { machine, spec } from '../../../src/index.js'

/** `spec`, as plain JavaScript may call it. */
const anySpec = spec as (...args: unknown[]) => unknown
const idle = () => machine({ init: { n: 0 }, actions: { stay: () => ({}) } })

function errorOf(...args: unknown[]): unknown {
  try {
    anySpec(...args)
  } catch (error) {
    return error
  }
  return undefined
}

describe('a spec that is malformed is refused where it is made:', () => {
  test.each<[string, readonly unknown[], string, string]>([
    ['no name', [], 'the name of a spec cannot be undefined', 'it must be a string, such as '],
    ['an empty name', ['', {}, idle], "the name of a spec cannot be ''", 'it must be a string, such as '],
    ['a blank name', ['  ', {}, idle], "the name of a spec cannot be '  '", 'it must be a string, such as '],
    ['a name of another type', [7, {}, idle], 'the name of a spec cannot be 7', 'it must be a string, such as '],
    ['no parameters', ['x', idle], "spec 'x': its parameters are not an object", 'write {} where there are none'],
    ['a list of parameters', ['x', [1], idle], "spec 'x': its parameters are not an object", 'write {} where there are none'],
    [
      'a default that is no number',
      ['x', { n: Number.NaN }, idle],
      "spec 'x': parameter 'n' cannot be NaN",
      'its default is a number, ',
    ],
    [
      'an endless default',
      ['x', { n: Number.POSITIVE_INFINITY }, idle],
      "spec 'x': parameter 'n' cannot be Infinity",
      'its default is',
    ],
    ['a default without a type', ['x', { n: undefined }, idle], "spec 'x': parameter 'n' cannot be undefined", 'its default is'],
    [
      'a default that is an object',
      ['x', { n: { a: 1 } }, idle],
      "spec 'x': parameter 'n' cannot be an object",
      'its default is',
    ],
    ['no function', ['x', {}], "spec 'x': nothing says what it does", 'give it a function that returns machine('],
    [
      'a machine for a function',
      ['x', {}, idle()],
      "spec 'x': nothing says what it does",
      'give it a function that returns machine(',
    ],
    ['options that are none', ['x', {}, idle, 1], "spec 'x': its options are not an object", 'they are { mutants: '],
    ['an unknown option', ['x', {}, idle, { mutant: {} }], "spec 'x': there is no option 'mutant'", "did you mean 'mutants'?"],
    [
      'mutants that are a list',
      ['x', {}, idle, { mutants: ['a'] }],
      "spec 'x': its mutants are not an object",
      'write mutants: { ',
    ],
    [
      'a mutant that is a name',
      ['x', {}, idle, { mutants: { a: 'p' } }],
      "spec 'x': mutant 'a' is not an object",
      'write it as { violates: ',
    ],
    [
      'a mutant that cannot be told from all of them',
      ['x', {}, idle, { mutants: { all: { violates: 'p' } } }],
      "spec 'x': no mutant can be called 'all'",
      '--mutant all stands for every mutant',
    ],
    [
      'an unknown key',
      ['x', {}, idle, { mutants: { a: { violate: 'p' } } }],
      "spec 'x': mutant 'a': there is no key 'violate'",
      "did you mean 'violates'?",
    ],
    [
      'a parameter that there is not',
      ['x', { size: 1 }, idle, { mutants: { a: { with: { sise: 1 } } } }],
      "mutant 'a': spec 'x' has no parameter 'sise'",
      "did you mean 'size'?",
    ],
    [
      'a parameter out of range',
      ['x', { n: 1 }, idle, { mutants: { a: { with: { n: 'b' } } } }],
      "mutant 'a': parameter 'n' of spec 'x' cannot be \"b\"",
      'it must be a whole number',
    ],
    [
      'expectations of a mutant that only a spec has',
      ['x', {}, idle, { mutants: { a: { violated: {} } } }],
      "mutant 'a': there is no key 'violated'",
      "did you mean 'violates'?",
    ],
    [
      'an expectation that is none',
      ['x', {}, idle, { expected: 'p' }],
      "spec 'x': expected is not an object",
      'write it as { violates: ',
    ],
    [
      'an unknown expectation',
      ['x', {}, idle, { expected: { state: 1 } }],
      "spec 'x': expected: there is no key 'state'",
      "did you mean 'states'?",
    ],
    [
      'a length that is none',
      ['x', {}, idle, { expected: { violates: 'p', steps: -1 } }],
      "spec 'x': expected: steps cannot be -1",
      'it must be a whole number, 0 or more',
    ],
    [
      'a length of nothing',
      ['x', {}, idle, { expected: { steps: 3 } }],
      "spec 'x': expected: steps is the length of nothing",
      'name the property as well: ',
    ],
    [
      'a list of violated properties',
      ['x', {}, idle, { expected: { violated: ['p'] } }],
      "spec 'x': expected: violated is not an object",
      'write it as { violated: ',
    ],
    [
      'a violated length that is none',
      ['x', {}, idle, { expected: { violated: { p: 0.5 } } }],
      "spec 'x': expected: violated: p cannot be 0.5",
      'it must be a whole number, 0 or more',
    ],
    [
      'one unreachable name',
      ['x', {}, idle, { expected: { unreachable: 'p' } }],
      "spec 'x': expected: unreachable is not a list",
      "write unreachable: ['p']",
    ],
  ])('%s', (_, args, message, hint) => {
    expect(errorOf(...args)).toMatchObject({
      name: 'SpecError',
      message: expect.stringContaining(message),
      hint: expect.stringContaining(hint),
      site: expect.stringContaining('malformed.test.ts'),
    })
  })
})
