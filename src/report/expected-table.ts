import { failed } from '../check/property-failure.js'
import type { Result } from '../check/result.js'
import { checkCommand } from './command.js'
import { paintFor } from './paint.js'
import { isErrorReport, type Outcome, type ReportContext } from './reporter.js'
import { counted, duration, grouped, printable, wrapped } from './text.js'

/** A check that gets a row. */
export interface ExpectedCheck {
  readonly spec: string
  readonly mutant: string | null
  /** The property that is expected to be violated, if any. */
  readonly violates: string | undefined
}

type Cells = readonly [
  spec: string,
  mutant: string,
  verdict: string,
  states: string,
  depth: string,
  length: string,
  seconds: string,
]

const widthDefault = 100
const head: Cells = ['spec', 'mutant', 'verdict', 'states ', 'depth', 'length', 'seconds']
const numbersFrom = 3

/**
 * Checks against what specs expect, as a table with a row for each: made row by row, as the checks end. Below a row stands what differs in it, and the command
 * that shows it. A number of states with `+` is of a search that ended when all was decided, not of the whole space.
 */
export class ExpectedTable {
  readonly #widths: readonly number[]
  #specBefore: string | undefined

  /** @param checks - all that get a row, so that the columns fit. */
  constructor(checks: readonly ExpectedCheck[]) {
    const rows: Cells[] = checks.map(({ spec, mutant, violates }) => {
      const verdict = violates === undefined ? 'incomplete' : `violates ${violates}`
      return [printable(spec), printable(mutant ?? ''), printable(verdict), '100,000,000 ', '000', '', '00.00']
    })
    this.#widths = head.map((_, column) => Math.max(...[head, ...rows].map((cells) => cells[column]?.length ?? 0)))
  }

  /** The names of the columns. */
  head({ color }: ReportContext): string {
    return `${paintFor(color).bold(this.#line(head))}\n`
  }

  /** The row of a check that ended, and what differs. */
  row(outcome: Outcome, context: ReportContext): string {
    const paint = paintFor(context.color)
    const cells = isErrorReport(outcome) ? errorCells(outcome.spec, outcome.mutant) : cellsOf(outcome)
    const [spec, ...others] = cells
    const line = this.#line([spec === this.#specBefore ? '' : spec, ...others])
    this.#specBefore = spec
    const problems = isErrorReport(outcome) ? [outcome.error.message] : (outcome.expectation?.differences ?? [])
    if (isErrorReport(outcome) || problems.length > 0) {
      const command = isErrorReport(outcome) ? undefined : checkCommand(outcome, context.commandParts?.(outcome))
      const below = [...problems, ...(command === undefined ? [] : [`see it again: ${command}`])]
      const lines = below.flatMap((text) => wrapped(printable(text), (context.width ?? widthDefault) - 4))
      return `${[paint.red(line), ...lines.map((text) => `    ${text}`)].join('\n')}\n`
    }
    return `${[line, ...exemptLines(outcome).map((cells) => paint.dim(this.#line(cells)))].join('\n')}\n`
  }

  #line(cells: Cells): string {
    const padded = cells.map((cell, column) => {
      const width = this.#widths[column] ?? 0
      return column < numbersFrom ? cell.padEnd(width) : cell.padStart(width)
    })
    return padded.join('  ').trimEnd()
  }
}

/** How many checks are as expected: `21 specs and 80 mutants: all as expected, in 61.2 s`. */
export function expectedTotals(outcomes: readonly Outcome[]): string {
  const results = outcomes.filter((outcome) => !isErrorReport(outcome))
  const mutants = results.filter(({ mutant }) => mutant !== null).length
  const differing = results.filter(({ expectation }) => (expectation?.differences.length ?? 0) > 0).length
  const errors = outcomes.length - results.length
  const problems = [
    ...(differing > 0 ? [`${grouped(differing)} not as expected`] : []),
    ...(errors > 0 ? [counted(errors, 'error')] : []),
  ]
  const seconds = results.reduce((sum, result) => sum + result.seconds, 0)
  const checked = `${counted(results.length - mutants, 'spec')} and ${counted(mutants, 'mutant')}`
  return `${checked}: ${problems.join(', ') || 'all as expected'}, in ${duration(seconds)}`
}

function errorCells(spec: string | null, mutant: string | null): Cells {
  return [printable(spec ?? ''), printable(mutant ?? ''), 'error', '', '', '', '']
}

function cellsOf(result: Result): Cells {
  const { states, seconds, counterexamples, properties, limit } = result
  const expected = result.expectation?.expected.violates
  const failing = properties.filter(failed)
  const named = failing.find(({ name }) => name === expected) ?? failing[0]
  const behaviour = counterexamples.find(({ property }) => property === named?.name)
  const isPart = limit !== null || states.queue > 0 || properties.some(({ verdict }) => verdict === 'incomplete')
  return [
    printable(result.spec),
    printable(result.mutant ?? ''),
    printable(verdictOf(result, named)),
    `${grouped(states.distinct)}${isPart ? '+' : ' '}`,
    grouped(states.depth),
    behaviour === undefined ? '' : grouped(behaviour.length),
    seconds.toFixed(2),
  ]
}

function verdictOf({ verdict, mutant }: Result, failing: Result['properties'][number] | undefined): string {
  if (failing === undefined) return verdict === 'holds' && mutant !== null ? 'survived' : verdict
  if (failing.verdict === 'unreached') return `${failing.name} unreached`
  return failing.verdict === 'violated' ? `violates ${failing.name}` : `${failing.name} holds`
}

/** Properties of the right protocol that are false, and are expected to be. */
function exemptLines(result: Result): Cells[] {
  if (result.mutant !== null) return []
  return result.properties.flatMap(({ name, verdict, expected }): Cells[] => {
    if (expected === undefined || expected !== verdict) return []
    const length = result.witnesses.find(({ property }) => property === name)?.length
    const text = expected === 'violated' ? `  though not ${name}` : `  never ${name}`
    return [['', '', printable(text), '', '', length === undefined ? '' : grouped(length), '']]
  })
}
