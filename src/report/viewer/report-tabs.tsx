import type { ReportData, ReportedBehaviour, ReportedRun } from '../html/report-data.js'
import { countedSteps } from './counts.js'
import { fragmentOf, openingStep, type Place } from './place.js'
import { visible } from './value-text.js'
import { VerdictMark } from './verdict-mark.js'

/** Links to the runs of a report, where there are several. */
export function RunTabs({ data, current }: { readonly data: ReportData; readonly current: number }) {
  if (data.runs.length < 2) return null
  return (
    <nav class="tabs runs" aria-label="Checks">
      {data.runs.map(({ result, behaviours }, run) => {
        const [first] = behaviours
        const isFailure = first?.role === 'counterexample'
        const place = isFailure ? { run, behaviour: 0, step: openingStep(first) } : { run, behaviour: null, step: 0 }
        return (
          <a key={run} href={fragmentOf(place)} aria-current={run === current ? 'true' : undefined}>
            <VerdictMark verdict={result.verdict} />{' '}
            {visible(result.mutant === null ? result.spec : `${result.spec} · ${result.mutant}`)}
          </a>
        )
      })}
    </nav>
  )
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

function tabText({ role, kind, property }: ReportedBehaviour): string {
  if (role === 'witness') return `reached: ${visible(property)}`
  return kind === 'deadlock' ? 'deadlock' : visible(property)
}
