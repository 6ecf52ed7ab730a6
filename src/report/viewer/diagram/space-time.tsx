import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { counted } from '../counts.js'
import type { PaneProps } from '../pane.js'
import { PropertiesPane } from '../properties-pane.js'
import { witnessNames } from '../witness.js'
import { chunksOf } from './chunks.js'
import { type Description, describeSteps } from './describe.js'
import { Emphasis } from './emphasis.js'
import type { DiagramLayout } from './geometry.js'
import { LaneHeads } from './lane-heads.js'
import { layoutDiagram } from './layout.js'
import { Legend } from './legend.js'
import { pastOf } from './past.js'
import { rowHeight } from './scale.js'
import { rowId, StepRows } from './step-rows.js'
import { StepSlider } from './step-slider.js'

/** The space-time diagram beside the list of steps, a row for each; a slider above them. */
export function SpaceTime(props: PaneProps) {
  const { behaviour, selected, select, shown, found } = props
  const layout = useMemo(() => layoutDiagram(behaviour, shown), [behaviour, shown])
  const chunks = useMemo(() => chunksOf(layout), [layout])
  const descriptions = useMemo(() => describeSteps(behaviour), [behaviour])
  const [pointed, setPointed] = useState<number | null>(null)
  const past = useMemo(() => pastOf(behaviour, selected), [behaviour, selected])
  const witnesses = useMemo(() => witnessNames(behaviour.because), [behaviour])
  const list = useSelectedInSight(selected, layout)
  return (
    <section class="space-time" aria-labelledby="steps-heading">
      <h3 class="unseen" id="steps-heading">
        Steps
      </h3>
      <div class="step-tools">
        <StepSlider {...props} />
        <CausalOnly {...props} />
        <Essential {...props} />
      </div>
      <div class="step-scroll" style={{ '--diagram': `${layout.width}px` }}>
        <Hatch />
        <LaneHeads layout={layout} witnesses={witnesses} />
        {/* Keys are the whole page's (use-commands). */}
        <div
          class="step-list"
          ref={list}
          role="listbox"
          aria-labelledby="steps-heading"
          onPointerUp={(event) => select(stepUnder(event) ?? selected)}
          onPointerOver={(event) => setPointed(stepUnder(event))}
          onPointerLeave={() => setPointed(null)}
        >
          {chunks.map((chunk) => (
            <StepRows
              key={chunk.index}
              behaviour={behaviour}
              layout={layout}
              chunk={chunk}
              descriptions={descriptions}
              selected={chunk.rows.some(({ step }) => step === selected) ? selected : -1}
              found={found}
            />
          ))}
          {pointed !== null && pointed !== selected && <Emphasis layout={layout} step={pointed} past={[]} />}
          <Emphasis layout={layout} step={selected} past={past} />
        </div>
      </div>
      <PropertiesPane behaviour={behaviour} selected={selected} select={select} />
      <Legend />
      <InWords descriptions={descriptions} shown={shown} />
    </section>
  )
}

/** Keeps the row of the selected step in sight, and the focus on it while it is in the list. */
function useSelectedInSight(selected: number, layout: DiagramLayout) {
  const list = useRef<HTMLDivElement>(null)
  const isOpening = useRef(true)
  useEffect(() => {
    const row = document.getElementById(rowId(selected))
    const scroll = list.current?.parentElement
    if (row === null || scroll == null) return
    // A report opens at its top: then only the list moves, and not the page.
    if (isOpening.current)
      scroll.scrollTop += row.getBoundingClientRect().bottom - scroll.getBoundingClientRect().bottom + rowHeight
    else row.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    isOpening.current = false
    if (list.current?.contains(document.activeElement)) row.focus({ preventScroll: true })
  }, [selected, layout])
  return list
}

/** The step whose row, or whose message, is pointed at. */
function stepUnder({ target }: Event): number | null {
  const step = target instanceof Element ? target.closest('[data-step]')?.getAttribute('data-step') : undefined
  return step == null ? null : Number(step)
}

/** How lanes are shaded while their node is down. Once in the page: all pictures refer to it. */
function Hatch() {
  return (
    <svg class="unseen" width="0" height="0" aria-hidden="true">
      <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="hatch-ground" width="6" height="6" />
        <path class="hatch-line" d="M0 0V6" />
      </pattern>
    </svg>
  )
}

/** Leaves out what the violation did not need, where there is such a thing. */
function CausalOnly({ behaviour, causalOnly, setCausalOnly }: PaneProps) {
  const outside = behaviour.stepNotes.filter(({ inPast }) => !inPast).length
  if (outside === 0) return null
  return (
    <label class="causal-only">
      <input type="checkbox" checked={causalOnly} onChange={({ currentTarget }) => setCausalOnly(currentTarget.checked)} /> Leave
      out {counted(outside, 'step')} that did not lead to the end
    </label>
  )
}

/** How many of the steps are needed, where that was tried. */
function Essential({ behaviour: { stepNotes, kind } }: PaneProps) {
  if (stepNotes.length === 0 || stepNotes.some(({ essential }) => essential === null)) return null
  const needed = stepNotes.filter(({ essential }) => essential === true).length
  const what = kind === 'sometimes' ? 'the end is not reached' : 'there is no violation'
  return (
    <span class="soft">
      {needed === stepNotes.length
        ? `every step is essential: without any of them, ${what}`
        : `${needed} of ${counted(stepNotes.length, 'step')} are essential: without any of these, ${what}`}
    </span>
  )
}

/** The diagram as a text, for who does not see it, or wants to quote it. */
function InWords({ descriptions, shown }: { readonly descriptions: readonly Description[]; readonly shown: readonly number[] }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details class="in-words" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>The diagram in words</summary>
      {isOpen && (
        <ol>
          {shown.map((step) => (
            <li key={step}>
              {step > 0 && `Step ${step}: `}
              {descriptions[step]?.name}. {descriptions[step]?.details}
            </li>
          ))}
        </ol>
      )}
    </details>
  )
}
