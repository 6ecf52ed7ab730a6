import type { DiagramLayout, DiagramRow } from './geometry.js'
import { polyline } from './line-shapes.js'
import { MessageArrow } from './message-arrow.js'

interface EmphasisProps {
  readonly layout: DiagramLayout
  /** The step looked at, or pointed at. */
  readonly step: number
  /** All steps that it needed. */
  readonly past: readonly number[]
}

/**
 * What belongs to a step, drawn once more over the diagram: what it sent and received, and a dot beside each step that it needed. So selecting a step
 * draws nothing else again.
 */
export function Emphasis({ layout, step, past }: EmphasisProps) {
  const messages = layout.messages.filter(({ sentAt, endedAt }) => sentAt === step || endedAt === step)
  const causes = layout.causes.filter((path) => path.cause === step || path.step === step)
  const needed = new Set(past)
  const rows = layout.rows.filter((row) => needed.has(row.step))
  const extents = [...messages, ...causes, ...rows.map(({ y }) => ({ top: y, bottom: y }))]
  if (extents.length === 0) return null
  const top = Math.min(...extents.map((path) => path.top)) - 12
  const height = Math.max(...extents.map((path) => path.bottom)) + 12 - top
  return (
    <svg
      class="emphasis"
      viewBox={`0 ${top} ${layout.width} ${height}`}
      width={layout.width}
      height={height}
      style={{ top: `${top}px` }}
      aria-hidden="true"
    >
      <path class="past-dots" d={dots(rows)} />
      {causes.map(({ cause, step: needing, from, to }) => (
        <path key={`${cause} ${needing}`} class="cause-line" d={polyline([from, to])} />
      ))}
      {messages.map((path) => (
        <g key={`${path.ids[0]} ${path.endedAt}`} class={`arrow ${path.style} ${path.end}`}>
          <MessageArrow path={path} />
        </g>
      ))}
    </svg>
  )
}

/** One path for all: the past may be thousands of steps. A line without length is drawn as a dot by its round ends. */
function dots(rows: readonly DiagramRow[]): string {
  return rows.map(({ y }) => `M6 ${y}h0`).join('')
}
