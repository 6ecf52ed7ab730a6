import { expect, test } from 'vitest'
import { ExpectedTable, expectedTotals } from '../../../src/report/expected-table.js'
import { caught, expectedFalse, failure, holds, hostileError, hostileExpectation, incomplete, notCaught } from './fixtures.js'

const plain = { color: false, cwd: '/home/user/project', width: 100 }
const expected = { expected: {}, differences: [] }
const checks = [
  { spec: 'two-phase-commit', mutant: null, violates: undefined },
  { spec: 'two-phase-commit', mutant: 'commitWithoutAll', violates: 'consistent' },
]

const rowsOf = (...outcomes: Parameters<ExpectedTable['row']>[0][]) => {
  const table = new ExpectedTable(checks)
  return [table.head(plain), ...outcomes.map((outcome) => table.row(outcome, plain))].join('')
}

test('columns stand below each other, a spec is named once, and a space that was not all explored is marked', () => {
  expect(rowsOf({ ...holds, expectation: expected }, caught)).toBe(
    [
      'spec              mutant            verdict                   states   depth  length  seconds',
      'two-phase-commit                    holds                    296,448      22             0.61',
      '                  commitWithoutAll  violates consistent           34+      3       3     0.00',
      '',
    ].join('\n'),
  )
})

test('what is false as expected stands below the row of its spec, with its length', () => {
  const [, , ...below] = rowsOf({ ...expectedFalse, expectation: expected }).split('\n')
  expect(below.map((line) => line.trim().split(/ {2,}/))).toEqual([['though not consistent', '3'], ['never allCommitted'], ['']])
})

test('what differs stands below its row, with the command that shows it', () => {
  expect(rowsOf(notCaught)).toContain(
    "\n    the shortest counterexample to 'consistent' has 3 steps; expected 2 steps\n    see it again: faultline check ",
  )
})

test('a mutant that nothing catches has survived; an error has a row with what it says', () => {
  const survivor = { ...holds, mutant: 'commitWithoutAll', expectation: { ...expected, differences: ['x'] } }
  expect(rowsOf(survivor)).toMatch(/ commitWithoutAll {2}survived /)
  expect(rowsOf(failure)).toMatch(/\ntwo-phase-commit +error\n {4}action 'tmCommit' threw a TypeError/)
})

test('nothing of a user moves the cursor or breaks a line', () => {
  const table = rowsOf(hostileExpectation, hostileError)
  expect(table.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
})

test('the last line counts specs, mutants, what differs and errors', () => {
  const all = { ...holds, expectation: expected }
  expect(expectedTotals([all, caught])).toBe('1 spec and 1 mutant: all as expected, in 0.61 s')
  expect(expectedTotals([all, notCaught, failure])).toBe('1 spec and 1 mutant: 1 not as expected, 1 error, in 0.61 s')
  expect(expectedTotals([{ ...incomplete, expectation: { ...expected, differences: ['x'] } }])).toBe(
    '1 spec and 0 mutants: 1 not as expected, in 12.4 s',
  )
})
