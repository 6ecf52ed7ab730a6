import type { AnnotatedBehaviour } from '../../../trace/annotation.js'
import type { DiagramRow, Stretch } from './geometry.js'

/** Height of a row, in pixels. */
export const rowHeight = 36

/** Height of the gap that stands for steps left out. */
export const skippedHeight = 16

/** Radius of a mark. */
export const markRadius = 6

/** Width of a character of a label, a little generous. */
export const characterWidth = 6.4

/** From the middle of a lane to the label of what arrives there. */
export const labelOffset = markRadius + 6

/** How far the ring around the last mark goes beyond it. */
export const endRing = 4

const marginMin = 52
const marginMax = 116
const laneGapMin = 92
const laneGapMax = 152
/** What the lanes of a diagram share before they get narrow. */
const lanesWidth = 540
/** Width of the column of steps that no node takes. */
const othersWidth = 60

/** Where lanes and rows are: all that the parts of a layout ask of it. */
export interface Scale {
  readonly laneGap: number
  /** Room beside the outermost lanes, for labels of what arrives there. */
  readonly margins: { readonly left: number; readonly right: number }
  readonly width: number
  readonly height: number
  readonly rows: readonly DiagramRow[]
  /** Middle of a node's lane; of the column of steps without a node where there is no such lane. */
  xOf(node: string | null): number
  /** Middle of a step's row; `undefined` for one that is left out. */
  yOf(step: number): number | undefined
  /** From the row of one step to that of another, or to the end. The steps may be left out: then from and to the row below. */
  between(from: number, to: number | null): Stretch
}

/**
 * @param shown - the steps that have a row, ascending, 0 for the initial state.
 * @param withOthers - whether there is a column for steps that no node takes; it is the leftmost.
 */
export function scaleOf(behaviour: AnnotatedBehaviour, shown: readonly number[], withOthers: boolean): Scale {
  const { lanes } = behaviour
  const margins = marginsOf(behaviour)
  const count = Math.max(1, lanes.length)
  const laneGap = Math.round(Math.min(laneGapMax, Math.max(laneGapMin, lanesWidth / count)))
  const others = marginMin / 2 + 12
  const first = margins.left + (withOthers && lanes.length > 0 ? othersWidth : 0)
  const xs = new Map(lanes.map(({ id }, index) => [id, first + index * laneGap]))
  const rows = rowsOf(shown)
  const ys = new Map(rows.map(({ step, y }) => [step, y]))
  const last = rows.at(-1)
  // Lines of messages in flight go on below the last row.
  const height = last === undefined ? rowHeight : last.top + last.height + rowHeight / 2
  const from = (step: number) => rows.find((row) => row.step >= step)?.y ?? height
  return {
    laneGap,
    margins,
    width: first + (count - 1) * laneGap + margins.right,
    height,
    rows,
    xOf: (node) => (node === null ? undefined : xs.get(node)) ?? others,
    yOf: (step) => ys.get(step),
    between: (start, end) => ({ top: from(start), bottom: end === null ? height : from(end) }),
  }
}

/** What arrives at an outermost lane from inside is named outside. */
function marginsOf({ lanes, messages }: AnnotatedBehaviour): Scale['margins'] {
  const [first, last] = [lanes[0]?.id, lanes.at(-1)?.id]
  const room = (arrives: (to: string, from: string) => boolean) => {
    const types = messages.flatMap(({ type, from, to, ends }) => (ends.length > 0 && arrives(to, from) ? [type.length] : []))
    const longest = types.reduce((length, other) => Math.max(length, other), 0)
    return Math.min(marginMax, Math.max(marginMin, labelOffset + endRing + Math.ceil(longest * characterWidth) + 6))
  }
  return { left: room((to, from) => to === first && from !== first), right: room((to) => to === last) }
}

function rowsOf(shown: readonly number[]): readonly DiagramRow[] {
  const rows: DiagramRow[] = []
  let top = 0
  let before = -1
  for (const step of shown) {
    const skipped = step - before - 1
    const gap = skipped > 0 ? skippedHeight : 0
    rows.push({ step, top, height: rowHeight + gap, y: top + gap + rowHeight / 2, skipped })
    top += rowHeight + gap
    before = step
  }
  return rows
}
