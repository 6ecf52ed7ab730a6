import type { PropertyTruth } from '../../trace/annotation.js'
import { Explanation } from './explanation.js'
import type { PaneProps } from './pane.js'
import { isGoal, truthAt, truthRuns, truthText } from './truth-runs.js'
import { visible } from './value-text.js'

/** States up to which each has a cell of its own in a strip. */
const cellsMax = 60

/** Every property with its truth in each state, as a strip; where it is false and says why, the reason for the state looked at. */
export function PropertiesPane({ behaviour, selected, select }: Pick<PaneProps, 'behaviour' | 'selected' | 'select'>) {
  const isSubject = ({ name, kind }: PropertyTruth) => name === behaviour.property && kind === behaviour.kind
  const ordered = [...behaviour.properties].sort((a, b) => Number(isSubject(b)) - Number(isSubject(a)))
  if (ordered.length === 0) return null
  return (
    <section class="pane properties" aria-labelledby="properties-heading">
      <h3 id="properties-heading">Properties</h3>
      <ul>
        {ordered.map((property) => (
          <PropertyRow
            key={`${property.kind} ${property.name}`}
            property={property}
            isSubject={isSubject(property)}
            states={behaviour.length + 1}
            selected={selected}
            select={select}
          />
        ))}
      </ul>
    </section>
  )
}

interface PropertyRowProps extends Pick<PaneProps, 'selected' | 'select'> {
  readonly property: PropertyTruth
  /** Whether the behaviour is about it. */
  readonly isSubject: boolean
  readonly states: number
}

function PropertyRow({ property, isSubject, states, selected, select }: PropertyRowProps) {
  const { name, kind, site } = property
  const goal = isGoal(property)
  const here = truthAt(property, selected)
  const notable = truthRuns(property).find(({ isTrue }) => isTrue === goal)?.from
  const label = kind === 'deadlock' ? 'no deadlock' : visible(name)
  return (
    <li class={isSubject ? 'property subject' : 'property'}>
      <span class="property-name" title={[kind, site].filter((part) => part !== null).join(' · ')}>
        {label}
      </span>
      <Strip property={property} label={label} states={states} selected={selected} select={select} />
      <span class={here?.isTrue === false && !goal ? 'here bad' : 'here'}>{here === undefined ? '–' : String(here.isTrue)}</span>
      {notable !== undefined && notable !== selected && (
        <button type="button" class="plain" onClick={() => select(notable)} aria-label={`${label}: first ${goal} at ${notable}`}>
          {String(goal)} at {notable}
        </button>
      )}
      {here !== undefined && here.because !== null && <Explanation of={here.because} />}
    </li>
  )
}

interface StripProps extends Pick<PaneProps, 'selected' | 'select'> {
  readonly property: PropertyTruth
  readonly label: string
  readonly states: number
}

/** A cell for each state, or a bar for each run of states: high and coloured where the property is as it should not be, or as is hoped for. */
function Strip({ property, label, states, selected, select }: StripProps) {
  const goal = isGoal(property)
  const runs = truthRuns(property)
  const cells = states > cellsMax ? runs : runs.flatMap((run) => cellsOf(run))
  const point = ({ currentTarget, clientX }: PointerEvent) => {
    if (!(currentTarget instanceof Element)) return
    const { left, width } = currentTarget.getBoundingClientRect()
    select(Math.min(states - 1, Math.max(0, Math.floor(((clientX - left) / width) * states))))
  }
  return (
    <svg
      class="strip"
      viewBox={`0 0 ${states} 12`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${label}: ${truthText(property)}`}
      onPointerUp={point}
    >
      {cells.map(({ from, to, isTrue }) =>
        isTrue === goal ? (
          <rect key={from} class={goal ? 'cell reached' : 'cell violated'} x={from} y="0" width={to - from + 1} height="12" />
        ) : (
          <rect key={from} class="cell" x={from} y="5" width={to - from + 1} height="2" />
        ),
      )}
      <rect class="cell-here" x={selected} y="0" width="1" height="12" />
    </svg>
  )
}

function cellsOf({ from, to, isTrue }: { readonly from: number; readonly to: number; readonly isTrue: boolean }) {
  return Array.from({ length: to - from + 1 }, (_, place) => ({ from: from + place, to: from + place, isTrue }))
}
