import { useEffect, useState } from 'preact/hooks'
import type { ReportedBehaviour, ReportedRun } from '../html/report-data.js'
import { copyText } from './copy-text.js'
import { fragmentOf, type Place } from './place.js'

interface TakeAwayProps {
  readonly behaviour: ReportedBehaviour
  readonly run: ReportedRun
  readonly place: Place
}

/** How long it is said that something was copied, in milliseconds. */
const NOTICE_MS = 2500

/** Buttons that copy the behaviour in the forms in which it is used elsewhere. */
export function TakeAway({ behaviour, place }: TakeAwayProps) {
  const [notice, setNotice] = useState('')
  useEffect(() => {
    if (notice === '') return
    const timer = setTimeout(() => setNotice(''), NOTICE_MS)
    return () => clearTimeout(timer)
  }, [notice])
  const copies: readonly (readonly [name: string, text: () => string])[] = [
    ['vitest test', () => behaviour.test],
    ['replay command', () => behaviour.command],
    ['JSON', () => traceText(behaviour)],
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
          <button type="button" onClick={() => save('trace.json', traceText(behaviour))}>
            save trace.json
          </button>
        </li>
      </ul>
      <output class="notice">{notice}</output>
    </div>
  )
}

function traceText(behaviour: ReportedBehaviour): string {
  return `${JSON.stringify(behaviour, null, 2)}\n`
}

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  URL.revokeObjectURL(url)
}
