import type { Reporter } from './reporter.js'

/** What `--reporter` takes. */
export const reporterNames = ['pretty', 'json', 'ndjson', 'junit', 'github'] as const

/** The name of a reporter. */
export type ReporterName = (typeof reporterNames)[number]

/** The reporter of that name. Each is loaded only when asked for: a quick check should not pay for an XML library. */
export async function loadReporter(name: ReporterName): Promise<Reporter> {
  switch (name) {
    case 'pretty':
      return (await import('./pretty.js')).pretty
    case 'json':
      return (await import('./json.js')).json
    case 'ndjson':
      return (await import('./ndjson.js')).ndjson
    case 'junit':
      return (await import('./junit.js')).junit
    case 'github':
      return (await import('./github.js')).github
  }
}
