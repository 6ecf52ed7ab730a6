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

/**
 * How far a limited search came. Breadth-first: while states of depth n are found, every shallower one has been; where behaviours with fewer faults come first, only
 * among those with as many, of which those with fewer are all done.
 */
function coveredText({ limit, states, faults: { explored } }: Result): string {
  const complete = limit === 'depth' || states.queue === 0 ? states.depth : states.depth - 1
  const waiting = `${counted(states.queue, 'state')} waiting`
  if (explored.length > 1 && limit !== 'depth')
    return `all with ${explored.length === 2 ? '0 faults' : `up to ${counted(explored.length - 2, 'fault')}`} complete, ${waiting}`
  const among = explored.length === 1 ? ' with 0 faults' : ''
  return complete < 0 ? waiting : `depth ${grouped(complete)}${among} complete, ${waiting}`
}

/** What makes a verdict say less than it seems to: what never happened, and states cut off by constraints. */
export function coverageLines(result: Result, { width, paint }: Layout): string[] {
  const { coverage, verdict } = result
  // A constraint that cut nothing off takes nothing from the verdict.
  const cuts = Object.entries(coverage.constraints).flatMap(([name, states]) =>
    states > 0 ? [`${printable(name)} (${counted(states, 'state')} outside)`] : [],
  )
  const claim = verdict === 'holds' ? 'exhaustive only within' : 'explored only within'
  const gaps = stoppedAtViolation(result) ? [] : gapsIn(coverage)
  return [
    ...gaps.flatMap(([head, names]) => wrappedList(head, names.map(printable), width)),
    ...wrappedList(claim, cuts, width),
  ].map((line) => paint.yellow(line))
}

/** Then most of the spec was not tried yet, and what is missing says nothing. */
function stoppedAtViolation({ limit, properties, states }: Result): boolean {
  return limit === null && (states.queue > 0 || properties.some(({ verdict }) => verdict === 'incomplete'))
}

/** A part of a protocol as `coverage.parts` names it: `server.on.vote`, `message vote`, `fault drop`. */
const PART = /^(?:(?<kind>message|fault) |.*?\.(?<group>on|timers|operations)\.)(?<name>.*)$/su

/** What never happened, each thing once: a message that is never sent says why its handlers never run. */
function gapsIn({ neverFired, parts }: Result['coverage']): (readonly [head: string, names: readonly string[]])[] {
  const all = Object.entries(parts).map(([part, was]) => {
    const { kind, group, name = part } = part.match(PART)?.groups ?? {}
    return { part, was, kind, group, name }
  })
  const named = (kind: string, status: string) =>
    all.flatMap((part) => (part.kind === kind && part.was === status ? [part.name] : []))
  const [neverSent, neverReceived] = [named('message', 'never sent'), named('message', 'never received')]
  const unheard = new Set([...neverSent, ...neverReceived])
  const handlers = (status: string) =>
    all
      .filter(({ kind, group, name, was }) => kind === undefined && was === status && !(group === 'on' && unheard.has(name)))
      .map(({ part }) => part)
  // Each of these actions is one or several parts, or is about all handlers of one group.
  const told = new Set(
    all.flatMap(({ kind, group, name }) =>
      kind === 'fault' || group === 'operations' ? [name] : ['deliver', 'lose', 'timeout'],
    ),
  )
  return [
    ['never fired', neverFired.filter((action) => !told.has(action))],
    ['never sent', neverSent],
    ['sent, and accepted by nobody', neverReceived],
    ['never ran', handlers('never')],
    ['ran, and never did anything', handlers('ignored only')],
    ['faults that never happened', named('fault', 'never')],
  ]
}
