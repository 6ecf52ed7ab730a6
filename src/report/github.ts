import type { PropertyResult, Result } from '../check/result.js'
import { errorLines } from './error.js'
import type { ErrorReport } from './error-report.js'
import { figuresText, limitLines } from './figure-lines.js'
import { paintFor } from './paint.js'
import { formatResult } from './pretty.js'
import { expectationText, failed, failureText, specTitle } from './property-text.js'
import { isErrorReport, type ReportContext, type Reporter } from './reporter.js'
import { siteFrom, siteParts } from './site.js'
import { printable } from './text.js'

/**
 * Workflow commands of GitHub Actions: an `::error` at the source line of every property that fails, a `::warning` for an
 * incomplete check, a `::notice` for one that holds; of a check against what the spec expects, whether it does as expected.
 */
export const github: Reporter = {
  name: 'github',
  format: (outcomes, context) =>
    outcomes
      .flatMap((outcome) => (isErrorReport(outcome) ? [errorCommand(outcome, context)] : resultCommands(outcome, context)))
      .map((command) => `${command}\n`)
      .join(''),
}

function resultCommands(result: Result, context: ReportContext): string[] {
  const title = specTitle(result)
  const file = result.file ?? undefined
  const plain = { width: 100, paint: paintFor(false) }
  if (result.expectation !== undefined) {
    const { differences } = result.expectation
    const [level, text] = differences.length > 0 ? (['error', 'not as expected'] as const) : (['notice', 'as expected'] as const)
    return [
      command(
        level,
        `${title}: ${text}`,
        [...differences.map(printable), expectationText(result.expectation), figuresText(result)].join('\n'),
        file,
        context,
      ),
    ]
  }
  if (result.verdict === 'holds') return [command('notice', `${title}: holds`, figuresText(result), file, context)]
  if (result.verdict === 'incomplete') {
    const message = [...limitLines(result, plain), figuresText(result)].join('\n')
    return [command('warning', `${title}: incomplete`, message, file, context)]
  }
  const [first, ...others] = result.properties.filter(failed)
  // The whole print once; each further property by its own line in the source, with one sentence.
  const whole = formatResult(result, { ...context, color: false })
  const verdictOf = ({ name, verdict }: PropertyResult) => `${title}: ${name} ${verdict}`
  return [
    command('error', first === undefined ? `${title}: violated` : verdictOf(first), whole, first?.site ?? file, context),
    ...others.map((property) =>
      command('error', verdictOf(property), failureText(property, result), property.site ?? file, context),
    ),
  ]
}

function errorCommand(report: ErrorReport, context: ReportContext): string {
  const place = report.error.site ?? report.file ?? undefined
  return command('error', report.spec ?? 'faultline', errorLines(report, { ...context, color: false }).join('\n'), place, context)
}

function command(
  level: 'error' | 'warning' | 'notice',
  title: string,
  message: string,
  place: string | undefined,
  { cwd }: ReportContext,
): string {
  const near = place === undefined ? undefined : siteFrom(place, cwd)
  const parts = near === undefined ? undefined : siteParts(near)
  const properties = [
    ...(near === undefined ? [] : [`file=${escapedProperty(printable(parts?.file ?? near))}`]),
    ...(parts === undefined ? [] : [`line=${parts.line}`, `col=${parts.column}`]),
    `title=${escapedProperty(printable(title))}`,
  ]
  return `::${level} ${properties.join(',')}::${escapedMessage(message)}`
}

function escapedMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapedProperty(text: string): string {
  return escapedMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
