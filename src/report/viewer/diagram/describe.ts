import type { AnnotatedBehaviour, MessageLine } from '../../../trace/annotation.js'
import { explanationText, visible } from '../value-text.js'

/** A state, with the step that led to it, in words. */
export interface Description {
  /** As the list of steps shows it. */
  readonly name: string
  /** In sentences: what became of the messages that the step sent, and what it means for the property. May be empty. */
  readonly details: string
}

/** What the diagram shows of each state, for those who do not see it; the initial one first. */
export function describeSteps(behaviour: AnnotatedBehaviour): readonly Description[] {
  const sent = groupedBy(behaviour.messages, ({ sentAt }) => [sentAt])
  const ended = groupedBy(behaviour.messages, ({ ends }) => ends.map(({ at }) => at))
  return Array.from({ length: behaviour.length + 1 }, (_, index) => {
    const step = behaviour.steps[index - 1]
    const details = [
      ...(step === undefined || step.fault === null ? [] : ['A fault']),
      ...(ended.get(index) ?? []).map((line) => cameText(line)),
      ...sentTexts(sent.get(index) ?? []),
      ...downTexts(behaviour, index),
      ...(behaviour.stepNotes[index - 1]?.inPast === false ? ['Not in the past of the violation'] : []),
      ...(behaviour.stepNotes[index - 1]?.essential === false ? ['Not essential'] : []),
      ...(index === behaviour.length ? [endText(behaviour)] : []),
    ]
    return {
      name: step === undefined ? 'initial state' : stepText(step.label),
      details: details.map((sentence) => `${sentence}.`).join(' '),
    }
  })
}

/** A step as the list of steps shows it: `deliver vote{yes=true} rm1 → tm`. */
export function stepText(label: string): string {
  return visible(label).replace(' -> ', ' → ')
}

/** What the end of a behaviour means for its property: `consistent is violated`. */
export function verdictOf({ property, kind }: AnnotatedBehaviour): string {
  const name = visible(property)
  if (kind === 'deadlock') return 'deadlock'
  if (kind === 'alwaysPossible') return `${name} is no longer possible`
  return kind === 'sometimes' ? `${name} is reached` : `${name} is violated`
}

function endText(behaviour: AnnotatedBehaviour): string {
  const { because } = behaviour
  const verdict = verdictOf(behaviour)
  return `Here ${verdict}${because === undefined ? '' : `: ${explanationText(because)}`}`
}

function cameText({ sentAt, origin }: MessageLine): string {
  if (origin !== 'sent') return `The message was ${origin} at step ${sentAt}`
  return sentAt === 0 ? 'The message was in flight from the start' : `The message was sent at step ${sentAt}`
}

function sentTexts(lines: readonly MessageLine[]): readonly string[] {
  const own = lines.filter(({ origin }) => origin === 'sent')
  const made = lines.filter(({ origin }) => origin !== 'sent')
  return [
    ...(own.length === 0 ? [] : [`Sends ${own.map((line) => `${wayText(line)}, ${fateText(line)}`).join('; ')}`]),
    ...made.map(
      (line) => `The ${line.origin === 'duplicated' ? 'copy' : 'corrupted message'} ${visible(line.text)} is ${fateText(line)}`,
    ),
  ]
}

function wayText({ text, to }: MessageLine): string {
  return `${visible(text)} to ${visible(to)}`
}

function fateText({ ends }: MessageLine): string {
  if (ends.length === 0) return 'still in flight at the end'
  return ends.map(({ at, how }) => `${how} at step ${at}`).join(' and ')
}

function downTexts({ lanes, steps }: AnnotatedBehaviour, index: number): readonly string[] {
  return lanes.flatMap(({ id, down }) => {
    const [fell, rose] = [down.some(({ from }) => from === index), down.some(({ to }) => to === index)]
    const name = visible(id)
    if (fell) return [steps[index - 1]?.fault === 'crash' ? `${name} is down from here on` : `${name} is down`]
    return rose ? [`${name} is up again`] : []
  })
}

function groupedBy(
  lines: readonly MessageLine[],
  keysOf: (line: MessageLine) => readonly number[],
): ReadonlyMap<number, MessageLine[]> {
  const groups = new Map<number, MessageLine[]>()
  for (const line of lines) {
    for (const key of new Set(keysOf(line))) {
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [line])
      else group.push(line)
    }
  }
  return groups
}
