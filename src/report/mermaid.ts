import type { AnnotatedBehaviour, MessageLine } from '../trace/annotation.js'
import type { Step } from '../trace/counterexample.js'
import { printable } from './text.js'

/**
 * A behaviour as a Mermaid sequence diagram: a participant for each lane, an arrow for each message at the step that delivers or drops it, notes
 * for everything else. Mermaid draws no message that overtakes another, so arrows are level: the moment of sending is not shown.
 */
export function mermaidText(behaviour: AnnotatedBehaviour): string {
  const { lanes, messages, steps, property, kind } = behaviour
  const names = lanes.length > 0 ? lanes.map(({ id }) => id) : ['state']
  // A participant's own name may be a word of Mermaid's.
  const ids = new Map(names.map((name, index) => [name, `p${index + 1}`]))
  const all = names.length > 1 ? `p1,p${names.length}` : 'p1'
  const about = new Map(messages.flatMap((message) => message.ends.map(({ at, how }) => [at, { message, how }] as const)))
  const arrow = ({ from, to }: MessageLine, line: string, text: string) =>
    `${ids.get(from) ?? 'p1'}${line}${ids.get(to) ?? 'p1'}: ${escaped(text)}`
  const stepLine = (step: Step): string => {
    const found = about.get(step.index)
    const text = `${step.index}. ${step.label}`
    if (found === undefined || found.how === 'corrupted') return `Note over ${ids.get(step.node ?? '') ?? all}: ${escaped(text)}`
    const { message, how } = found
    if (how === 'delivered') return arrow(message, '-)', `${step.index}. ${message.text}`)
    return arrow(message, '--x', `${step.index}. ${message.text} (${how})`)
  }
  const fate = kind === 'sometimes' ? 'reached' : kind === 'alwaysPossible' ? 'lost' : 'violated'
  const end = kind === 'deadlock' ? 'deadlock' : `${property} is ${fate}`
  return `${[
    'sequenceDiagram',
    ...names.map((name, index) => `  participant p${index + 1} as ${escaped(name)}`),
    ...steps.map((step) => `  ${stepLine(step)}`),
    ...messages.filter(({ inFlight }) => inFlight).map((message) => `  ${arrow(message, '--)', `${message.text} (in flight)`)}`),
    `  Note over ${all}: ${escaped(end)}`,
  ].join('\n')}\n`
}

/** Mermaid takes `;` for the end of a line, `#` for the start of an entity, and `<` for HTML. */
function escaped(text: string): string {
  return printable(text).replace(/[#;<>&%]/g, (character) => `#${character.charCodeAt(0)};`)
}
