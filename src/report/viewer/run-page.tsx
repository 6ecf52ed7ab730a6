import type { ReportedRun } from '../html/report-data.js'
import { CopyButton } from './copy-button.js'
import { counted, grouped } from './counts.js'
import { RunCoverage } from './run-coverage.js'
import { visible } from './value-text.js'
import { markOf, VerdictMark } from './verdict-mark.js'

/** A run as a whole: its properties, what was covered, and under which faults. */
export function RunPage({ run }: { readonly run: ReportedRun }) {
  return (
    <article class="run">
      <div>
        <Properties run={run} />
        <Faults run={run} />
        <Search run={run} />
      </div>
      <div>
        <Cautions run={run} />
        <RunCoverage coverage={run.result.coverage} />
      </div>
    </article>
  )
}

function Properties({ run: { result, notes } }: { readonly run: ReportedRun }) {
  return (
    <section aria-labelledby="properties-heading">
      <h2 id="properties-heading">Properties</h2>
      <table>
        <thead class="unseen">
          <tr>
            <th scope="col">Verdict</th>
            <th scope="col">Property</th>
          </tr>
        </thead>
        <tbody>
          {result.properties.map((property, index) => (
            <tr key={`${property.kind} ${property.name}`}>
              <td class="verdict-cell">
                <VerdictMark verdict={markOf(property)} />
              </td>
              <th scope="row">
                {visible(notes.properties[index] ?? property.name)}
                {property.verdict === 'incomplete' && <span class="soft"> (not decided)</span>}
                {property.site !== undefined && <code class="soft site">{visible(property.site)}</code>}
              </th>
            </tr>
          ))}
        </tbody>
      </table>
      {result.expectation !== undefined && (
        <p>
          {result.expectation.differences.length === 0
            ? 'All as the spec expects.'
            : visible(result.expectation.differences.join('; '))}
        </p>
      )}
    </section>
  )
}

function Faults({ run: { result, notes } }: { readonly run: ReportedRun }) {
  const { explored } = result.faults
  if (explored.length === 0 && notes.frontier === null) return null
  return (
    <section aria-labelledby="faults-heading">
      <h2 id="faults-heading">Faults</h2>
      {notes.frontier !== null && <p>{visible(notes.frontier)}</p>}
      {explored.length > 0 && (
        <table class="figures">
          <caption class="soft">Behaviours by the number of faults in them, fewest first.</caption>
          <thead>
            <tr>
              <th scope="col">Faults</th>
              <th scope="col" class="number">
                States that need so many
              </th>
              <th scope="col">Verdict</th>
            </tr>
          </thead>
          <tbody>
            {explored.map(({ faults, states, verdict }) => (
              <tr key={faults}>
                <th scope="row">{faults}</th>
                <td class="number">{grouped(states)}</td>
                <td>
                  <VerdictMark verdict={verdict} /> {verdict}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Search({ run: { result, command } }: { readonly run: ReportedRun }) {
  const { states, seconds, peakBytes, engine } = result
  const figures: readonly (readonly [name: string, figure: string])[] = [
    ['Distinct states', grouped(states.distinct)],
    ['Generated', grouped(states.generated)],
    ['Of these left out', grouped(engine.leftOut)],
    ['Depth', counted(states.depth, 'step')],
    ['Waiting when it ended', grouped(states.queue)],
    ['Time', `${seconds.toFixed(2)} s`],
    ['Peak memory', `${grouped(Math.round(peakBytes / 1e6))} MB`],
    ['Bytes of a state itself', grouped(engine.wordsPerState * 4)],
    ['Answered without running the spec', grouped(engine.learnedHits)],
    ['Runs of its functions', grouped(engine.functionRuns)],
  ]
  return (
    <section aria-labelledby="search-heading">
      <h2 id="search-heading">Search</h2>
      <table class="figures">
        <tbody>
          {figures.map(([name, figure]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td class="number">{figure}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {command !== null && (
        <p class="command">
          <code>{visible(command)}</code> <CopyButton text={command} label="Copy the command" />
        </p>
      )}
    </section>
  )
}

function Cautions({ run: { result, notes } }: { readonly run: ReportedRun }) {
  if (notes.cautions.length === 0 && result.verdict !== 'holds') return null
  return (
    <section aria-labelledby="cautions-heading">
      <h2 id="cautions-heading">How much this says</h2>
      <ul>
        {result.verdict === 'holds' && <li>{claim(result)}</li>}
        {notes.cautions.map((caution) => (
          <li key={caution} class="caution">
            {visible(caution)}
          </li>
        ))}
      </ul>
    </section>
  )
}

function claim({ limit, states, faults }: ReportedRun['result']): string {
  if (limit !== null || states.queue > 0) return 'No property is violated in what was explored.'
  const budget = Object.entries(faults.budget).map(([kind, count]) => `${kind}=${count}`)
  const under = budget.length > 0 ? `, under at most these faults: ${visible(budget.join(', '))}` : ''
  return `Every reachable state was explored, and every order of steps that leads to it${under}.`
}
