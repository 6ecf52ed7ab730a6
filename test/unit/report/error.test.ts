import { describe, expect, test } from 'vitest'
import { formatError } from '../../../src/report/error.js'
import { errorReport } from '../../../src/report/error-report.js'
import { SpecError } from '../../../src/spec/spec-error.js'

const options = { color: false, cwd: '/home/user/project' }

function withStack(error: Error, ...frames: string[]): Error {
  error.stack = [`${error.name}: ${error.message}`, ...frames.map((frame) => `    at ${frame}`)].join('\n')
  return error
}

const ours = (path: string) => new URL(`../../../${path}`, import.meta.url).pathname

test('says what is wrong and where in the first line, what to do in the next, then the path and the state', () => {
  const error = new SpecError("action 'rmPrepare' returned a patch with an unknown field 'rmm'", {
    hint: "did you mean 'rm'?",
    site: '/home/user/project/specs/two-phase-commit.ts:31:12',
    path: ['rm', 'rm1', '[3]'],
    state: { tm: 'init', rm: { rm1: 'working' } },
  })
  expect(formatError(withStack(error), options)).toBe(
    `
error: action 'rmPrepare' returned a patch with an unknown field 'rmm'  specs/two-phase-commit.ts:31:12
  did you mean 'rm'?
  at rm.rm1[3]
  in the state: {rm: {rm1: 'working'}, tm: 'init'}`.trimStart(),
  )
})

test("shows the user's own stack frames, and none of faultline, node or a package", () => {
  const cause = withStack(
    new TypeError('boom'),
    'rmPrepare (/home/user/project/specs/two-phase-commit.ts:31:12)',
    `Search.run (${ours('src/explore/search.ts')}:10:3)`,
    `main (file://${ours('dist/cli/main.js')}:10:3)`,
    'Object.map (/home/user/project/node_modules/immutable/dist/immutable.js:1:1)',
    'process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
    'file:///home/user/project/specs/ids.ts:2:1',
    'new Promise (<anonymous>)',
  )
  const error = new SpecError("action 'rmPrepare' threw", { cause })
  expect(formatError(error, options)).toBe(
    `
error: action 'rmPrepare' threw  specs/two-phase-commit.ts:31:12
    at rmPrepare (specs/two-phase-commit.ts:31:12)
    at specs/ids.ts:2:1`.trimStart(),
  )
})

test('keeps the lines of a message apart, the caret below the line that it points at', () => {
  const error = new SpecError("Expected ')' but found '}'\n  12 | foo(1 }\n     |       ^", { site: 'a.ts:12:7' })
  expect(formatError(withStack(error), options)).toBe(
    "error: Expected ')' but found '}'  a.ts:12:7\n    12 | foo(1 }\n       |       ^",
  )
})

test('escapes what a message could do to a terminal', () => {
  expect(formatError(withStack(new SpecError('\u001b[2Jgone', { hint: 'a\u0007b' })), options)).toBe(
    'error: \\x1b[2Jgone\n  a\\x07b',
  )
})

describe('what is not a SpecError', () => {
  test('an Error keeps its name and its stack in the user files', () => {
    const error = withStack(new RangeError('no'), 'f (/home/user/project/a.ts:1:2)')
    expect(formatError(error, options)).toBe('error: RangeError: no  a.ts:1:2\n    at f (a.ts:1:2)')
  })

  test.each([
    ['a string', 'oops', "error: 'oops' was thrown, which is not an Error"],
    ['nothing', undefined, 'error: undefined was thrown, which is not an Error'],
    [
      'an object without a prototype',
      Object.assign(Object.create(null), { a: 1 }),
      'error: {a: 1} was thrown, which is not an Error',
    ],
  ])('%s can be thrown too', (_, thrown, text) => {
    expect(formatError(thrown, options)).toBe(text)
  })

  test('an error without a message is named', () => {
    expect(formatError(withStack(new TypeError()), options)).toBe('error: TypeError')
  })
})

describe('as data', () => {
  test('has a key for everything, null where it is not known', () => {
    expect(errorReport(withStack(new Error('no')), { file: 'a.ts' })).toEqual({
      schema: 'faultline.error/1',
      spec: null,
      file: 'a.ts',
      mutant: null,
      error: { message: 'no', hint: null, site: null, path: null, state: null, stack: [] },
    })
  })

  test('leaves out a state that holds what no state may hold', () => {
    const report = errorReport(new SpecError('a Date', { state: { at: new Date(0) }, path: ['at'] }))
    expect(report.error.path).toEqual(['at'])
    expect(() => JSON.stringify(report)).not.toThrow()
  })
})

test('causes that go round in a circle hide nothing', () => {
  const [first, second] = [new Error('first'), new Error('second')]
  first.cause = second
  second.cause = first
  expect(formatError(first, { color: false })).toMatch(/^error: first/)
})
