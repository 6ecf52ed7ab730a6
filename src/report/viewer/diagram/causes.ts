import type { AnnotatedBehaviour } from '../../../trace/annotation.js'
import type { CausePath, Mark, Point } from './geometry.js'
import { markRadius, rowHeight } from './scale.js'

/**
 * What steps on other lanes a step needed, where neither a message nor the order on its own lane shows it: for machines, whose processes
 * share variables. A cause that another cause of the step needed itself goes without saying.
 */
export function causePaths({ lanes, stepNotes }: AnnotatedBehaviour, marks: readonly Mark[]): readonly CausePath[] {
  if (lanes.some(({ role }) => role !== null)) return []
  const at = new Map(marks.flatMap((mark) => (mark.step === 0 ? [] : [[mark.step, mark.at] as const])))
  const past = new PastSets(stepNotes.map(({ causes }) => causes))
  return stepNotes.flatMap(({ causes }, place) => {
    const to = at.get(place + 1)
    if (to === undefined) return []
    const direct = causes.filter((cause) => !causes.some((other) => other !== cause && past.includes(other, cause)))
    return direct.flatMap((cause) => {
      const from = at.get(cause)
      return from === undefined || from.x === to.x ? [] : [causePath(cause, place + 1, from, to)]
    })
  })
}

function causePath(cause: number, step: number, from: Point, to: Point): CausePath {
  return { cause, step, from: towards(from, to), to: towards(to, from), top: from.y, bottom: to.y + rowHeight / 2 }
}

function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  const by = length === 0 ? 0 : (markRadius + 1) / length
  return { x: from.x + (to.x - from.x) * by, y: from.y + (to.y - from.y) * by }
}

/** Of each step all that it needed, directly or not, a bit for each earlier step. */
class PastSets {
  readonly #words: number
  readonly #bits: Uint32Array

  constructor(causes: readonly (readonly number[])[]) {
    const steps = causes.length + 1
    this.#words = (steps + 31) >>> 5
    this.#bits = new Uint32Array(steps * this.#words)
    causes.forEach((direct, place) => {
      for (const cause of direct) this.#add(place + 1, cause)
    })
  }

  includes(step: number, earlier: number): boolean {
    const word = this.#bits[step * this.#words + (earlier >>> 5)] ?? 0
    return ((word >>> (earlier & 31)) & 1) === 1
  }

  #add(step: number, cause: number): void {
    const [to, from] = [step * this.#words, cause * this.#words]
    for (let word = 0; word < this.#words; word++)
      this.#bits[to + word] = (this.#bits[to + word] ?? 0) | (this.#bits[from + word] ?? 0)
    this.#bits[to + (cause >>> 5)] = (this.#bits[to + (cause >>> 5)] ?? 0) | (1 << (cause & 31))
  }
}
