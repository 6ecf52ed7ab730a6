import { visible } from '../value-text.js'
import type { DiagramLayout } from './geometry.js'

interface LaneHeadsProps {
  readonly layout: DiagramLayout
  /** The names of what the property is false of: lanes among them are marked. */
  readonly witnesses: ReadonlySet<string>
}

/** The names of the lanes above them. */
export function LaneHeads({ layout, witnesses }: LaneHeadsProps) {
  const roles = new Set(layout.columns.flatMap(({ id, role }) => (id === null ? [] : [role])))
  const others = roles.size === 0 ? 'all steps' : roles.has(null) ? 'no process' : 'no node'
  return (
    <div class="lane-heads" aria-hidden="true">
      <div style={{ width: `${layout.width}px` }}>
        {layout.columns.map(({ id, role, x }) => (
          <span
            key={id}
            class={`lane-head${id === null ? ' others' : ''}${id !== null && witnesses.has(id) ? ' witness' : ''}`}
            style={{ left: `${x}px`, maxWidth: `${layout.laneGap - 6}px` }}
            title={id === null ? others : `${visible(id)}${witnesses.has(id) ? ', of which the property is false' : ''}`}
          >
            <b>{id === null ? others : visible(id)}</b>
            {role !== null && role !== id && roles.size > 1 && <small>{visible(role)}</small>}
          </span>
        ))}
      </div>
    </div>
  )
}
