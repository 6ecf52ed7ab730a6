import { mkdir, open, writeFile } from 'node:fs/promises'
import { dirname, extname, resolve } from 'node:path'
import type { ReportedCheck } from '../report/html/assemble.js'
import { isErrorReport, type Outcome } from '../report/reporter.js'
import { SpecError } from '../spec/spec-error.js'
import { commandPartsOf } from './command-parts.js'
import type { Target } from './targets.js'

/** What is known about one spec file: the checks of its specs, in order, and what went wrong instead. */
interface Found {
  readonly checks: ReportedCheck[]
  readonly errors: Extract<Outcome, { schema: 'faultline.error/1' }>[]
}

/** The HTML report that a run writes beside its output. */
export class ReportFile {
  readonly #path: string
  readonly #cwd: string
  readonly #files = new Map<string | null, Found>()
  /** The files that were checked since the report was written. */
  readonly #fresh = new Set<string | null>()

  private constructor(path: string, cwd: string) {
    this.#path = path
    this.#cwd = cwd
  }

  /**
   * Makes sure that the report can be written before anything is checked.
   *
   * @throws SpecError when the name is not that of an HTML file, or the file cannot be written.
   */
  static async open(path: string, cwd: string): Promise<ReportFile> {
    if (!/^\.html?$/i.test(extname(path)))
      throw new SpecError(`--report ${path}: a report is an HTML file`, {
        hint: `name it ${path === '' ? 'report' : path}.html; the form of what is printed is --reporter`,
      })
    const absolute = resolve(cwd, path)
    await writable(path, async () => {
      await mkdir(dirname(absolute), { recursive: true })
      await (await open(absolute, 'a')).close()
    })
    return new ReportFile(path, cwd)
  }

  /** Notes what a check came to. Under --watch it takes the place of what the same file came to before. */
  add(outcome: Outcome, target: Target | undefined): void {
    const { file } = outcome
    if (!this.#fresh.has(file)) this.#files.set(file, { checks: [], errors: [] })
    this.#fresh.add(file)
    const found = this.#files.get(file)
    if (isErrorReport(outcome)) found?.errors.push(outcome)
    else if (target !== undefined) {
      const { spec, exportName } = target
      found?.checks.push({ spec, result: outcome, parts: commandPartsOf(target), exported: exportName })
    }
  }

  /**
   * Writes the report, and says so on stderr.
   *
   * @throws SpecError when the file cannot be written, or a behaviour cannot be run again.
   */
  async write(): Promise<void> {
    this.#fresh.clear()
    const [{ reportData }, { htmlPage }] = await Promise.all([
      import('../report/html/assemble.js'),
      import('../report/html/html.js'),
    ])
    const found = [...this.#files.values()]
    const data = reportData(
      found.flatMap(({ checks }) => checks),
      { cwd: this.#cwd, errors: found.flatMap(({ errors }) => errors) },
    )
    await writable(this.#path, () => writeFile(resolve(this.#cwd, this.#path), htmlPage(data)))
    process.stderr.write(`report: ${this.#path}\n`)
  }
}

async function writable(path: string, write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    // What the system says, not a mistake of ours.
    if (!(error instanceof Error && 'syscall' in error)) throw error
    throw new SpecError(`the report ${path} cannot be written: ${error.message}`, { hint: 'name another file', cause: error })
  }
}
