import { useEffect, useState } from 'preact/hooks'
import type { Step } from '../../trace/counterexample.js'
import type { PaneProps } from './pane.js'
import { keyText, valueText, visible } from './value-text.js'

type Change = Step['changes'][number]

/** What every step changed, for paper, which cannot be walked through. It is there only while the page is printed. */
export function PrintedSteps({ behaviour, shown }: Pick<PaneProps, 'behaviour' | 'shown'>) {
  const [isPrinting, setPrinting] = useState(false)
  useEffect(() => {
    const begin = () => setPrinting(true)
    const end = () => setPrinting(false)
    addEventListener('beforeprint', begin)
    addEventListener('afterprint', end)
    return () => {
      removeEventListener('beforeprint', begin)
      removeEventListener('afterprint', end)
    }
  }, [])
  if (!isPrinting) return null
  const steps = behaviour.steps.filter(({ index }) => shown.includes(index))
  return (
    <section class="printed-steps" aria-labelledby="changes-heading">
      <h3 id="changes-heading">What each step changed</h3>
      <dl>
        {steps.map(({ index, label, changes }) => (
          <div key={index}>
            <dt>
              {index} {visible(label)}
            </dt>
            {changes.map((change, place) => (
              <dd key={place} class="value">
                {changeText(change)}
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </section>
  )
}

/** A change as in the terminal: `rm.rm1: 'working' → 'prepared'`, `messages + 'prepared rm1'`. */
function changeText({ path, before, after, element }: Change): string {
  const names = (element === true ? path.slice(0, -1) : path).map((part) =>
    typeof part === 'string' ? keyText(part) : valueText(part),
  )
  const name = names.join('.')
  if (before === undefined) return `${name} + ${valueText(after ?? null)}`
  if (after === undefined) return `${name} − ${valueText(before)}`
  return `${name}: ${valueText(before)} → ${valueText(after)}`
}
