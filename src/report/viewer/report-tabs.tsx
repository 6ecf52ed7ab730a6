import { useEffect, useRef } from 'preact/hooks'
import type { ReportData, ReportedRun } from '../html/report-data.js'
import { tabText } from './behaviour-text.js'
import { countedSteps } from './counts.js'
import { fragmentOf, isAsExpected, openingPlace, openingStep, type Place } from './place.js'
import { visible } from './value-text.js'
import { VerdictMark } from './verdict-mark.js'

/** Runs of one spec, which follow each other. */
interface Group {
  readonly spec: string
  readonly runs: { readonly run: ReportedRun; readonly index: number }[]
}

/** Links to the runs of a report, where there are several: those of one spec beside each other. */
export function RunTabs({ data, current }: { readonly data: ReportData; readonly current: number }) {
  const nav = useRef<HTMLElement>(null)
  useEffect(() => {
    const link = nav.current?.querySelector('[aria-current]')
    // Not `scrollIntoView`, which would scroll the page too.
    if (nav.current && link instanceof HTMLElement) nav.current.scrollTop = link.offsetTop - nav.current.clientHeight / 2
  }, [current])
  if (data.runs.length < 2) return null
  return (
    <nav class="runs" aria-label="Checks" ref={nav}>
      {groupsOf(data).map(({ spec, runs }) => (
        <div key={runs[0]?.index} class="tabs">
          {runs.length > 1 && <span class="soft">{visible(spec)}</span>}
          {runs.map(({ run, index }) => (
            <a key={index} href={fragmentOf(openingPlace(run, index))} aria-current={index === current ? 'true' : undefined}>
              <VerdictMark verdict={run.result.verdict} /> {nameOf(run, runs.length === 1)}
              {isAsExpected(run.result) === false && <strong class="differs"> not as expected</strong>}
            </a>
          ))}
        </div>
      ))}
    </nav>
  )
}

/** What tells a run from the others of its group. */
function nameOf({ result: { spec, mutant } }: ReportedRun, isAlone: boolean): string {
  const names = [...(isAlone ? [spec] : []), mutant ?? (isAlone ? null : 'as written')]
  return visible(names.filter((name) => name !== null).join(' · '))
}

function groupsOf({ runs }: ReportData): readonly Group[] {
  const groups: Group[] = []
  for (const [index, run] of runs.entries()) {
    const last = groups.at(-1)
    if (last?.spec === run.result.spec) last.runs.push({ run, index })
    else groups.push({ spec: run.result.spec, runs: [{ run, index }] })
  }
  return groups
}

/** Links to the behaviours of a run, and to the run as a whole. */
export function BehaviourTabs({ run: { behaviours }, place }: { readonly run: ReportedRun; readonly place: Place }) {
  if (behaviours.length === 0) return null
  return (
    <nav class="tabs behaviours" aria-label="Behaviours">
      {behaviours.map((behaviour, index) => (
        <a
          key={index}
          href={fragmentOf({ run: place.run, behaviour: index, step: openingStep(behaviour) })}
          aria-current={index === place.behaviour ? 'page' : undefined}
        >
          {tabText(behaviour)} <span class="soft">{countedSteps(behaviour)}</span>
        </a>
      ))}
      <a
        href={fragmentOf({ run: place.run, behaviour: null, step: 0 })}
        aria-current={place.behaviour === null ? 'page' : undefined}
      >
        Run
      </a>
    </nav>
  )
}
