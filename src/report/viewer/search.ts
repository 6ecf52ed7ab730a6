import type { Step } from '../../trace/counterexample.js'
import type { ReportedBehaviour } from '../html/report-data.js'
import { keyText, valueText, visible } from './value-text.js'

/**
 * The steps that a search finds: those that have every word of it in what they are called, who takes them, what kind of fault they are, or what they change. Case
 * does not count. An empty search finds none.
 */
export function stepsFound({ steps }: ReportedBehaviour, query: string): ReadonlySet<number> {
  const words = wordsOf(query)
  if (words.length === 0) return new Set()
  return new Set(steps.filter((step) => isFound(textOf(step), words)).map(({ index }) => index))
}

/** The words of a search, in lower case. */
export function wordsOf(query: string): readonly string[] {
  return query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
}

function isFound(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word))
}

/** Everything about a step that can be searched for, in lower case. Made once for each step: a search runs at every key. */
const texts = new WeakMap<Step, string>()

function textOf(step: Step): string {
  const known = texts.get(step)
  if (known !== undefined) return known
  const { index, label, action, node, fault, changes } = step
  const changed = changes.map(({ path, before, after }) =>
    [
      path.map((part) => (typeof part === 'string' ? keyText(part) : valueText(part))).join('.'),
      ...[before, after].map((value) => (value === undefined ? '' : valueText(value))),
    ].join(' '),
  )
  const text = [`#${index}`, visible(label), action, node ?? '', fault === null ? '' : `fault ${fault}`, ...changed]
    .join('\n')
    .toLowerCase()
  texts.set(step, text)
  return text
}
