import { check } from '../../src/check/check.js'
import type { CheckOptions } from '../../src/check/result.js'
import type { ReportData, ReportedRun } from '../../src/report/html/report-data.js'
import type { Spec } from '../../src/spec/spec.js'
import { annotate } from '../../src/trace/annotate.js'

/** The report of specs that are checked for it. */
export async function checkedReport(specs: readonly Spec[], options: CheckOptions = {}): Promise<ReportData> {
  const runs: ReportedRun[] = []
  for (const spec of specs) {
    const { counterexamples, witnesses, ...result } = await check(spec, options)
    const behaviours = [
      ...counterexamples.map((behaviour) => ({ role: 'counterexample' as const, behaviour })),
      ...witnesses.map((behaviour) => ({ role: 'witness' as const, behaviour })),
    ].map(({ role, behaviour }) => ({
      ...annotate(spec, behaviour),
      role,
      test: `test('${spec.name}', async () => {})`,
      command: 'faultline replay spec.ts trace.json',
      mermaid: 'sequenceDiagram',
    }))
    runs.push({ result, command: 'faultline check spec.ts', behaviours })
  }
  return { schema: 'faultline.report/1', version: '0.1.0', runs }
}
