import type { LoadedFile, LoadOptions } from '../load/load-specs.js'
import { watchSpecs } from '../load/watch-specs.js'
import { formatError } from '../report/error.js'
import { errorReport } from '../report/error-report.js'
import type { Outcome } from '../report/reporter.js'
import { checkAll } from './check-all.js'
import type { CheckRequest } from './check-command.js'
import { type ExitCode, exitCodes } from './exit-code.js'
import type { Output } from './output.js'
import type { ReportFile } from './report-file.js'
import type { Target } from './targets.js'
import { type Interrupt, isColored } from './terminal.js'

/** What a watch works with. */
interface Watch {
  readonly files: readonly string[]
  readonly loadOptions: LoadOptions
  readonly output: Output
  /** The HTML report, where one is asked for: written anew after each check. */
  readonly page: ReportFile | undefined
  readonly interrupt: Interrupt
}

type Load = () => Promise<LoadedFile>

/** Checks the files, then each again when it changes, until Ctrl-C. An error is printed, and watching goes on. */
export async function watchChecks(request: CheckRequest, watch: Watch): Promise<ExitCode> {
  const { files, loadOptions, interrupt } = watch
  const changed = new Map<string, Load>()
  let running: { readonly file: string; readonly controller: AbortController } | undefined
  let wake = () => {}
  interrupt.signal.addEventListener('abort', () => {
    running?.controller.abort()
    wake()
  })
  for (const file of files)
    await watchSpecs(file, loadOptions, (load) => {
      changed.set(file, load)
      if (running?.file === file) running.controller.abort()
      wake()
    })
  while (!interrupt.signal.aborted) {
    const [next] = changed
    if (next === undefined) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
      continue
    }
    const [file, load] = next
    changed.delete(file)
    running = { file, controller: new AbortController() }
    await checkChanged(file, load, { request, watch, signal: running.controller.signal })
    running = undefined
    if (interrupt.signal.aborted) return exitCodes.interrupted
    if (changed.size === 0) process.stderr.write(`\nwatching ${files.join(', ')} (Ctrl-C leaves)\n`)
  }
  return exitCodes.holds
}

interface Round {
  readonly request: CheckRequest
  readonly watch: Watch
  readonly signal: AbortSignal
}

async function checkChanged(file: string, load: Load, { request, watch, signal }: Round): Promise<void> {
  const { output, page, interrupt } = watch
  process.stderr.write(`\n──── ${file}  ${new Date().toTimeString().slice(0, 8)} ────\n`)
  try {
    const loaded = await load()
    const report = (outcome: Outcome, target?: Target) => {
      // Half a check of what has changed since is of no use to anyone.
      if (signal.aborted && !interrupt.signal.aborted) return
      output.add(outcome, target)
      page?.add(outcome, target)
    }
    await checkAll([loaded], request, { signal, announce: (targets) => output.announce(targets), report })
  } catch (error) {
    const outcome = errorReport(error, { file })
    output.add(outcome)
    page?.add(outcome, undefined)
  }
  await output.close()
  try {
    await page?.write()
  } catch (error) {
    process.stderr.write(`${formatError(error, { color: isColored(process.stderr), cwd: process.cwd() })}\n`)
  }
}
