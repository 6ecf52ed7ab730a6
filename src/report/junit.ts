import { create } from 'xmlbuilder2'
import type { PropertyResult, Result } from '../check/result.js'
import { errorLines } from './error.js'
import type { ErrorReport } from './error-report.js'
import { limitLines } from './figure-lines.js'
import { paintFor } from './paint.js'
import { formatResult } from './pretty.js'
import { expectationText, failed, failureText, propertyName, specTitle } from './property-text.js'
import { isErrorReport, type Outcome, type ReportContext, type Reporter } from './reporter.js'
import { printable } from './text.js'

type Attributes = { readonly [name: string]: string | number }
type Parent = ReturnType<typeof create>

/**
 * JUnit XML: a test suite for each spec checked and a test case for each of its properties. A property that fails has the
 * counterexample as its failure; one that is incomplete is skipped; a spec without a result is a suite with one error. A check against what the spec
 * expects is one test case.
 */
export const junit: Reporter = {
  name: 'junit',
  format: (outcomes, context) => {
    // XML has no way to write most control characters, not even escaped.
    const document = create({ version: '1.0', encoding: 'UTF-8', invalidCharReplacement: '\uFFFD' })
    const suites = document.ele('testsuites', totals(outcomes))
    for (const outcome of outcomes) {
      if (isErrorReport(outcome)) addError(suites, outcome, context)
      else addResult(suites, outcome, context)
    }
    return `${document.end({ prettyPrint: true })}\n`
  },
}

function addResult(suites: Parent, result: Result, context: ReportContext): void {
  const name = specTitle(result)
  const suite = suites.ele('testsuite', {
    name,
    ...counts(result),
    time: result.seconds.toFixed(3),
    ...(result.file === null ? {} : { file: printable(result.file) }),
  })
  const whole = formatResult(result, { ...context, color: false })
  if (result.expectation !== undefined) {
    const test = suite.ele('testcase', { name: expectationText(result.expectation), classname: name, time: '0.000' })
    const message = result.expectation.differences.map(printable).join('; ')
    if (message !== '') test.ele('failure', { type: 'unexpected', message }).txt(whole)
    return
  }
  for (const property of result.properties) {
    const test = suite.ele('testcase', { name: propertyName(property), classname: name, time: '0.000' })
    if (failed(property)) test.ele('failure', { type: property.verdict, message: failureText(property, result) }).txt(whole)
    else if (property.verdict === 'incomplete') test.ele('skipped', { message: incompleteText(result) })
  }
  // A check may be cut short before it can say anything about any property: that must not look like an empty success.
  if (result.properties.length === 0 && result.verdict === 'incomplete')
    suite.ele('testcase', { name: 'check', classname: name, time: '0.000' }).ele('skipped', { message: incompleteText(result) })
}

function addError(suites: Parent, report: ErrorReport, context: ReportContext): void {
  const name = printable(report.spec ?? report.file ?? 'faultline')
  const suite = suites.ele('testsuite', { name, tests: 1, failures: 0, errors: 1, skipped: 0 })
  // An attribute is one line; the text has the excerpt of the source that may follow.
  const [message = ''] = report.error.message.split(/\r?\n/).map(printable)
  suite
    .ele('testcase', { name: 'check', classname: name })
    .ele('error', { message })
    .txt(errorLines(report, { ...context, color: false }).join('\n'))
}

function incompleteText(result: Result): string {
  const [stopped = 'the search stopped at a violation'] = limitLines(result, { width: Infinity, paint: paintFor(false) })
  return `incomplete: ${stopped}`
}

interface Counts extends Attributes {
  readonly tests: number
  readonly failures: number
  readonly errors: number
  readonly skipped: number
}

function counts(outcome: Outcome): Counts {
  if (isErrorReport(outcome)) return { tests: 1, failures: 0, errors: 1, skipped: 0 }
  const { properties, verdict, expectation } = outcome
  if (expectation !== undefined) return { tests: 1, failures: Math.min(expectation.differences.length, 1), errors: 0, skipped: 0 }
  const skipped = properties.filter((property: PropertyResult) => property.verdict === 'incomplete').length
  if (properties.length === 0 && verdict === 'incomplete') return { tests: 1, failures: 0, errors: 0, skipped: 1 }
  return { tests: properties.length, failures: properties.filter(failed).length, errors: 0, skipped }
}

function totals(outcomes: readonly Outcome[]): Attributes {
  const all = outcomes.map(counts)
  const sum = (key: keyof Counts) => all.reduce((total, one) => total + Number(one[key]), 0)
  return { name: 'faultline', tests: sum('tests'), failures: sum('failures'), errors: sum('errors'), skipped: sum('skipped') }
}
