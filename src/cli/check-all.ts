import type { LoadedFile } from '../load/load-specs.js'
import { type ErrorReport, errorReport } from '../report/error-report.js'
import type { Outcome } from '../report/reporter.js'
import type { CheckRequest } from './check-command.js'
import { expectedTargets } from './expected-targets.js'
import { ProgressLine } from './progress-line.js'
import { selectTargets, type Target } from './targets.js'
import { optimizeLater } from './tiering.js'

/** How checks end early, and where what they find goes. */
interface Run {
  readonly signal: AbortSignal
  /** Told what will be checked against what it expects, before the first is. */
  readonly announce: (targets: readonly Target[]) => void
  /** Told what each check came to. What could not be selected has no target. */
  readonly report: (outcome: Outcome, target?: Target) => void
}

/** Checks one after the other what the request selects from the files. */
export async function checkAll(files: readonly LoadedFile[], request: CheckRequest, run: Run): Promise<void> {
  const { signal, announce, report } = run
  if (files.length === 0) return
  const targets = selected(files, request)
  if (!Array.isArray(targets)) return report(targets)
  if (request.expected) announce(targets)
  optimizeLater()
  for (const target of targets) {
    if (signal.aborted) return
    report(await checkTarget(target, request, signal), target)
  }
}

function selected(files: readonly LoadedFile[], { selection, expected }: CheckRequest): Target[] | ErrorReport {
  try {
    return [...(expected ? expectedTargets : selectTargets)(files, selection)]
  } catch (error) {
    return errorReport(error, { file: files.length === 1 ? (files[0]?.file ?? null) : null })
  }
}

async function checkTarget({ spec, file }: Target, { options, expected }: CheckRequest, signal: AbortSignal): Promise<Outcome> {
  const checkOf = expected
    ? (await import('../check/check-expected.js')).checkExpected
    : (await import('../check/check.js')).check
  const progress = new ProgressLine(process.stderr)
  try {
    return await checkOf(spec, { ...options, file, signal, onProgress: progress.update })
  } catch (error) {
    return errorReport(error, { spec: spec.name, file, mutant: spec.mutantName })
  } finally {
    progress.clear()
  }
}
