import type { Lane } from '../../../trace/annotation.js'
import type { DiagramRow, Stretch } from './geometry.js'

/** Height of a row, in pixels. */
export const rowHeight = 36

/** Height of the gap that stands for steps left out. */
export const skippedHeight = 16

/** Radius of a mark. */
export const markRadius = 6

/** Room beside the outermost lanes: for labels of what arrives there. */
export const margin = 76
const laneGapMin = 92
const laneGapMax = 152
/** What the lanes of a diagram share before they get narrow. */
const lanesWidth = 540
/** Width of the column of steps that no node takes. */
const othersWidth = 60

/** Where lanes and rows are: all that the parts of a layout ask of it. */
export interface Scale {
  readonly laneGap: number
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
 * @param lanes - from left to right.
 * @param shown - the steps that have a row, ascending, 0 for the initial state.
 * @param withOthers - whether there is a column for steps that no node takes; it is the leftmost.
 */
export function scaleOf(lanes: readonly Lane[], shown: readonly number[], withOthers: boolean): Scale {
  const count = Math.max(1, lanes.length)
  const laneGap = Math.round(Math.min(laneGapMax, Math.max(laneGapMin, lanesWidth / count)))
  const others = margin / 2
  const first = margin + (withOthers && lanes.length > 0 ? othersWidth : 0)
  const xs = new Map(lanes.map(({ id }, index) => [id, first + index * laneGap]))
  const rows = rowsOf(shown)
  const ys = new Map(rows.map(({ step, y }) => [step, y]))
  const last = rows.at(-1)
  // Lines of messages in flight go on below the last row.
  const height = last === undefined ? rowHeight : last.top + last.height + rowHeight / 2
  const from = (step: number) => rows.find((row) => row.step >= step)?.y ?? height
  return {
    laneGap,
    width: first + (count - 1) * laneGap + margin,
    height,
    rows,
    xOf: (node) => (node === null ? undefined : xs.get(node)) ?? others,
    yOf: (step) => ys.get(step),
    between: (start, end) => ({ top: from(start), bottom: end === null ? height : from(end) }),
  }
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
