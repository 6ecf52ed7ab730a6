import type { ReportedRun } from '../html/report-data.js'
import { headline } from './behaviour-text.js'
import { SpaceTime } from './diagram/space-time.js'
import type { PaneProps } from './pane.js'
import type { Place } from './place.js'
import { PrintedSteps } from './printed-steps.js'
import { StatePane } from './state-pane.js'
import { TakeAway } from './take-away.js'
import { explanationText } from './value-text.js'
import { PossiblePane, StepPane } from './why-pane.js'

interface BehaviourProps extends PaneProps {
  readonly run: ReportedRun
  readonly place: Place
  readonly query: string
}

/** One behaviour: what it shows, its course over time, and what is known about the state looked at. */
export function BehaviourPage({ run, place, query, ...pane }: BehaviourProps) {
  const { behaviour, selected } = pane
  return (
    <article class="behaviour">
      <header>
        <div>
          <h2>{headline(behaviour)}</h2>
          {behaviour.because !== undefined && <p class="because">because {explanationText(behaviour.because)}</p>}
        </div>
        <TakeAway behaviour={behaviour} run={run} place={place} />
      </header>
      <div class="columns">
        <SpaceTime {...pane} />
        <div class="details">
          <StepPane behaviour={behaviour} selected={selected} select={pane.select} />
          <StatePane behaviour={behaviour} selected={selected} select={pane.select} query={query} />
          <PossiblePane behaviour={behaviour} selected={selected} select={pane.select} />
        </div>
      </div>
      <PrintedSteps behaviour={behaviour} shown={pane.shown} />
    </article>
  )
}
