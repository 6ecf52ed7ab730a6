import type { Followed } from '../trace/follow.js'
import { decidedAt } from '../trace/follow.js'
import { becauseLines, behaviourLines } from './behaviour-lines.js'
import { paintFor } from './paint.js'
import { propertyName, specTitle } from './property-text.js'
import type { ReplayReport } from './replay-report.js'
import type { ReportContext } from './reporter.js'
import { siteFrom } from './site.js'
import { counted, indented, printable, wrappedList } from './text.js'
import type { Layout } from './value-lines.js'

/** A replay as a person reads it in a terminal; lines joined by newlines, with one at the end. */
export function replayText(report: ReplayReport, { color, width = 100, cwd }: ReportContext): string {
  const paint = paintFor(color)
  const layout: Layout = { width: Math.max(width - 2, 20), paint }
  const { steps, states, behaviour, notes, violated } = report
  const because = behaviour?.because
  const whole = {
    initial: states[0] ?? null,
    steps,
    final: states.at(-1) ?? null,
  }
  const verdict = violated.length > 0 ? paint.red('violated') : paint.green('nothing violated')
  const body = [
    ...report.properties.flatMap((property) => {
      const site = property.name === behaviour?.property && report.site !== null ? siteFrom(report.site, cwd) : ''
      return decidedLine(property, report, layout).map((line) => (site === '' ? line : `${line}  ${paint.dim(printable(site))}`))
    }),
    ...(because === undefined ? [] : becauseLines(because, layout)),
    ...essentialLines(report),
    ...behaviourLines(whole, layout, notes ?? []),
    ...wrappedList('true all the way', truthful(report.properties), layout.width),
  ]
  return `${[`${paint.bold(specTitle(report))}, ${counted(steps.length, 'step')} replayed: ${paint.bold(verdict)}`, ...indented(body, 2)].join('\n')}\n`
}

type Property = Followed['properties'][number]

/** What became of a property that was violated or reached, or that the replay is about. */
function decidedLine(property: Property, { violatedAsExpected, property: about }: ReplayReport, { paint }: Layout): string[] {
  const { kind, truth } = property
  const name = propertyName(property)
  const at = decidedAt(property)
  if (at === undefined && property.name !== about) return []
  if (kind === 'alwaysPossible')
    return [`${name} is ${String(truth.at(-1))} at the end; whether it stays possible takes a check to say`]
  if (kind === 'sometimes')
    return [at === undefined ? `${name} is not reached` : `${name} is reached after ${counted(at, 'step')}`]
  if (at === undefined) return []
  const after = at === 0 ? 'in the initial state' : `after ${counted(at, 'step')}`
  const text =
    kind === 'transition'
      ? `${name} is violated by step ${at}`
      : kind === 'deadlock'
        ? `deadlock ${after}`
        : `${name} is violated ${after}`
  return [violatedAsExpected.includes(property.name) ? `${text}, as expected` : paint.red(text)]
}

function truthful(properties: readonly Property[]): readonly string[] {
  const isDemand = ({ kind }: Property) => kind !== 'sometimes' && kind !== 'alwaysPossible'
  return properties
    .filter((property) => isDemand(property) && decidedAt(property) === undefined)
    .map((property) => (property.kind === 'deadlock' ? 'no deadlock' : propertyName(property)))
}

/** Which steps the violation needs, where that is worth saying. */
function essentialLines({ behaviour, notes }: ReplayReport): string[] {
  if (behaviour === null || notes === null || notes.length === 0 || notes.some(({ essential }) => essential === null)) return []
  const needed = notes.filter(({ essential }) => essential === true).length
  const what = behaviour.kind === 'sometimes' ? behaviour.property : 'the violation'
  const head = `to ${behaviour.property}: `
  return needed === notes.length
    ? [`${head}every step is essential, without any of them ${what} is not there`]
    : [`${head}${needed} of ${counted(notes.length, 'step')} are essential, each of the others can be left out`]
}
