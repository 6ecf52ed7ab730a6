import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { ReportData, ReportedRun } from '../html/report-data.js'
import { BehaviourPage } from './behaviour-page.js'
import { CheckErrors } from './check-errors.js'
import { HelpDialog } from './help-dialog.js'
import { find, type Place } from './place.js'
import { BehaviourTabs, RunTabs } from './report-tabs.js'
import { RunHeading } from './run-heading.js'
import { RunPage } from './run-page.js'
import { stepsFound } from './search.js'
import { SearchField } from './search-field.js'
import { ThemeButton } from './theme-button.js'
import { useCommands } from './use-commands.js'
import { usePlace } from './use-place.js'
import { visible } from './value-text.js'

/** The whole report: tabs of runs and of their behaviours, and the one that its address names. */
export function App({ data }: { readonly data: ReportData }) {
  const [place, goTo] = usePlace(data)
  const run = data.runs[place.run]
  if (run === undefined)
    return (
      <main>
        <h1>Nothing could be checked</h1>
        <CheckErrors errors={data.errors} />
      </main>
    )
  return <Report data={data} run={run} place={place} goTo={goTo} />
}

interface ReportProps {
  readonly data: ReportData
  readonly run: ReportedRun
  readonly place: Place
  readonly goTo: (step: number) => void
}

function Report({ data, run, place, goTo }: ReportProps) {
  const [query, setQuery] = useState('')
  const [causalOnly, setCausalOnly] = useState(false)
  const [helps, setHelps] = useState(false)
  const searchField = useRef<HTMLInputElement>(null)
  const behaviour = find(data, place)?.behaviour ?? null
  const { step } = place

  const found = useMemo(() => (behaviour === null ? new Set<number>() : stepsFound(behaviour, query)), [behaviour, query])
  const shown = useMemo(() => {
    const states = [...(behaviour?.states.keys() ?? [])]
    return causalOnly ? states.filter((index) => index === 0 || behaviour?.stepNotes[index - 1]?.inPast) : states
  }, [behaviour, causalOnly])
  const shownFound = useMemo(() => shown.filter((index) => found.has(index)), [shown, found])

  const go = (to: number | undefined) => to !== undefined && goTo(to)
  const after = (list: readonly number[]) => list.find((index) => index > step)
  const before = (list: readonly number[]) => list.findLast((index) => index < step)
  // Round the ends: a search that stops at the last step found looks as if there were no more.
  const nextFound = () => go(after(shownFound) ?? shownFound[0])
  const previousFound = () => go(before(shownFound) ?? shownFound.at(-1))
  const help = () => setHelps(true)
  const walk = {
    next: () => go(after(shown)),
    previous: () => go(before(shown)),
    first: () => go(shown[0]),
    last: () => go(shown.at(-1)),
    search: () => searchField.current?.select(),
    'next-found': nextFound,
    'previous-found': previousFound,
  }
  useCommands(behaviour === null ? { help } : { ...walk, help })
  useEffect(() => {
    document.title = visible(`${run.result.spec}: ${behaviour?.property ?? run.result.verdict} · faultline`)
  }, [run, behaviour])

  return (
    <>
      <header class="bar">
        <span class="product">faultline</span>
        {behaviour !== null && (
          <SearchField
            field={searchField}
            query={query}
            setQuery={setQuery}
            count={shownFound.length}
            place={shownFound.indexOf(step) + 1}
            next={nextFound}
            previous={previousFound}
          />
        )}
        <ThemeButton />
        <button type="button" class="plain" onClick={help} aria-haspopup="dialog">
          Keys <kbd>?</kbd>
        </button>
      </header>
      <main>
        <CheckErrors errors={data.errors} />
        <RunTabs data={data} current={place.run} />
        <RunHeading run={run} />
        <BehaviourTabs run={run} place={place} />
        {behaviour === null ? (
          <RunPage run={run} />
        ) : (
          <BehaviourPage
            // What is folded, watched and hidden belongs to one behaviour.
            key={`${place.run} ${place.behaviour}`}
            behaviour={behaviour}
            run={run}
            place={place}
            selected={step}
            select={goTo}
            shown={shown}
            causalOnly={causalOnly}
            setCausalOnly={setCausalOnly}
            found={found}
            query={query}
          />
        )}
      </main>
      <footer>faultline {data.version}. This file needs no network: it loads nothing, and sends nothing.</footer>
      <HelpDialog isOpen={helps} close={() => setHelps(false)} />
    </>
  )
}
