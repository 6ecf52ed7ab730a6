import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import { failed } from '../../../src/check/property-failure.js'
import { errorReport } from '../../../src/report/error-report.js'
import type { Outcome } from '../../../src/report/reporter.js'
import { loadReporter, reporterNames } from '../../../src/report/reporters.js'
import { SpecError } from '../../../src/spec/spec-error.js'
import { failure, hostile, hostileError, hostileExpectation, results } from './fixtures.js'

const context = { color: false, cwd: '/home/user/project' }
const cases: readonly (readonly [string, readonly Outcome[]])[] = [
  ...Object.entries(results).map(([name, result]) => [name, [result]] as const),
  ['several', Object.values(results)],
  ['an error', [failure]],
  ['an error among results', [results.holds, failure, results.violated]],
  ['a hostile error', [hostileError]],
  ['none', []],
]

describe.each(reporterNames)('%s', (name) => {
  test('is found under the name it goes by', async () => {
    expect((await loadReporter(name)).name).toBe(name)
  })

  test.each(cases)('ends its output for %s in one newline', async (_, outcomes) => {
    const text = (await loadReporter(name)).format(outcomes, context)
    if (outcomes.length > 0) expect(text).toMatch(/[^\n]\n$/)
  })

  test('names every spec, every verdict and every property that fails', async () => {
    const { hostile: _, ...readable } = results
    for (const result of Object.values(readable)) {
      const text = (await loadReporter(name)).format([result], context)
      expect(text).toContain(result.spec)
      for (const property of result.properties)
        if (failed(property)) {
          expect(text).toContain(property.name)
          expect(text).toContain(property.verdict)
        }
    }
  })

  test('lets no control character of a user through', async () => {
    const text = (await loadReporter(name)).format([hostile, hostileError, hostileExpectation, hostile], context)
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}]/u)
  })

  test('says the same again for the same results', async () => {
    const reporter = await loadReporter(name)
    expect(reporter.format(Object.values(results), context)).toBe(reporter.format(Object.values(results), context))
  })

  test('is not coloured unless asked for', async () => {
    expect((await loadReporter(name)).format(Object.values(results), context)).not.toContain('\u001b')
  })
})

describe.each(['pretty', 'github', 'junit'] as const)('%s', (name) => {
  test('lets no mark through that turns or breaks the line of a terminal', async () => {
    const text = (await loadReporter(name)).format([hostile, hostileError, hostileExpectation], context)
    expect(text).not.toMatch(/[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
  })

  test('shows what an error says to do, and where', async () => {
    const text = (await loadReporter(name)).format([failure], context)
    expect(text).toContain('s.tmm is undefined')
    expect(text).toContain('guard the access, or fix the name')
    expect(text).toContain('specs/two-phase-commit.ts')
  })
})

describe('json', () => {
  test('is one object for one spec, and one array for several', async () => {
    const json = await loadReporter('json')
    expect(JSON.parse(json.format([results.violated], context))).toEqual(results.violated)
    expect(JSON.parse(json.format([results.violated, failure], context))).toEqual([results.violated, failure])
    expect(JSON.parse(json.format([], context))).toEqual([])
  })
})

describe('ndjson', () => {
  test('is one object a line', async () => {
    const lines = (await loadReporter('ndjson')).format([hostile, failure, results.holds], context).trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toEqual([hostile, failure, results.holds])
  })
})

describe('junit', () => {
  const parse = (text: string) =>
    new XMLParser({ ignoreAttributes: false, isArray: (tag) => tag === 'testsuite' || tag === 'testcase' }).parse(text)

  test.each(cases)('is well-formed XML for %s', async (_, outcomes) => {
    expect(XMLValidator.validate((await loadReporter('junit')).format(outcomes, context))).toBe(true)
  })

  test('has a suite a spec, a case a property, and the counterexample as the failure', async () => {
    const { testsuites } = parse((await loadReporter('junit')).format([results.violated, results.unreached, failure], context))
    expect(testsuites).toMatchObject({ '@_tests': '7', '@_failures': '2', '@_errors': '1', '@_skipped': '2' })
    const [violated, unreached, error] = testsuites.testsuite
    expect(violated).toMatchObject({ '@_name': 'two-phase-commit (rms=2)', '@_tests': '3', '@_failures': '1', '@_skipped': '2' })
    expect(violated.testcase[0]['@_name']).toBe('invariant consistent')
    expect(violated.testcase[0].failure['@_message']).toBe('invariant consistent is violated after 3 steps')
    expect(violated.testcase[0].failure['#text']).toContain('rmChooseToAbort(rm2)')
    expect(violated.testcase[1].skipped['@_message']).toContain('incomplete')
    expect(unreached.testcase[1].failure['@_type']).toBe('unreached')
    expect(error.testcase[0].error['@_message']).toContain('s.tmm is undefined')
  })

  test('has in the message of an error its first line alone, the rest in the text', async () => {
    const excerpt = errorReport(new SpecError("syntax error: Expected ']'\n  3 | }\n    | ^"), { file: 'a.ts' })
    const { testsuites } = parse((await loadReporter('junit')).format([excerpt], context))
    const { error } = testsuites.testsuite[0].testcase[0]
    expect(error['@_message']).toMatch(/^syntax error: Expected .{1,6}].{1,6}$/)
    expect(error['#text']).toContain('3 | }')
  })

  test('counts an incomplete check as skipped, never as passed', async () => {
    const { testsuites } = parse((await loadReporter('junit')).format([results.incomplete], context))
    expect(testsuites).toMatchObject({ '@_tests': '3', '@_failures': '0', '@_skipped': '3' })
    expect(testsuites.testsuite[0].testcase[0].skipped['@_message']).toContain('stopped at the limit on memory')
  })
})

describe('github', () => {
  test('annotates the line of each property that fails, the first with the whole counterexample', async () => {
    const lines = (await loadReporter('github')).format([results.transition], context).trimEnd().split('\n')
    expect(lines[0]).toMatch(
      /^::error file=specs\/two-phase-commit\.ts,line=60,col=3,title=two-phase-commit \(rms=2\)%3A termGrows violated::/,
    )
    expect(lines[0]).toContain('%0A  1  tmCommit%0A')
    expect(lines[1]).toMatch(/^::error file=specs\/two-phase-commit\.ts,line=61,col=3,title=[^:]*::invariant fresh is violated/)
    expect(lines).toHaveLength(2)
  })

  test('notes a spec that holds, warns of one that is incomplete', async () => {
    const text = (await loadReporter('github')).format([results.holds, results.incomplete], context)
    expect(text).toMatch(/^::notice file=specs\/two-phase-commit\.ts,title=two-phase-commit \(rms=7\)%3A holds::296,448 states/)
    expect(text).toMatch(/\n::warning file=[^\n]*stopped at the limit on memory: depth 12 complete/)
  })

  test('keeps a text with commands in it within its own command', async () => {
    const lines = (await loadReporter('github')).format([hostile], context).trimEnd().split('\n')
    expect(lines.every((line) => /^::error [^\n]*title=[^:]*::/.test(line))).toBe(true)
    expect(lines.join('\n')).toContain('%250A')
  })
})
