import type { PropertyResult, Result, Verdict } from '../check/result.js'
import type { Counterexample } from '../trace/counterexample.js'
import { becauseLines, behaviourLines, lengthText } from './behaviour-lines.js'
import { checkCommand } from './command.js'
import { errorLines } from './error.js'
import { coverageLines, figuresText, limitLines } from './figure-lines.js'
import { frontierText } from './frontier.js'
import { type Paint, paintFor } from './paint.js'
import { failed, failureText, passText, propertyName, specTitle } from './property-text.js'
import { isErrorReport, type Outcome, type ReportContext, type Reporter } from './reporter.js'
import { siteFrom } from './site.js'
import { counted, indented, printable, wrapped, wrappedList } from './text.js'
import type { Layout } from './value-lines.js'

const WIDTH_DEFAULT = 100

/**
 * A result as a person reads it in a terminal: the verdict, the properties that fail, a counterexample for each with what
 * every step changes, figures, gaps in coverage, the command to see it again, and of a protocol how many faults it stands.
 *
 * A user's control characters never reach the terminal: they are shown as `\x1b`.
 *
 * @returns lines joined by newlines, without one at the end.
 */
export function formatResult(result: Result, { color, width = WIDTH_DEFAULT, cwd, commandParts }: ReportContext): string {
  const paint = paintFor(color)
  const layout: Layout = { width: Math.max(width - 2, 20), paint }
  const failures = result.properties.filter(failed)
  const body = [
    ...failures.flatMap((property) => failureLines(property, result, cwd, layout)),
    ...result.counterexamples.flatMap((counterexample) => ['', ...counterexampleLines(counterexample, layout)]),
    ...(result.counterexamples.length > 0 ? [''] : []),
    ...limitLines(result, layout),
    figuresText(result),
    ...otherLines(result, layout),
    ...coverageLines(result, layout),
  ]
  const command = checkCommand(result, commandParts?.(result))
  if (result.verdict === 'violated' && command !== undefined) body.push(`${paint.dim('see it again:')} ${command}`)
  const frontier = frontierText(result)
  if (frontier !== undefined) body.push(...wrapped(frontier, layout.width))
  return [`${paint.bold(specTitle(result))}: ${verdictText(result.verdict, paint)}`, ...indented(body, 2)].join('\n')
}

/** Results and errors for a terminal. */
export const pretty: Reporter = {
  name: 'pretty',
  format: (outcomes, context) => {
    const blocks = outcomes.map((outcome) =>
      isErrorReport(outcome) ? errorLines(outcome, context).join('\n') : formatResult(outcome, context),
    )
    if (outcomes.length > 1) blocks.push(totals(outcomes))
    return `${blocks.join('\n\n')}\n`
  },
}

function verdictText(verdict: Verdict, paint: Paint): string {
  const color = { holds: paint.green, violated: paint.red, incomplete: paint.yellow }[verdict]
  return paint.bold(color(verdict))
}

function failureLines(property: PropertyResult, result: Result, cwd: string | undefined, { width, paint }: Layout): string[] {
  const text = failureText(property, result)
  const site = property.site === undefined ? '' : printable(siteFrom(property.site, cwd))
  if (site !== '' && text.length + 2 + site.length <= width) return [`${paint.red(text)}  ${paint.dim(site)}`]
  const lines = wrapped(text, width).map((line) => paint.red(line))
  return site === '' ? lines : [...lines, `  ${paint.dim(site)}`]
}

function counterexampleLines(counterexample: Counterexample, layout: Layout): string[] {
  const { paint } = layout
  const head = `counterexample to ${propertyName({ kind: counterexample.kind, name: counterexample.property })}`
  return [
    `${paint.bold(counterexample.kind === 'deadlock' ? 'counterexample: a deadlock' : head)}, ${lengthText(counterexample)}`,
    ...(counterexample.because === undefined ? [] : becauseLines(counterexample.because, layout)),
    ...behaviourLines(counterexample, layout),
  ]
}

/** The properties that did not fail: those that hold, those that are false as expected, and those that nothing can be said about yet. */
function otherLines(result: Result, { width }: Layout): string[] {
  const passing = result.properties.filter((property) => !failed(property))
  const open = passing.filter(({ verdict }) => verdict === 'incomplete').map(propertyName)
  const named = (isWanted: (verdict: PropertyResult['verdict']) => boolean) =>
    passing.filter(({ verdict }) => isWanted(verdict)).map((property) => passText(property, result))
  const holding = named((verdict) => verdict === 'holds')
  const asExpected = named((verdict) => verdict === 'violated' || verdict === 'unreached')
  const openHead = result.limit === null ? 'incomplete (--continue goes on past a violation)' : 'incomplete'
  return [
    ...wrappedList('holds', holding, width),
    ...asExpected.flatMap((text) => wrapped(text, width)),
    ...wrappedList(openHead, open, width),
  ]
}

/** How many checks ended with which verdict: `5 checks: 1 holds, 2 violated, 1 incomplete, 1 error`. */
export function totals(outcomes: readonly Outcome[]): string {
  const verdicts = outcomes.map((outcome) => (isErrorReport(outcome) ? 'error' : outcome.verdict))
  const count = (verdict: Verdict | 'error') => verdicts.filter((other) => other === verdict).length
  const parts = (['holds', 'violated', 'incomplete', 'error'] as const)
    .filter((verdict) => count(verdict) > 0)
    .map((verdict) => `${count(verdict)} ${verdict}`)
  return `${counted(outcomes.length, 'check')}: ${parts.join(', ')}`
}
