import { counted } from './counts.js'
import { Highlighted } from './highlighted.js'
import { partsOf, type StatePart } from './state-diff.js'
import { isList, keyText, messageText, valueText } from './value-text.js'

/** What rows of a state need of the pane around them. */
export interface RowsContext {
  /** What a search looks for. */
  readonly words: readonly string[]
  readonly isShown: (part: StatePart) => boolean
  readonly isOpen: (part: StatePart) => boolean
  readonly setOpen: (path: StatePart['path'], open: boolean) => void
  readonly isWatched: (path: StatePart['path']) => boolean
  readonly toggleWatched: (path: StatePart['path']) => void
  readonly hide: (path: StatePart['path']) => void
}

/** Said instead of the sign that is drawn. */
const spoken: { readonly [K in StatePart['mark']]?: string } = { added: 'added ', removed: 'removed ', changed: 'changed ' }

const signs: { readonly [K in StatePart['mark']]: string } = { added: '+', removed: '−', changed: '•', inside: '', same: '' }

/** So many unchanged elements of a list in a row are folded to one line, where others changed. */
const FOLDED_MIN = 3

/** Parts of a state, one a row, those that are unfolded with their own parts below. */
export function StateRows({ parts, ...context }: RowsContext & { readonly parts: readonly StatePart[] }) {
  return (
    <ul class="rows">
      {stretchesOf(parts).map((stretch) => (
        <Stretch key={keyOf(stretch[0])} parts={stretch} context={context} />
      ))}
    </ul>
  )
}

/** One part for itself, or unchanged elements of a list in a row. */
function Stretch({ parts, context }: { readonly parts: readonly StatePart[]; readonly context: RowsContext }) {
  const path = [...(parts[0]?.path ?? []), 'unchanged']
  const isOpen = parts.length < FOLDED_MIN || context.isOpen({ path, mark: 'same', value: null })
  return (
    <>
      {parts.length >= FOLDED_MIN && (
        <li class="part same">
          <div class="row">
            <button type="button" class="fold soft" aria-expanded={isOpen} onClick={() => context.setOpen(path, !isOpen)}>
              {parts.length} unchanged
            </button>
          </div>
        </li>
      )}
      {isOpen && parts.map((part) => <StateRow key={keyOf(part)} part={part} context={context} />)}
    </>
  )
}

function stretchesOf(parts: readonly StatePart[]): readonly (readonly StatePart[])[] {
  if (parts.every(isUnchangedElement)) return parts.map((part) => [part])
  const stretches: StatePart[][] = []
  for (const part of parts) {
    const last = stretches.at(-1)
    if (last?.[0] !== undefined && isUnchangedElement(last[0]) && isUnchangedElement(part)) last.push(part)
    else stretches.push([part])
  }
  return stretches
}

function isUnchangedElement({ mark, path }: StatePart): boolean {
  return mark === 'same' && typeof path.at(-1) === 'number'
}

/** An element that is gone and one that came may have the same place. */
function keyOf(part: StatePart | undefined): string {
  return `${part?.path.at(-1)} ${part?.mark === 'removed' ? 'removed' : ''}`
}

function StateRow({ part, context }: { readonly part: StatePart; readonly context: RowsContext }) {
  const { path, mark, value } = part
  // A message says all of itself in its line.
  const inner = mark === 'changed' || messageText(value) !== undefined ? [] : partsOf(part).filter(context.isShown)
  const isOpen = inner.length > 0 && context.isOpen(part)
  const name = path.at(-1)
  const label = typeof name === 'string' ? keyText(name) : null
  const content = (
    <>
      <span class="sign" aria-hidden="true">
        {signs[mark]}
      </span>
      {spoken[mark] !== undefined && <span class="unseen">{spoken[mark]}</span>}
      {label !== null && (
        <>
          <span class="key">
            <Highlighted text={label} words={context.words} />
          </span>{' '}
        </>
      )}
      {isOpen ? <span class="soft">{sizeText(part)}</span> : <PartValue part={part} words={context.words} />}
    </>
  )
  return (
    <li class={`part ${mark}`}>
      <div class="row">
        {inner.length > 0 ? (
          <button type="button" class="fold" aria-expanded={isOpen} onClick={() => context.setOpen(path, !isOpen)}>
            {content}
          </button>
        ) : (
          <span class="leaf">{content}</span>
        )}
        {mark !== 'removed' && isVariable(path) && <RowTools part={part} context={context} />}
      </div>
      {isOpen && <StateRows {...context} parts={inner} />}
    </li>
  )
}

/** Whether a path leads to the same thing in every state: a place in a list does not, since what stands before it comes and goes. */
function isVariable(path: StatePart['path']): boolean {
  return path.every((part) => typeof part === 'string')
}

function RowTools({ part: { path }, context }: { readonly part: StatePart; readonly context: RowsContext }) {
  const name = path.join('.')
  return (
    <span class="tools">
      <button
        type="button"
        aria-pressed={context.isWatched(path)}
        aria-label={`Watch ${name} over all steps`}
        title="Watch over all steps"
        onClick={() => context.toggleWatched(path)}
      >
        watch
      </button>
      <button type="button" aria-label={`Hide ${name}`} title="Hide" onClick={() => context.hide(path)}>
        hide
      </button>
    </span>
  )
}

function PartValue({ part: { mark, value, before }, words }: { readonly part: StatePart; readonly words: readonly string[] }) {
  const text = <Highlighted text={valueText(value)} words={words} />
  if (mark === 'removed') return <del class="value">{text}</del>
  if (mark === 'added') return <ins class="value">{text}</ins>
  if (mark !== 'changed' || before === undefined) return <span class="value">{text}</span>
  return (
    <span class="value">
      <del>
        <Highlighted text={valueText(before)} words={words} />
      </del>{' '}
      <span aria-hidden="true">→</span>
      <span class="unseen">to</span> <ins>{text}</ins>
    </span>
  )
}

function sizeText({ value }: StatePart): string {
  return isList(value) ? counted(value.length, 'element') : ''
}
