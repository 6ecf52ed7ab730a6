import type { DiagramLayout } from './geometry.js'
import { polyline } from './line-shapes.js'
import { MessageArrow } from './message-arrow.js'

/** What the selected step sent and received, drawn once more over the diagram: so selecting a step redraws nothing else. */
export function Emphasis({ layout, step }: { readonly layout: DiagramLayout; readonly step: number }) {
  const messages = layout.messages.filter(({ sentAt, endedAt }) => sentAt === step || endedAt === step)
  const causes = layout.causes.filter((path) => path.cause === step || path.step === step)
  const extents = [...messages, ...causes]
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
      {causes.map(({ cause, step: needed, from, to }) => (
        <path key={`${cause} ${needed}`} class="cause-line" d={polyline([from, to])} />
      ))}
      {messages.map((path) => (
        <g key={`${path.ids[0]} ${path.endedAt}`} class={`arrow ${path.style} ${path.end}`}>
          <MessageArrow path={path} />
        </g>
      ))}
    </svg>
  )
}
