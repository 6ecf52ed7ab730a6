import type { ReportData } from '../html/report-data.js'

/**
 * The report's data, which the page carries as gzip in base64.
 *
 * @throws Error when the page carries none, or the browser cannot decompress.
 */
export async function readData(): Promise<ReportData> {
  const text: unknown = JSON.parse(document.getElementById('data')?.textContent ?? 'null')
  if (typeof text !== 'string') throw new Error('this file carries no report')
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  const data: ReportData = await new Response(stream).json()
  return data
}
