import type { CommandParts } from '../report/command.js'
import { ExpectedTable, expectedTotals } from '../report/expected-table.js'
import { isErrorReport, type Outcome, type ReportContext, type Reporter } from '../report/reporter.js'
import { loadReporter, type ReporterName } from '../report/reporters.js'
import { commandPartsOf } from './command-parts.js'
import { printResult } from './stdout.js'
import type { Target } from './targets.js'
import { isColored } from './terminal.js'

/** Reporters whose output for several specs is not one document: each outcome is printed once it is known. */
const printsAtOnce: ReadonlySet<ReporterName> = new Set(['pretty', 'ndjson', 'github'])

/** Prints what a run finds. Results go to stdout alone; for people errors go to stderr, for machines they are results too. */
export class Output {
  readonly #reporter: Reporter
  readonly #context: ReportContext
  readonly #printsAtOnce: boolean
  readonly #isPretty: boolean
  #table: ExpectedTable | undefined
  #outcomes: Outcome[] = []
  readonly #commandParts: Map<Outcome, CommandParts>

  private constructor(name: ReporterName, reporter: Reporter, context: ReportContext) {
    const commandParts = new Map<Outcome, CommandParts>()
    this.#reporter = reporter
    this.#context = { ...context, commandParts: (result) => commandParts.get(result) }
    this.#commandParts = commandParts
    this.#printsAtOnce = printsAtOnce.has(name)
    this.#isPretty = name === 'pretty'
  }

  static async open(name: ReporterName, cwd: string): Promise<Output> {
    // A terminal that does not know its width says 0.
    const width = process.stdout.columns || undefined
    const context = { color: isColored(process.stdout), cwd, ...(width === undefined ? {} : { width }) }
    return new Output(name, await loadReporter(name), context)
  }

  /** For people, what is checked against what it expects is a table. */
  announce(targets: readonly Target[]): void {
    if (!this.#isPretty) return
    const checks = targets.map(({ spec }) => ({ spec: spec.name, mutant: spec.mutantName, violates: spec.expected?.violates }))
    this.#table = new ExpectedTable(checks)
    printResult(this.#table.head(this.#context))
  }

  /** @param target - what was checked; what could not be selected has none. */
  add(outcome: Outcome, target?: Target): void {
    this.#outcomes.push(outcome)
    if (target !== undefined) this.#commandParts.set(outcome, commandPartsOf(target))
    if (!this.#printsAtOnce) return
    if (this.#table !== undefined) printResult(this.#table.row(outcome, this.#context))
    if (this.#table !== undefined && !isErrorReport(outcome)) return
    const separator = this.#isPretty && this.#outcomes.length > 1 ? '\n' : ''
    if (this.#isPretty && isErrorReport(outcome)) {
      const context = { ...this.#context, color: isColored(process.stderr) }
      process.stderr.write(separator + this.#reporter.format([outcome], context))
    } else printResult(separator + this.#reporter.format([outcome], this.#context))
  }

  /** Prints what waited for all outcomes, and is ready for the next run. */
  async close(): Promise<void> {
    const outcomes = this.#outcomes
    this.#outcomes = []
    if (!this.#printsAtOnce) printResult(this.#reporter.format(outcomes, this.#context))
    else if (this.#table !== undefined) {
      printResult(`\n${expectedTotals(outcomes)}\n`)
      this.#table = undefined
    } else if (this.#isPretty && outcomes.length > 1) {
      const { totals } = await import('../report/pretty.js')
      printResult(`\n${totals(outcomes)}\n`)
    }
    this.#commandParts.clear()
  }
}
