import { check } from '../../src/check/check.js'
import type { CheckOptions } from '../../src/check/result.js'
import { reportData } from '../../src/report/html/assemble.js'
import type { ReportData } from '../../src/report/html/report-data.js'
import type { Spec } from '../../src/spec/spec.js'

/** The report of specs that are checked for it. */
export async function checkedReport(specs: readonly Spec[], options: CheckOptions = {}): Promise<ReportData> {
  const checks = []
  for (const spec of specs) checks.push({ spec, result: await check(spec, options) })
  return reportData(checks)
}
