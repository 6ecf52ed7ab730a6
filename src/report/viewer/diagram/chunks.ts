import type { CausePath, DiagramLayout, DiagramRow, Mark, MessagePath } from './geometry.js'

/** Rows drawn together. Few enough to fit on a printed page, so that none is cut. */
const rowsPerChunk = 16

/** A horizontal band of the diagram, with everything that is at least partly in it. The browser skips what is out of sight band by band. */
export interface Chunk {
  readonly index: number
  readonly top: number
  readonly height: number
  readonly rows: readonly DiagramRow[]
  readonly marks: readonly Mark[]
  readonly messages: readonly MessagePath[]
  readonly causes: readonly CausePath[]
}

/** The bands of a diagram, from the top; together they are as high as it is. */
export function chunksOf(layout: DiagramLayout): readonly Chunk[] {
  const count = Math.ceil(layout.rows.length / rowsPerChunk)
  const bands = Array.from({ length: count }, (_, index) => {
    const rows = layout.rows.slice(index * rowsPerChunk, (index + 1) * rowsPerChunk)
    const top = rows[0]?.top ?? 0
    const next = layout.rows[(index + 1) * rowsPerChunk]
    return { index, top, height: (next?.top ?? layout.height) - top, rows }
  })
  const marks = distributed(layout.marks, bands, ({ at }) => [at.y, at.y])
  const messages = distributed(layout.messages, bands, ({ top, bottom }) => [top, bottom])
  const causes = distributed(layout.causes, bands, ({ top, bottom }) => [top, bottom])
  return bands.map((band, index) => ({
    ...band,
    marks: marks[index] ?? [],
    messages: messages[index] ?? [],
    causes: causes[index] ?? [],
  }))
}

/** For each band the items whose extent meets it. One pass: diagrams have thousands of items. */
function distributed<T>(
  items: readonly T[],
  bands: readonly { readonly top: number; readonly height: number }[],
  extent: (item: T) => readonly [top: number, bottom: number],
): readonly (readonly T[])[] {
  const lists: T[][] = bands.map(() => [])
  for (const item of items) {
    const [top, bottom] = extent(item)
    for (let index = bandAt(top, bands); index < bands.length && (bands[index]?.top ?? 0) <= bottom; index++)
      lists[index]?.push(item)
  }
  return lists
}

/** The last band that begins at or above a height. */
function bandAt(y: number, bands: readonly { readonly top: number }[]): number {
  let [low, high] = [0, bands.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if ((bands[middle]?.top ?? 0) <= y) low = middle
    else high = middle - 1
  }
  return low
}
