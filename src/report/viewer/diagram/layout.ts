import type { AnnotatedBehaviour } from '../../../trace/annotation.js'
import { causePaths } from './causes.js'
import { columnsOf, needsColumnOfOthers } from './columns.js'
import type { DiagramLayout } from './geometry.js'
import { marksOf } from './marks.js'
import { messagePaths } from './message-paths.js'
import { scaleOf } from './scale.js'

/**
 * Where everything in the space-time diagram of a behaviour is drawn: a column for each lane, a row for each step, time downwards.
 *
 * @param shown - the steps that have a row, ascending, 0 for the initial state. What only happens at others is left out.
 */
export function layoutDiagram(behaviour: AnnotatedBehaviour, shown: readonly number[]): DiagramLayout {
  const withOthers = needsColumnOfOthers(behaviour)
  const scale = scaleOf(behaviour, shown, withOthers)
  const marks = marksOf(behaviour, scale)
  const whole = shown.length > behaviour.steps.length
  return {
    width: scale.width,
    height: scale.height,
    laneGap: scale.laneGap,
    columns: columnsOf(behaviour, scale, withOthers),
    rows: scale.rows,
    marks,
    messages: messagePaths(behaviour, scale, whole),
    causes: causePaths(behaviour, marks),
  }
}
