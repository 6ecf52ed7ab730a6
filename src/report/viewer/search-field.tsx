import type { RefObject } from 'preact'

interface SearchProps {
  readonly field: RefObject<HTMLInputElement | null>
  readonly query: string
  readonly setQuery: (query: string) => void
  /** How many steps are found. */
  readonly count: number
  /** Which of them is looked at, from 1; 0: none. */
  readonly place: number
  readonly next: () => void
  readonly previous: () => void
}

/** The search through steps and values; Enter goes on to the next step found. */
export function SearchField({ field, query, setQuery, count, place, next, previous }: SearchProps) {
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault()
      if (event.shiftKey) previous()
      else next()
    } else if (event.key === 'Escape') {
      setQuery('')
      field.current?.blur()
    }
  }
  return (
    <search class="search">
      <input
        ref={field}
        type="search"
        id="search"
        aria-label="Search in steps and values"
        aria-keyshortcuts="/"
        placeholder="Search  /"
        value={query}
        spellcheck={false}
        autocomplete="off"
        onInput={({ currentTarget }) => setQuery(currentTarget.value)}
        onKeyDown={press}
      />
      <output class="soft" for="search">
        {query.trim() === '' ? '' : place > 0 ? `${place} of ${count}` : `${count} found`}
      </output>
    </search>
  )
}
