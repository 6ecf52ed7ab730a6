import type { StepNotes } from '../trace/annotation.js'
import type { Counterexample, Step } from '../trace/counterexample.js'
import type { Change } from '../trace/diff.js'
import type { Json } from '../values/json.js'
import { faultsText } from './fault-text.js'
import { isEnvelope, jsonText } from './json-text.js'
import { counted, indented, printable } from './text.js'
import { type Layout, partLines, pathText, valueLines } from './value-lines.js'

/**
 * A behaviour for a terminal: the initial state, every step with what it changes, and the state that it ends in.
 *
 * @param notes - by step, as far as known: steps that are not essential say so.
 */
export function behaviourLines(
  behaviour: Pick<Counterexample, 'initial' | 'steps' | 'final'>,
  { width, paint }: Layout,
  notes: readonly Pick<StepNotes, 'essential'>[] = [],
): string[] {
  const digits = String(behaviour.steps.length).length
  const margin = digits + 2
  const inner = { width: width - margin, paint }
  const lines = [paint.bold('initial'), ...indented(partLines(behaviour.initial, inner), margin)]
  for (const step of behaviour.steps) {
    lines.push(
      `${paint.dim(String(step.index).padStart(digits))}  ${stepHead(step, inner)}${aside(notes[step.index - 1], inner)}`,
    )
    const changes = step.changes.flatMap((change) => changeLines(change, inner))
    lines.push(...indented(changes.length > 0 ? changes : [paint.dim('nothing changes')], margin))
  }
  // After one step the state is as plain from the initial one; after several, nobody should have to add them up.
  if (behaviour.steps.length > 1) lines.push(paint.bold('final'), ...indented(partLines(behaviour.final, inner), margin))
  return lines
}

/** A step in words: `rmPrepare(rm1)`; before it, whether it is a fault, and behind it the number of its outcome. */
function stepHead(step: Step, { paint }: Layout): string {
  const text = printable(step.label)
  const head = step.fault === null ? paint.cyan(text) : paint.magenta(`fault: ${text}`)
  const outcome = step.outcome === undefined ? '' : paint.dim(`  outcome ${step.outcome + 1}`)
  return paint.bold(head) + outcome
}

function aside(note: Pick<StepNotes, 'essential'> | undefined, { paint }: Layout): string {
  return note?.essential === false ? paint.dim('  not essential') : ''
}

/** One change: `rm.rm1: 'working' → 'prepared'`, `messages + vote{yes=true} rm1 -> tm`, `queue[0] − 3`; long values below the path. */
export function changeLines(change: Change, { width, paint }: Layout): string[] {
  const path = pathText(endsInPlace(change) ? change.path.slice(0, -1) : change.path)
  const { before, after } = change
  if (before !== undefined && after !== undefined) {
    const [left, right] = [jsonText(before), jsonText(after)]
    if (path.length + 2 + left.length + 3 + right.length <= width)
      return [`${path}: ${paint.red(left)} ${paint.dim('→')} ${paint.green(right)}`]
    return [
      `${path}:`,
      ...indented(signed('−', before, { width: width - 2, paint }), 2),
      ...indented(signed('+', after, { width: width - 2, paint }), 2),
    ]
  }
  const [sign, value] = after === undefined ? (['−', before ?? null] as const) : (['+', after] as const)
  const [first = '', ...others] = signed(sign, value, { width: width - path.length - 1, paint })
  return others.length === 0
    ? [`${path} ${first}`]
    : [`${path}:`, ...indented(signed(sign, value, { width: width - 2, paint }), 2)]
}

/** Whether a path ends in what says nothing beside the value: the element itself, or the place of a message among those in flight. */
function endsInPlace({ element, path, before, after }: Change): boolean {
  if (element === true) return true
  const isPlace = typeof path.at(-1) === 'number' && (before === undefined || after === undefined)
  return isPlace && isEnvelope(before ?? after ?? null)
}

function signed(sign: '−' | '+', value: Json, { width, paint }: Layout): string[] {
  const color = sign === '+' ? paint.green : paint.red
  const flat = jsonText(value)
  const lines = flat.length + 2 <= width ? [flat] : partLines(value, { width: width - 2, paint })
  const [first = '', ...others] = lines
  return [`${color(sign)} ${lines.length === 1 ? color(first) : first}`, ...indented(others, 2)]
}

/** What a property said about why it is false: its headline and its details. */
export function becauseLines(because: Json, { width, paint }: Layout): string[] {
  if (typeof because !== 'object' || because === null || Array.isArray(because))
    return valueLines('because', because, { width, paint })
  const { because: headline, ...details } = because as { readonly [key: string]: Json }
  const first = typeof headline === 'string' ? `because ${paint.bold(printable(headline))}` : 'because'
  return [
    first,
    ...indented(
      Object.entries(details).flatMap(([key, value]) => valueLines(printable(key), value, { width: width - 2, paint })),
      2,
    ),
  ]
}

/** `7 steps`, and of these how many faults where there are any: `7 steps, 3 faults (crash ×2, drop)`. */
export function lengthText(behaviour: Counterexample): string {
  return counted(behaviour.length, 'step') + (behaviour.faults > 0 ? `, ${faultsText(behaviour)}` : '')
}
