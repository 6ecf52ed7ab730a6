import type { Json } from '../../values/json.js'
import type { ReportedBehaviour } from '../html/report-data.js'
import type { PaneProps } from './pane.js'
import type { StatePart } from './state-diff.js'
import { isFields, isList, keyText, valueText } from './value-text.js'

/** States in a row in which a variable has the same value. */
interface Stretch {
  readonly from: number
  readonly to: number
  readonly text: string
}

interface WatchedProps extends Pick<PaneProps, 'behaviour' | 'selected' | 'select'> {
  readonly paths: readonly StatePart['path'][]
  readonly forget: (path: StatePart['path']) => void
}

/** The variables that the reader watches: for each its values over all states, and which of them is the present one. */
export function WatchedVariables({ paths, behaviour, selected, select, forget }: WatchedProps) {
  if (paths.length === 0) return null
  return (
    <div class="watched">
      <h4>Watched</h4>
      {paths.map((path) => {
        const name = path.map((part) => keyText(String(part))).join('.')
        return (
          <div key={name} class="variable">
            <div class="variable-head">
              {name}
              <button
                type="button"
                class="plain"
                aria-label={`Stop watching ${name}`}
                title="Stop watching"
                onClick={() => forget(path)}
              >
                ×
              </button>
            </div>
            <ol class="stretches">
              {stretchesOf(behaviour, path).map(({ from, to, text }) => (
                <li key={from}>
                  <button
                    type="button"
                    class="stretch"
                    aria-current={selected >= from && selected <= to ? 'step' : undefined}
                    onClick={() => select(from)}
                  >
                    <span class="when">{from === to ? from : `${from}–${to}`}</span> <span class="value">{text}</span>
                  </button>
                </li>
              ))}
            </ol>
          </div>
        )
      })}
    </div>
  )
}

function stretchesOf({ states }: ReportedBehaviour, path: StatePart['path']): readonly Stretch[] {
  const stretches: Stretch[] = []
  for (const [index, state] of states.entries()) {
    const value = valueAt(state, path)
    const text = value === undefined ? 'not there' : valueText(value)
    const last = stretches.at(-1)
    if (last?.text === text) stretches[stretches.length - 1] = { ...last, to: index }
    else stretches.push({ from: index, to: index, text })
  }
  return stretches
}

function valueAt(state: Json, path: StatePart['path']): Json | undefined {
  let value: Json | undefined = state
  for (const part of path)
    if (isList(value) && typeof part === 'number') value = value[part]
    else if (isFields(value) && typeof part === 'string' && Object.hasOwn(value, part)) value = value[part]
    else return undefined
  return value
}
