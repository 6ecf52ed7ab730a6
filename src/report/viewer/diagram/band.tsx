import { visible } from '../value-text.js'
import type { Chunk } from './chunks.js'
import type { DiagramLayout, LaneColumn, Mark, MessagePath } from './geometry.js'
import { polyline } from './line-shapes.js'
import { MarkSign } from './mark-sign.js'
import { MessageArrow } from './message-arrow.js'

interface BandProps {
  readonly layout: DiagramLayout
  readonly chunk: Chunk
}

/** A band of the diagram as a picture. What it says is in the list of steps too, so it is hidden from screen readers. */
export function Band({ layout, chunk }: BandProps) {
  const { top, height, messages, marks, causes } = chunk
  return (
    <svg class="band" viewBox={`0 ${top} ${layout.width} ${height}`} width={layout.width} height={height} aria-hidden="true">
      {layout.columns.map((column) => (
        <LaneLine key={column.id} column={column} from={layout.rows[0]?.y ?? 0} to={layout.height} chunk={chunk} />
      ))}
      {marks.map((mark) => (
        <Across key={mark.step} mark={mark} width={layout.width} />
      ))}
      {causes.map(({ cause, step, from, to }) => (
        <path key={`${cause} ${step}`} class="cause-line" d={polyline([from, to])} />
      ))}
      {messages.map((path) => (
        <g key={keyOf(path)} class={`arrow ${path.style} ${path.end}`} data-step={path.endedAt ?? path.sentAt}>
          <path class="arrow-reach" d={polyline(path.points)} />
          <MessageArrow path={path} />
          <title>{visible(path.title)}</title>
        </g>
      ))}
      {messages.map((path) => (
        <text
          key={keyOf(path)}
          class={`arrow-label ${path.end}`}
          x={path.label.x}
          y={path.label.y}
          text-anchor={path.label.anchor}
        >
          {visible(path.label.text)}
        </text>
      ))}
      {marks.map((mark) => (
        <g key={`${mark.step} ${mark.at.x}`} class={`sign ${mark.kind}`} transform={`translate(${mark.at.x} ${mark.at.y})`}>
          {mark.end !== null && <circle class={`sign-end ${mark.end}`} r="12.5" />}
          <MarkSign kind={mark.kind} />
        </g>
      ))}
    </svg>
  )
}

interface LaneLineProps {
  readonly column: LaneColumn
  readonly from: number
  readonly to: number
  readonly chunk: Chunk
}

function LaneLine({ column: { x, id, down, isolated }, from, to, chunk }: LaneLineProps) {
  const [top, bottom] = [Math.max(from, chunk.top - 20), Math.min(to, chunk.top + chunk.height + 20)]
  const near = (stretch: { readonly top: number; readonly bottom: number }) => stretch.bottom >= top && stretch.top <= bottom
  return (
    <g class={id === null ? 'lane others' : 'lane'}>
      {isolated.filter(near).map((stretch) => (
        <rect
          key={stretch.top}
          class="lane-isolated"
          x={x - 20}
          y={stretch.top}
          width="40"
          height={stretch.bottom - stretch.top}
        />
      ))}
      <path class="lane-line" d={`M${x} ${top}V${bottom}`} />
      {down.filter(near).map((stretch) => (
        <rect key={stretch.top} class="lane-down" x={x - 10} y={stretch.top} width="20" height={stretch.bottom - stretch.top} />
      ))}
    </g>
  )
}

/** A partition and its end concern all lanes: a line across them. */
function Across({ mark: { kind, at }, width }: { readonly mark: Mark; readonly width: number }) {
  if (kind !== 'partition' && kind !== 'heal') return null
  return <path class={`across ${kind}`} d={`M0 ${at.y}H${width}`} />
}

function keyOf({ ids, endedAt }: MessagePath): string {
  return `${ids[0]} ${endedAt}`
}
