import type { PropertyResult, Result } from '../../check/result.js'
import type { Spec } from '../../spec/spec.js'
import { annotate } from '../../trace/annotate.js'
import type { AnnotatedBehaviour } from '../../trace/annotation.js'
import type { Counterexample } from '../../trace/counterexample.js'
import { type CommandParts, checkCommand, replayCommand } from '../command.js'
import type { ErrorReport } from '../error-report.js'
import { mermaidText } from '../mermaid.js'
import { siteFrom } from '../site.js'
import { testText } from '../test-text.js'
import { version } from '../version.js'
import type { ReportData, ReportedBehaviour, ReportedRun } from './report-data.js'
import { runNotes } from './run-notes.js'

/** One check to report. */
export interface ReportedCheck {
  /** The spec with the parameters and the mutant that were checked. */
  readonly spec: Spec
  readonly result: Result
  /** How a command names the check. Default: as far as the result tells. */
  readonly parts?: CommandParts
  /** The name of the spec's export: `default`, which is the default, or `mutants.noFence`. */
  readonly exported?: string
}

/** Where a report is made. */
export interface ReportOrigin {
  /** The folder that places in the source are shown relative to. Default: as they are. */
  readonly cwd?: string
  /** What could not be checked. Default: nothing. */
  readonly errors?: readonly ErrorReport[]
}

/**
 * Everything that the HTML report of one or several checks shows. Runs each behaviour again to find what explains it.
 *
 * @throws SpecError when a behaviour cannot be run again: the spec is not the one that was checked, or not pure.
 */
export function reportData(checks: readonly ReportedCheck[], { cwd, errors = [] }: ReportOrigin = {}): ReportData {
  return { schema: 'faultline.report/1', version: version(), runs: checks.map((check) => reportedRun(check, cwd)), errors }
}

function reportedRun(check: ReportedCheck, cwd: string | undefined): ReportedRun {
  const { counterexamples, witnesses, ...result } = check.result
  return {
    result: { ...result, properties: result.properties.map((property) => nearSite(property, cwd)) },
    command: checkCommand(check.result, check.parts) ?? null,
    notes: runNotes(check.result),
    behaviours: [
      ...counterexamples.map((behaviour) => reportedBehaviour('counterexample', check, behaviour, cwd)),
      ...witnesses.map((behaviour) => reportedBehaviour('witness', check, behaviour, cwd)),
    ],
  }
}

function nearSite(property: PropertyResult, cwd: string | undefined): PropertyResult {
  return property.site === undefined ? property : { ...property, site: siteFrom(property.site, cwd) }
}

function reportedBehaviour(
  role: ReportedBehaviour['role'],
  { spec, result, parts, exported = 'default' }: ReportedCheck,
  behaviour: Counterexample,
  cwd: string | undefined,
): ReportedBehaviour {
  const { overrides } = result.faults
  const annotated = annotate(spec, behaviour, overrides === null ? {} : { faults: overrides })
  return {
    ...withNearSites(annotated, cwd),
    role,
    test: testText(result, behaviour, { parts, exported, cwd }),
    command: replayCommand(result, behaviour, parts) ?? null,
    mermaid: mermaidText(annotated),
  }
}

function withNearSites(behaviour: AnnotatedBehaviour, cwd: string | undefined): AnnotatedBehaviour {
  const near = <T extends { readonly site: string | null }>(one: T): T => ({
    ...one,
    site: one.site === null ? null : siteFrom(one.site, cwd),
  })
  return { ...behaviour, properties: behaviour.properties.map(near), stepNotes: behaviour.stepNotes.map(near) }
}
