import { useMemo, useState } from 'preact/hooks'
import { hiding, hidingPatterns, isHidden } from './hidden-paths.js'
import type { PaneProps } from './pane.js'
import { wordsOf } from './search.js'
import { partsOf, rootPart, type StatePart } from './state-diff.js'
import { StateRows } from './state-rows.js'
import { WatchedVariables } from './watched-variables.js'

/** The state looked at: a tree that is folded where the step before it changed nothing, with filters, and variables watched over all steps. */
export function StatePane({
  behaviour,
  selected,
  select,
  query,
}: Pick<PaneProps, 'behaviour' | 'selected' | 'select'> & { readonly query: string }) {
  const [filter, setFilter] = useState('')
  const [opened, setOpened] = useState<ReadonlyMap<string, boolean>>(new Map())
  const [watched, setWatched] = useState<readonly StatePart['path'][]>([])
  const [changedOnly, setChangedOnly] = useState(false)

  const root = useMemo(
    () => rootPart(behaviour.states[selected - 1], behaviour.states[selected] ?? behaviour.final),
    [behaviour, selected],
  )
  const patterns = useMemo(() => hidingPatterns(filter), [filter])
  const words = useMemo(() => wordsOf(query), [query])
  const isShown = (part: StatePart) => !isHidden(part.path, patterns) && !(changedOnly && part.mark === 'same')
  const parts = partsOf(root).filter(isShown)
  const toggleWatched = (path: StatePart['path']) =>
    setWatched((paths) => {
      const others = paths.filter((other) => other.join('.') !== path.join('.'))
      return others.length < paths.length ? others : [...paths, path]
    })

  return (
    <section class="pane state" aria-labelledby="state-heading">
      <h3 id="state-heading">{selected === 0 ? 'Initial state' : `State after step ${selected}`}</h3>
      <div class="filters">
        <label>
          Hide{' '}
          <input
            type="text"
            id="hide"
            value={filter}
            placeholder="messages *.token"
            spellcheck={false}
            autocomplete="off"
            onInput={({ currentTarget }) => setFilter(currentTarget.value)}
          />
        </label>
        <label>
          <input type="checkbox" checked={changedOnly} onChange={({ currentTarget }) => setChangedOnly(currentTarget.checked)} />{' '}
          Changes only
        </label>
      </div>
      <WatchedVariables behaviour={behaviour} paths={watched} selected={selected} select={select} forget={toggleWatched} />
      {parts.length > 0 ? (
        <StateRows
          parts={parts}
          words={words}
          isShown={isShown}
          isOpen={(part) => opened.get(part.path.join('.')) ?? part.mark === 'inside'}
          setOpen={(path, open) => setOpened((map) => new Map(map).set(path.join('.'), open))}
          isWatched={(path) => watched.some((other) => other.join('.') === path.join('.'))}
          toggleWatched={toggleWatched}
          hide={(path) => setFilter((text) => hiding(text, path))}
        />
      ) : (
        <p class="soft">
          {changedOnly && selected > 0 ? 'This step changes nothing that is shown.' : 'Nothing is shown: see the filter.'}
        </p>
      )}
    </section>
  )
}
