import type { Limit, Result } from '../check/result.js'
import { counted, duration, grouped, printable, rounded, wrapped, wrappedList } from './text.js'
import type { Layout } from './value-lines.js'

const LIMITS: { readonly [L in Limit]: { readonly stopped: string; readonly hint: string } } = {
  states: { stopped: 'stopped at the limit on states', hint: 'raise --max-states' },
  depth: { stopped: 'stopped at the limit on depth', hint: 'raise --max-depth' },
  time: { stopped: 'stopped at the limit on time', hint: 'raise --max-time' },
  memory: { stopped: 'stopped at the limit on memory', hint: 'raise --max-memory' },
  interrupt: { stopped: 'interrupted', hint: 'run it again' },
}

/** The search in figures: `296,448 states, 2,744,706 generated, depth 22, 0.61 s, 486k states/s`. */
export function figuresText({ states, seconds }: Result): string {
  const figures = [counted(states.distinct, 'state'), `${grouped(states.generated)} generated`, `depth ${grouped(states.depth)}`]
  figures.push(duration(seconds))
  if (seconds > 0) figures.push(`${rounded(states.distinct / seconds)} states/s`)
  return figures.join(', ')
}

/** Which limit ended the search, what is covered all the same, and how to go on; nothing for a search without a limit. */
export function limitLines(result: Result, { width, paint }: Layout): string[] {
  if (result.limit === null) return []
  const { stopped, hint } = LIMITS[result.limit]
  return [
    ...wrapped(`${stopped}: ${coveredText(result)}`, width).map((line) => paint.yellow(line)),
    `to go on: ${hint}, or check smaller parameters`,
  ]
}

/** How far a limited search came. Breadth-first: while states of depth n are found, every shallower one has been. */
function coveredText({ limit, states }: Result): string {
  const complete = limit === 'depth' || states.queue === 0 ? states.depth : states.depth - 1
  const waiting = `${counted(states.queue, 'state')} waiting`
  return complete < 0 ? waiting : `depth ${grouped(complete)} complete, ${waiting}`
}

/** What makes a verdict say less than it seems to: actions that never fired, states cut off by constraints. */
export function coverageLines({ coverage, verdict }: Result, { width, paint }: Layout): string[] {
  const cuts = Object.entries(coverage.constraints).map(
    ([name, states]) => `${printable(name)} (${counted(states, 'state')} outside)`,
  )
  const claim = verdict === 'holds' ? 'exhaustive only within' : 'explored only within'
  return [...wrappedList('never fired', coverage.neverFired.map(printable), width), ...wrappedList(claim, cuts, width)].map(
    (line) => paint.yellow(line),
  )
}
