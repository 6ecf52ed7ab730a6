import type { ReportData } from '../html/report-data.js'
import { visible } from './value-text.js'

/** What could not be checked, above all else: a report without it would look complete. */
export function CheckErrors({ errors }: { readonly errors: ReportData['errors'] }) {
  if (errors.length === 0) return null
  return (
    <div class="errors">
      {errors.map(({ spec, mutant, file, error: { message, hint, site } }, index) => (
        <section key={index} aria-label="Error">
          <h2>
            Not checked: {visible(spec ?? file ?? 'a spec')}
            {mutant !== null && ` · ${visible(mutant)}`}
          </h2>
          <pre>{lines(message)}</pre>
          {hint !== null && <pre class="soft">{lines(hint)}</pre>}
          {site !== null && <pre class="soft">{lines(site)}</pre>}
        </section>
      ))}
    </div>
  )
}

/** A text of several lines, with nothing else in it that cannot be seen. */
function lines(text: string): string {
  return text.split('\n').map(visible).join('\n')
}
