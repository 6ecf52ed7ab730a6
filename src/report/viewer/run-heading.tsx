import type { ReportedRun } from '../html/report-data.js'
import { counted, grouped } from './counts.js'
import { isAsExpected } from './place.js'
import { keyText, valueText, visible } from './value-text.js'

/** What was checked, and what came out. */
export function RunHeading({ run: { result } }: { readonly run: ReportedRun }) {
  const { spec, mutant, parameters, verdict, states, faults, seconds, file } = result
  const expected = isAsExpected(result)
  const budget = Object.entries(faults.budget).map(([kind, count]) => `${kind}=${count}`)
  const settings = Object.entries(parameters).map(
    ([name, value]) => `${keyText(name)}=${typeof value === 'string' ? visible(value) : valueText(value)}`,
  )
  return (
    <div class="run-heading">
      <h1>
        {visible(spec)}
        {mutant !== null && <span class="mutant"> mutant {visible(mutant)}</span>}{' '}
        <strong class={`verdict ${verdict}`}>{verdict}</strong>
        {expected !== null && (
          <strong class={`verdict ${expected ? 'holds' : 'violated'}`}>{expected ? 'as expected' : 'not as expected'}</strong>
        )}
      </h1>
      <p class="soft">
        {settings.length > 0 && <span>{settings.join(', ')}</span>}
        {budget.length > 0 && <span>faults {visible(budget.join(', '))}</span>}
        <span>{counted(states.distinct, 'state')}</span>
        <span>{grouped(states.generated)} generated</span>
        <span>depth {grouped(states.depth)}</span>
        <span>{secondsText(seconds)}</span>
        {file !== null && <span class="file">{visible(file)}</span>}
      </p>
    </div>
  )
}

function secondsText(seconds: number): string {
  return seconds < 10 ? `${seconds.toFixed(2)} s` : `${grouped(Math.round(seconds))} s`
}
