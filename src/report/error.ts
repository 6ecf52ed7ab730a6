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
export function formatError(error: unknown, { color, cwd }: Pick<ReportContext, 'color' | 'cwd'>): string {
  return errorLines(errorReport(error), { color, ...(cwd === undefined ? {} : { cwd }) }).join('\n')
}

/** The lines of {@link formatError}, for an error that is already data. */
export function errorLines({ error, spec, mutant }: ErrorReport, { color, width = 100, cwd }: ReportContext): string[] {
  const paint = paintFor(color)
  const layout = { width: width - 2, paint }
  const [first = '', ...others] = error.message.split(/\r?\n/).map(printable)
  const site = error.site === null ? '' : `  ${paint.dim(printable(siteFrom(error.site, cwd)))}`
  const subject = spec === null ? '' : `${printable(mutant === null ? spec : `${spec} (mutant ${mutant})`)}: `
  return [
    `${subject}${paint.bold(paint.red('error:'))} ${first}${site}`,
    ...indented(others, 2),
    ...(error.hint === null ? [] : indented(error.hint.split(/\r?\n/).map(printable), 2)),
    ...(error.path === null || error.path.length === 0 ? [] : [`  at ${placeText(error.path)}`]),
    ...(error.state === null ? [] : indented(valueLines('in the state', error.state, layout), 2)),
    ...(error.stack.length === 1 && error.stack[0] === error.site ? [] : error.stack).map((frame) =>
      frameLine(frame, cwd, paint),
    ),
  ]
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
