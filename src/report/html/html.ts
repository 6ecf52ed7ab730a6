import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { ownPackage } from '../../spec/own-package.js'
import { SpecError } from '../../spec/spec-error.js'
import type { ReportData } from './report-data.js'

/** The built page. */
const page = new URL('dist/report/viewer.html', ownPackage)

/** What stands in the page where the data goes. */
const placeholder = '"faultline-report-data"'

/**
 * A report as one HTML file that needs nothing but a browser: no server, no network, no other file.
 *
 * The data is in it compressed, as base64, so that no value of a state can be taken for HTML.
 *
 * @returns the text of the file.
 * @throws SpecError when the page has not been built.
 */
export function htmlPage(data: ReportData): string {
  const [head, tail, ...more] = pageText().split(placeholder)
  if (head === undefined || tail === undefined || more.length > 0)
    throw new Error(`${page.pathname} does not have one place for the data of a report`)
  // The fields of a gzip header are fixed by zlib but for the operating system: the same data gives the same file.
  const compressed = gzipSync(JSON.stringify(data), { level: 9 })
  return `${head}"${compressed.toString('base64')}"${tail}`
}

function pageText(): string {
  try {
    return readFileSync(page, 'utf8')
  } catch (error) {
    throw new SpecError('the page of the HTML report is not built', {
      hint: 'run `npm run build` in the folder of faultline (npm ci does it for you)',
      cause: error,
    })
  }
}
