import type { ReportedBehaviour, ReportedRun } from '../html/report-data.js'
import { traceText } from './behaviour-text.js'
import { useNotice } from './copy-button.js'
import { copyText } from './copy-text.js'
import { fragmentOf, type Place } from './place.js'

interface TakeAwayProps {
  readonly behaviour: ReportedBehaviour
  readonly run: ReportedRun
  readonly place: Place
}

/** Buttons that copy the behaviour in the forms in which it is used elsewhere. */
export function TakeAway({ behaviour, run, place }: TakeAwayProps) {
  const [notice, setNotice] = useNotice()
  const trace = () => traceText(run, behaviour)
  const copies: readonly (readonly [name: string, text: () => string])[] = [
    ['vitest test', () => behaviour.test],
    ...(behaviour.command === null ? [] : [['replay command', () => behaviour.command ?? ''] as const]),
    ['JSON', trace],
    ['Mermaid', () => behaviour.mermaid],
    ['link to this step', () => location.href.replace(/#.*$/s, '') + fragmentOf(place)],
  ]
  const copy = async (name: string, text: string) =>
    setNotice((await copyText(text)) ? `Copied: ${name}` : 'The browser does not let this page copy')
  return (
    <div class="take-away">
      <span class="soft" id="copy-label">
        Copy
      </span>
      <ul aria-labelledby="copy-label">
        {copies.map(([name, text]) => (
          <li key={name}>
            <button type="button" onClick={() => copy(name, text())}>
              {name}
            </button>
          </li>
        ))}
        <li>
          <button
            type="button"
            aria-label="Save trace.json"
            title="Save the JSON as a file"
            onClick={() => save('trace.json', trace())}
          >
            save trace.json
          </button>
        </li>
      </ul>
      <output class="notice">{notice}</output>
    </div>
  )
}

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  URL.revokeObjectURL(url)
}
