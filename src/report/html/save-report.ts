import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ReportedCheck } from './assemble.js'
import { htmlReport } from './html-report.js'

/** Where reports of failures go, below the folder that tests run in. */
const FOLDER = '.faultline'

/** What tells a failure from others, so that each has a report of its own, and the same one has the same again. */
export interface FailureName {
  /** Name of the test. */
  readonly test: string
  /** File of the test. */
  readonly file: string
  /** Which of the test's assertions. */
  readonly call: number
}

/** The longest part of a test's name that becomes part of a file's. */
const NAME_LENGTH_MAX = 60

/**
 * Writes the report of a check that a test wanted otherwise, and answers a line that says where it is. A failure to write it is told in the same line: what
 * the test found is more important.
 */
export function saveReport(
  check: Pick<ReportedCheck, 'spec' | 'result'>,
  { cwd, name }: { readonly cwd: string; readonly name: FailureName },
): string {
  const folder = join(cwd, FOLDER)
  const file = join(FOLDER, fileName(name))
  try {
    mkdirSync(folder, { recursive: true })
    // Reports are not to be committed, and nobody should have to think of that.
    writeFileSync(join(folder, '.gitignore'), '*\n')
    writeFileSync(join(cwd, file), htmlReport([check], { cwd }))
    return `report: ${file}`
  } catch (error) {
    return `no report: ${error instanceof Error ? error.message : String(error)}`
  }
}

function fileName({ test, file, call }: FailureName): string {
  const words = test
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, NAME_LENGTH_MAX)
    .replace(/-$/, '')
  const hash = createHash('sha256')
    .update(JSON.stringify([file, test, call]))
    .digest('hex')
    .slice(0, 8)
  return `${words === '' ? 'test' : words}-${hash}.html`
}
