import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { loadSpecs } from '../load/load-specs.js'
import { type LoadedTrace, parseTrace, type TraceOrigin } from '../load/trace-file.js'
import { shellQuoted } from '../report/command.js'
import { replayReport } from '../report/replay-report.js'
import { replayText } from '../report/replay-text.js'
import type { Spec } from '../spec/spec.js'
import { SpecError } from '../spec/spec-error.js'
import { type ExitCode, exitCodes } from './exit-code.js'
import type { ReplayRequest } from './replay-command.js'
import { keepStdoutForResults, printResult } from './stdout.js'
import { selectTargets } from './targets.js'
import { temporaryDirectory } from './temporary-directory.js'
import { isColored } from './terminal.js'

/** Runs `faultline replay` and answers its exit code. */
export async function runReplay(request: ReplayRequest): Promise<ExitCode> {
  const cwd = process.cwd()
  const loaded = parseTrace(await traceText(request.trace, cwd), request.trace ?? 'stdin', request.property)
  process.setSourceMapsEnabled(true)
  keepStdoutForResults()
  const { spec, faults } = await selected(request, loaded, cwd)
  const property = request.property ?? loaded.property
  const report = replayReport({ spec, file: request.file, trace: loaded.trace, property, faults })
  const width = process.stdout.columns || undefined
  printResult(
    request.reporter === 'json'
      ? `${JSON.stringify(report, null, 2)}\n`
      : replayText(report, { color: isColored(process.stdout), cwd, ...(width === undefined ? {} : { width }) }),
  )
  return report.violated.length > 0 ? exitCodes.violated : exitCodes.holds
}

async function traceText(file: string | undefined, cwd: string): Promise<string> {
  if (file === undefined) {
    if (!process.stdin.isTTY) return await text(process.stdin)
    throw new SpecError('no trace given', { hint: 'name a file: faultline replay specs/my-protocol.ts trace.json' })
  }
  try {
    return await readFile(resolve(cwd, file), 'utf8')
  } catch (error) {
    throw new SpecError(`the trace ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      hint: 'name a JSON file, as a report saves it or --reporter json prints it',
    })
  }
}

/** The spec as flags say it, else as the result does that the trace was read from. */
async function selected({ file, selection, faults }: ReplayRequest, { origin }: LoadedTrace, cwd: string) {
  const loaded = await loadSpecs(file, { cwd, directory: temporaryDirectory() })
  const { specs, set, mutant } = selection
  const isChosen = specs.length > 0 || set.length > 0 || mutant !== undefined || origin === undefined
  const wanted = isChosen ? selection : { specs: [origin.spec], set: [], mutant: origin.mutant ?? undefined }
  const [target, ...others] = selectTargets([loaded], wanted)
  if (target === undefined || others.length > 0)
    throw new SpecError(`${file} exports several specs, and a trace is of one`, {
      hint: `name it: --spec ${shellQuoted(target?.spec.name ?? '')}`,
    })
  return { spec: isChosen ? target.spec : asFound(target.spec, origin), faults: faults ?? origin?.faults }
}

function asFound(spec: Spec, { parameters }: TraceOrigin): Spec {
  return spec.with(parameters as Partial<typeof spec.parameters>)
}
