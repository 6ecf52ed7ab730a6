import { useMemo } from 'preact/hooks'
import type { AnnotatedBehaviour } from '../../../trace/annotation.js'
import { Band } from './band.js'
import type { Chunk } from './chunks.js'
import { type Description, verdictOf } from './describe.js'
import type { DiagramLayout, DiagramRow } from './geometry.js'
import { StepName } from './step-name.js'

interface StepRowsProps {
  readonly behaviour: AnnotatedBehaviour
  readonly layout: DiagramLayout
  readonly chunk: Chunk
  /** Of each state, the initial one first. */
  readonly descriptions: readonly Description[]
  /** The state looked at, where it is one of these rows; else -1. */
  readonly selected: number
  readonly found: ReadonlySet<number>
}

/** Some rows of the step list, with the band of the diagram that belongs to them. Drawn again only when they change. */
export function StepRows({ behaviour, layout, chunk, descriptions, selected, found }: StepRowsProps) {
  const band = useMemo(() => <Band layout={layout} chunk={chunk} />, [layout, chunk])
  return useMemo(
    () => (
      // The browser skips what is out of sight, if it knows how high it is.
      <div class="chunk" role="presentation" style={{ height: `${chunk.height}px`, containIntrinsicHeight: `${chunk.height}px` }}>
        {chunk.rows.map((row) => (
          <StepRow
            key={row.step}
            behaviour={behaviour}
            row={row}
            details={descriptions[row.step]?.details ?? ''}
            isSelected={row.step === selected}
            isFound={found.has(row.step)}
          />
        ))}
        {band}
      </div>
    ),
    [behaviour, chunk, descriptions, selected, found, band],
  )
}

interface StepRowProps {
  readonly behaviour: AnnotatedBehaviour
  readonly row: DiagramRow
  readonly details: string
  readonly isSelected: boolean
  readonly isFound: boolean
}

function StepRow({ behaviour, row: { step: index, height, skipped }, details, isSelected, isFound }: StepRowProps) {
  const step = behaviour.steps[index - 1]
  const notes = behaviour.stepNotes[index - 1]
  const isLast = index === behaviour.length
  const classes = [
    'step-row',
    isFound ? 'found' : '',
    isLast ? (behaviour.kind === 'sometimes' ? 'reached' : 'violating') : '',
    notes?.inPast === false || notes?.essential === false ? 'aside' : '',
  ]
  return (
    <div
      class={classes.filter((name) => name !== '').join(' ')}
      id={rowId(index)}
      role="option"
      tabIndex={isSelected ? 0 : -1}
      aria-selected={isSelected}
      data-step={index}
      style={{ height: `${height}px` }}
    >
      {skipped > 0 && <span class="skipped">{skipped === 1 ? '1 step' : `${skipped} steps`} left out</span>}
      <span class="step-line">
        <span class="step-index">{index}</span>
        <span class="step-label">
          {step === undefined ? <i>initial state</i> : <StepName label={step.label} fault={step.fault} />}
          {notes?.essential === false && <span class="step-note">not essential</span>}
          {isLast && <span class="step-verdict">{verdictOf(behaviour)}</span>}
          {details !== '' && <span class="unseen">{details}</span>}
        </span>
      </span>
    </div>
  )
}

/** The id of a step's row in the page. */
export function rowId(step: number): string {
  return `step-${step}`
}
