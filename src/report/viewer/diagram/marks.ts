import type { AnnotatedBehaviour, MessageLine } from '../../../trace/annotation.js'
import type { Step } from '../../../trace/counterexample.js'
import type { Mark, MarkKind, Point } from './geometry.js'
import { lossPoint, transitPoint } from './message-paths.js'
import type { Scale } from './scale.js'

const faultMarks: { readonly [fault: string]: MarkKind | undefined } = {
  crash: 'crash',
  restart: 'restart',
  partition: 'partition',
  heal: 'heal',
  skew: 'skew',
  drop: 'drop',
  duplicate: 'duplicate',
  corrupt: 'corrupt',
}

/** What happens to messages, by the step where it does. */
type MessagesByStep = ReadonlyMap<number, MessageLine>

/** The marks of all steps that have a row, the initial state's on every lane. */
export function marksOf(behaviour: AnnotatedBehaviour, scale: Scale): readonly Mark[] {
  const { lanes, steps, messages } = behaviour
  const touched: MessagesByStep = new Map([
    ...messages.flatMap((line) => line.ends.map(({ at }) => [at, line] as const)),
    ...messages.flatMap((line) => (line.origin === 'duplicated' ? [[line.sentAt, line] as const] : [])),
  ])
  const start = scale.yOf(0)
  const starts: readonly Mark[] =
    start === undefined
      ? []
      : lanes.map(({ id }) => ({ step: 0, kind: 'start', at: { x: scale.xOf(id), y: start }, end: endAt(behaviour, 0) }))
  const taken = steps.flatMap((step): readonly Mark[] => {
    const y = scale.yOf(step.index)
    if (y === undefined) return []
    const line = touched.get(step.index)
    const kind = kindOf(step, behaviour, line)
    return [{ step: step.index, kind, at: pointOf(kind, step, line, y, scale), end: endAt(behaviour, step.index) }]
  })
  return [...starts, ...taken]
}

function endAt({ steps, kind }: AnnotatedBehaviour, step: number): Mark['end'] {
  if (step !== steps.length) return null
  return kind === 'sometimes' ? 'reached' : 'violated'
}

function kindOf(step: Step, { lanes }: AnnotatedBehaviour, line: MessageLine | undefined): MarkKind {
  if (step.fault !== null) return faultMarks[step.fault] ?? 'fault'
  const end = line?.ends.find(({ at }) => at === step.index)
  if (end !== undefined) return end.how === 'lost' ? 'lost' : 'deliver'
  // In a machine these are names like any other.
  const ofProtocol = lanes.some(({ role }) => role !== null)
  if (ofProtocol && (step.action === 'timeout' || step.action === 'tick')) return step.action
  return 'local'
}

function pointOf(kind: MarkKind, { node }: Step, line: MessageLine | undefined, y: number, scale: Scale): Point {
  if (line !== undefined && (kind === 'drop' || kind === 'duplicate' || kind === 'corrupt')) return transitPoint(line, y, scale)
  if (line !== undefined && kind === 'lost') return lossPoint(line, y, scale)
  // What concerns all lanes stands before the first.
  return { x: kind === 'partition' || kind === 'heal' ? 16 : scale.xOf(node), y }
}
