import type { Result } from '../../check/result.js'
import { coverageLines, limitLines } from '../figure-lines.js'
import { frontierText } from '../frontier.js'
import { paintFor } from '../paint.js'
import { failed, failureText, passText } from '../property-text.js'
import type { RunNotes } from './report-data.js'

/** Lines are broken by the browser. */
const layout = { width: Number.POSITIVE_INFINITY, paint: paintFor(false) }

/** What a result says in sentences: the same ones as in the terminal. */
export function runNotes(result: Result): RunNotes {
  return {
    properties: result.properties.map((property) => (failed(property) ? failureText : passText)(property, result)),
    frontier: frontierText(result) ?? null,
    cautions: [...limitLines(result, layout), ...coverageLines(result, layout)],
  }
}
