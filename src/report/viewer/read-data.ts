import type { ReportData } from '../html/report-data.js'
import { readPart } from './read-part.js'

/**
 * The report's data, which the page carries.
 *
 * @throws Error when the page carries none.
 */
export async function readData(): Promise<ReportData> {
  return (await readPart('data')) as ReportData
}
