import type { Reporter } from './reporter.js'

/** Machine-readable output in lines: one JSON object a line, a result or an error, told apart by its `schema`. */
export const ndjson: Reporter = {
  name: 'ndjson',
  format: (outcomes) => outcomes.map((outcome) => `${JSON.stringify(outcome)}\n`).join(''),
}
