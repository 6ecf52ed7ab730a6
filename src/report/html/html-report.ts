import { type ReportedCheck, type ReportOrigin, reportData } from './assemble.js'
import { htmlPage } from './html.js'

/**
 * The HTML report of one or several checks: one file that needs nothing but a browser, in which every step of every behaviour can be looked at.
 *
 * @param checks - each with the spec that was checked and the result of `check`. Behaviours are run again to find what explains them.
 * @param options.cwd - the folder that places in the source are shown relative to. Default: they are shown as they are.
 * @returns the text of the file.
 * @throws SpecError when a behaviour cannot be run again: the spec is not the one that was checked, or not pure.
 * @example
 * const result = await check(raft)
 * await writeFile('raft.html', htmlReport([{ spec: raft, result }]))
 */
export function htmlReport(
  checks: readonly Pick<ReportedCheck, 'spec' | 'result'>[],
  options: Pick<ReportOrigin, 'cwd'> = {},
): string {
  return htmlPage(reportData(checks, options))
}
