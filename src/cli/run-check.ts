import type { LoadedFile } from '../load/load-specs.js'
import { findSpecFiles } from '../load/spec-files.js'
import { errorReport } from '../report/error-report.js'
import { isErrorReport, type Outcome } from '../report/reporter.js'
import { SpecError } from '../spec/spec-error.js'
import { checkAll } from './check-all.js'
import type { CheckRequest } from './check-command.js'
import { type ExitCode, exitCodeOf, exitCodes, worst } from './exit-code.js'
import { Output } from './output.js'
import { ReportFile } from './report-file.js'
import { keepStdoutForResults } from './stdout.js'
import type { Target } from './targets.js'
import { temporaryDirectory } from './temporary-directory.js'
import { Interrupt } from './terminal.js'

/** Runs `faultline check` and answers its exit code. */
export async function runCheck(request: CheckRequest): Promise<ExitCode> {
  const cwd = process.cwd()
  const interrupt = new Interrupt()
  const files = await findSpecFiles(namedFiles(request.files), cwd)
  const loadOptions = { cwd, directory: temporaryDirectory() }
  const output = await Output.open(request.reporter, cwd)
  const page = request.report === undefined ? undefined : await ReportFile.open(request.report, cwd)
  const [{ loadSpecs }] = await Promise.all([import('../load/load-specs.js'), import('../check/check.js')])
  // Only now: node reads the source map of every module that is imported while they are on.
  process.setSourceMapsEnabled(true)
  keepStdoutForResults()
  if (request.watch) {
    const { watchChecks } = await import('./watch-checks.js')
    return watchChecks(request, { files: files.map(({ file }) => file), loadOptions, output, page, interrupt })
  }
  const codes: ExitCode[] = []
  const report = (outcome: Outcome, target?: Target) => {
    codes.push(isErrorReport(outcome) ? exitCodes.error : exitCodeOf(outcome, request.options))
    // Known before it is printed, should nobody read on.
    process.exitCode = worst(codes)
    output.add(outcome, target)
    page?.add(outcome, target)
  }
  const loaded: LoadedFile[] = []
  interrupt.endsProcess = true
  for (const { file, found } of files)
    try {
      loaded.push(await loadSpecs(file, { ...loadOptions, mayBeEmpty: found }))
    } catch (error) {
      report(errorReport(error, { file }))
    }
  interrupt.endsProcess = false
  const announce = (targets: readonly Target[]) => output.announce(targets)
  await checkAll(loaded, request, { signal: interrupt.signal, announce, report })
  await output.close()
  await page?.write()
  return interrupt.signal.aborted ? exitCodes.interrupted : worst(codes)
}

/** An empty name would be that of this directory; `--set a=1 b=2` leaves `b=2` among the files. */
function namedFiles(files: readonly string[]): readonly string[] {
  if (files.length === 0 || files.includes(''))
    throw new SpecError(files.length === 0 ? 'no spec file given' : 'the name of a spec file is empty', {
      hint: 'name one: faultline check specs/my-protocol.ts',
    })
  const assignment = files.find((file) => /^\w+=/.test(file))
  if (assignment !== undefined)
    throw new SpecError(`${assignment} is not a spec file`, { hint: `to set a parameter write --set ${assignment}` })
  return files
}
