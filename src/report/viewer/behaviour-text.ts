import type { ReportedBehaviour, ReportedRun } from '../html/report-data.js'
import { countedSteps } from './counts.js'
import { visible } from './value-text.js'

/** What a behaviour shows, in one sentence. */
export function headline(behaviour: ReportedBehaviour): string {
  const { role, kind, property, length } = behaviour
  const name = visible(property)
  const steps = countedSteps(behaviour)
  if (kind === 'sometimes') return `${name} is reached in ${steps}`
  if (kind === 'deadlock') return `Deadlock after ${steps}`
  const verb = kind === 'alwaysPossible' ? 'is lost' : 'is violated'
  const where = length === 0 ? 'in an initial state' : kind === 'transition' ? `by step ${length}` : `after ${steps}`
  return `${name} ${verb} ${where}${role === 'witness' ? ', as expected' : ''}`
}

/** What stands on the tab of a behaviour. */
export function tabText({ role, kind, property }: ReportedBehaviour): string {
  const name = kind === 'deadlock' ? 'deadlock' : visible(property)
  if (role === 'counterexample') return name
  return kind === 'sometimes' ? `reached: ${name}` : `expected: ${name}`
}

/** A behaviour as JSON: the result that it is part of, with it alone. So `faultline replay` knows what it was found with. */
export function traceText({ result }: ReportedRun, behaviour: ReportedBehaviour): string {
  const { property, kind, faults, length, initial, steps, final, because } = behaviour
  const alone = { property, kind, faults, length, initial, steps, final, ...(because === undefined ? {} : { because }) }
  const isWitness = behaviour.role === 'witness'
  const trace = { ...result, counterexamples: isWitness ? [] : [alone], witnesses: isWitness ? [alone] : [] }
  return `${JSON.stringify(trace, null, 2)}\n`
}
