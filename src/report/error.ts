import { type ErrorReport, errorReport } from './error-report.js'
import { type Paint, paintFor } from './paint.js'
import type { ReportContext } from './reporter.js'
import { siteFrom } from './site.js'
import { indented, printable } from './text.js'
import { valueLines } from './value-lines.js'

/**
 * An error as a person reads it: what is wrong and where, what to do, the state and the path in it when known, the user's own
 * stack frames. Never a frame of faultline, of node or of a package.
 */
export function formatError(error: unknown, context: Pick<ReportContext, 'color' | 'cwd'>): string {
  return errorLines(errorReport(error), context).join('\n')
}

/** The same for the message of an `Error`, which is shown behind the word: it does not begin with it. */
export function errorMessage(error: unknown, context: Pick<ReportContext, 'color' | 'cwd'>): string {
  const { head, body } = errorParts(errorReport(error), context)
  return [head, ...body].join('\n')
}

/** The lines of {@link formatError}, for an error that is already data. */
export function errorLines(report: ErrorReport, context: ReportContext): string[] {
  const { spec, mutant } = report
  const paint = paintFor(context.color)
  const subject = spec === null ? '' : `${printable(mutant === null ? spec : `${spec} (mutant ${mutant})`)}: `
  const { head, body } = errorParts(report, context)
  return [`${subject}${paint.bold(paint.red('error:'))} ${head}`, ...body]
}

function errorParts({ error }: ErrorReport, { color, width = 100, cwd }: ReportContext) {
  const paint = paintFor(color)
  const layout = { width: width - 2, paint }
  const [first = '', ...others] = error.message.split(/\r?\n/).map(printable)
  const site = error.site === null ? '' : `  ${paint.dim(printable(siteFrom(error.site, cwd)))}`
  const body = [
    ...indented(others, 2),
    ...(error.hint === null ? [] : indented(error.hint.split(/\r?\n/).map(printable), 2)),
    ...(error.path === null || error.path.length === 0 ? [] : [`  at ${placeText(error.path)}`]),
    ...(error.state === null ? [] : indented(valueLines('in the state', error.state, layout), 2)),
    ...(error.stack.length === 1 && error.stack[0] === error.site ? [] : error.stack).map((frame) =>
      frameLine(frame, cwd, paint),
    ),
  ]
  return { head: first + site, body }
}

/** A path in a state; its parts that are no names (`[3]`, `{element}`) come in brackets of their own. */
function placeText(path: readonly string[]): string {
  return printable(path.map((part, index) => (index === 0 || /^[[{]/.test(part) ? part : `.${part}`)).join(''))
}

function frameLine(frame: string, cwd: string | undefined, paint: Paint): string {
  const [, called = '', site = frame] = frame.match(/^(.*) \((.*)\)$/) ?? []
  const place = printable(siteFrom(site, cwd))
  return paint.dim(called === '' ? `    at ${place}` : `    at ${printable(called)} (${place})`)
}
