import type { MessagePath } from './geometry.js'
import { headOf, outlineOf } from './line-shapes.js'

/** The line of a message: with a head where it is delivered, an open end where it is still in flight. */
export function MessageArrow({ path }: { readonly path: MessagePath }) {
  const { points, style, end } = path
  const tip = points.at(-1)
  return (
    <>
      <path class="arrow-line" d={outlineOf(points, style)} />
      {end === 'delivered' && <path class="arrow-head" d={headOf(points)} />}
      {end === 'in-flight' && tip !== undefined && <circle class="arrow-open" cx={tip.x} cy={tip.y} r="3" />}
    </>
  )
}
