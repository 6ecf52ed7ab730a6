import type { ComponentChildren } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import type { Alternative, FieldRead, NotEnabled } from '../../trace/annotation.js'
import { counted } from './counts.js'
import { stepText, verdictOf } from './diagram/describe.js'
import type { PaneProps } from './pane.js'
import { SourcePlace } from './source-place.js'
import { keyText, valueText } from './value-text.js'

/** How many steps are listed at first. */
const listedAtFirst = 10

type WhyProps = Pick<PaneProps, 'behaviour' | 'selected' | 'select'>

/** Why the step taken was possible, and what it was for. */
export function StepPane(props: WhyProps) {
  const { behaviour, selected, select } = props
  const step = behaviour.steps[selected - 1]
  const notes = behaviour.stepNotes[selected - 1]
  const needing = useMemo(() => neededBy(behaviour), [behaviour])
  if (step === undefined || notes === undefined) return null
  const later = needing.get(selected) ?? []
  // The last step is the end; of the others the property itself may need some.
  const servesTheEnd = selected === behaviour.length || (later.length === 0 && notes.inPast)
  return (
    <section class="pane why" aria-labelledby="step-heading">
      <h3 id="step-heading">
        <span class="soft">Step {selected}</span> {step.fault !== null && <b class="fault">fault: </b>}
        {stepText(step.label)}
      </h3>
      <dl class="reasons">
        <dt>Needed</dt>
        <dd>
          {notes.causes.length > 0 ? (
            <StepLinks steps={notes.causes} behaviour={behaviour} select={select} />
          ) : (
            'no step before it'
          )}
        </dd>
        <dt>Needed by</dt>
        <dd>
          {later.length > 0 && <StepLinks steps={later} behaviour={behaviour} select={select} />}
          {servesTheEnd ? `the end: ${verdictOf(behaviour)}` : later.length === 0 && 'no later step'}
        </dd>
        <dt>Essential</dt>
        <dd>{essentialText(notes.essential, behaviour.kind === 'sometimes')}</dd>
        {!notes.inPast && <dd class="outside">Nothing that led to the end needed this step.</dd>}
        {notes.site !== null && (
          <>
            <dt>Source</dt>
            <dd>
              <SourcePlace key={notes.site} site={notes.site} />
            </dd>
          </>
        )}
      </dl>
    </section>
  )
}

/** What was possible in the state looked at, and of what was not the fields that it looked at. */
export function PossiblePane({ behaviour, selected, select }: WhyProps) {
  const state = behaviour.stateNotes[selected]
  if (state === undefined) return null
  const { enabled, notEnabled } = state
  return (
    <section class="pane why" aria-labelledby="possible-heading">
      <h3 id="possible-heading">
        {enabled.length === 0 ? 'No step is possible here' : `Possible here: ${counted(enabled.length, 'step')}`}
      </h3>
      <Some key={`enabled ${selected}`} items={enabled}>
        {(one) => <Possible step={one} next={selected + 1} select={select} />}
      </Some>
      {notEnabled.length > 0 && (
        <>
          <h4>Not possible, and what that depends on</h4>
          <Some key={`not ${selected}`} items={notEnabled}>
            {(one) => <Impossible step={one} />}
          </Some>
        </>
      )}
    </section>
  )
}

function essentialText(essential: boolean | null, isWitness: boolean): string {
  if (essential === null) return 'not tried: the behaviour is too long'
  if (isWitness) return essential ? 'yes: without it, the end is not reached' : 'no: without it, the end is still reached'
  return essential ? 'yes: without it, the violation vanishes' : 'no: without it, the violation is still there'
}

/** For each step the later ones that needed it directly. */
function neededBy({ stepNotes }: PaneProps['behaviour']): ReadonlyMap<number, readonly number[]> {
  const needing = new Map<number, number[]>()
  stepNotes.forEach(({ causes }, place) => {
    for (const cause of causes) {
      const later = needing.get(cause)
      if (later === undefined) needing.set(cause, [place + 1])
      else later.push(place + 1)
    }
  })
  return needing
}

/** A step that waits for quiet needs all before it: so not all are listed at first. */
function StepLinks({ steps, behaviour, select }: Pick<WhyProps, 'behaviour' | 'select'> & { readonly steps: readonly number[] }) {
  return (
    <Some key={steps.join()} items={steps}>
      {(index) => (
        <button type="button" class="step-link" onClick={() => select(index)}>
          <span class="number">{index}</span> {stepText(behaviour.steps[index - 1]?.label ?? '')}
        </button>
      )}
    </Some>
  )
}

interface PossibleProps {
  readonly step: Alternative
  readonly next: number
  readonly select: (step: number) => void
}

function Possible({ step: { label, fault, taken }, next, select }: PossibleProps) {
  const name = (
    <>
      {fault !== null && <b class="fault">fault </b>}
      {stepText(label)}
    </>
  )
  if (!taken) return <span class="possible">{name}</span>
  return (
    <button type="button" class="step-link taken" onClick={() => select(next)}>
      <span class="number">{next}</span> <small>taken:</small> {name}
    </button>
  )
}

function Impossible({ step: { label, fault, reads } }: { readonly step: NotEnabled }) {
  return (
    <details>
      <summary>
        {fault !== null && <b class="fault">fault </b>}
        {stepText(label)}
      </summary>
      {reads.length === 0 ? (
        <p class="soft">It looked at nothing of the state.</p>
      ) : (
        <ul class="reads">
          {reads.map((read) => (
            <li key={readText(read)}>
              <code>{readText(read)}</code>
            </li>
          ))}
        </ul>
      )}
    </details>
  )
}

/** `s1.role: 'candidate'`, or of an element of a set `messages has no 'commit'`. */
function readText({ path, value, element }: FieldRead): string {
  const names = path.map((part) => (typeof part === 'string' ? keyText(part) : valueText(part)))
  if (element !== true) return `${names.join('.')}: ${valueText(value)}`
  return `${names.slice(0, -1).join('.')} ${value === true ? 'has' : 'has no'} ${valueText(path.at(-1) ?? null)}`
}

interface SomeProps<T> {
  readonly items: readonly T[]
  readonly children: (item: T) => ComponentChildren
}

/** A list of which the first few are shown, and the others on demand. */
function Some<T>({ items, children }: SomeProps<T>) {
  const [isWhole, setWhole] = useState(items.length <= listedAtFirst + 2)
  const listed = isWhole ? items : items.slice(0, listedAtFirst)
  return (
    <ul class="some">
      {listed.map((item, index) => (
        <li key={index}>{children(item)}</li>
      ))}
      {!isWhole && (
        <li>
          <button type="button" class="plain" onClick={() => setWhole(true)}>
            {items.length - listedAtFirst} more
          </button>
        </li>
      )}
    </ul>
  )
}
