import type { AnnotatedBehaviour } from '../../../trace/annotation.js'

/** All steps that a step needed, directly or by way of others; ascending. */
export function pastOf({ stepNotes }: Pick<AnnotatedBehaviour, 'stepNotes'>, step: number): readonly number[] {
  const past = new Set<number>()
  const waiting = [step]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
    for (const cause of stepNotes[next - 1]?.causes ?? []) {
      if (past.has(cause)) continue
      past.add(cause)
      waiting.push(cause)
    }
  return [...past].sort((a, b) => a - b)
}
