import type { LineEnd, LineStyle, MarkKind, MessagePath } from './geometry.js'
import { MarkSign } from './mark-sign.js'
import { MessageArrow } from './message-arrow.js'

const arrows: readonly (readonly [text: string, style: LineStyle, end: LineEnd])[] = [
  ['delivered', 'sent', 'delivered'],
  ['still in flight', 'sent', 'in-flight'],
  ['a duplicate', 'duplicated', 'delivered'],
  ['corrupted', 'corrupted', 'delivered'],
]

const signs: readonly (readonly [text: string, kind: MarkKind])[] = [
  ['step of a node', 'local'],
  ['delivery', 'deliver'],
  ['timeout', 'timeout'],
  ['clock tick', 'tick'],
  ['message lost', 'drop'],
  ['duplicated here', 'duplicate'],
  ['corrupted here', 'corrupt'],
  ['crash', 'crash'],
  ['restart', 'restart'],
  ['partition', 'partition'],
  ['heal', 'heal'],
  ['clock skew', 'skew'],
]

/** What the lines and signs of the diagram stand for. */
export function Legend() {
  return (
    <details class="legend">
      <summary>Key to the diagram</summary>
      <ul>
        {arrows.map(([text, style, end]) => (
          <li key={text}>
            <svg width="44" height="18" viewBox="0 0 44 18" aria-hidden="true">
              <g class={`arrow ${style} ${end}`}>
                <MessageArrow path={sample(style, end)} />
              </g>
            </svg>
            {text}
          </li>
        ))}
        {signs.map(([text, kind]) => (
          <li key={text}>
            <svg width="26" height="26" viewBox="-13 -13 26 26" aria-hidden="true">
              <g class={`sign ${kind}`}>
                <MarkSign kind={kind} />
              </g>
            </svg>
            {text}
          </li>
        ))}
        <li>
          <svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true">
            <rect class="lane-down" x="3" y="1" width="20" height="24" />
          </svg>
          down
        </li>
        <li>
          <svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true">
            <rect class="lane-isolated" x="3" y="1" width="20" height="24" />
          </svg>
          cut off by a partition
        </li>
        <li>
          <svg width="12" height="26" viewBox="0 0 12 26" aria-hidden="true">
            <path class="past-dots" d="M6 13h0" />
          </svg>
          needed by the step looked at
        </li>
      </ul>
    </details>
  )
}

function sample(style: LineStyle, end: LineEnd): MessagePath {
  const points = [
    { x: 2, y: 9 },
    { x: 40, y: 9 },
  ]
  return {
    ids: [],
    style,
    end,
    points,
    sentAt: 0,
    endedAt: null,
    label: { x: 0, y: 0, text: '', anchor: 'start' },
    title: '',
    top: 0,
    bottom: 0,
  }
}
