import type { LineStyle, Point } from './geometry.js'

const zigzagLength = 7
const zigzagHeight = 3
const doubleGap = 1.9
const headLength = 9
const headWidth = 3.6

/** The outline of a line as the `d` of an SVG path: plain, two parallel lines for a duplicate, a zigzag for what was corrupted. */
export function outlineOf(points: readonly Point[], style: LineStyle): string {
  if (style === 'duplicated') return `${polyline(shifted(points, doubleGap))}${polyline(shifted(points, -doubleGap))}`
  if (style === 'corrupted') return polyline(zigzag(points))
  return polyline(points)
}

/** A line through all points as the `d` of an SVG path. */
export function polyline(points: readonly Point[]): string {
  return points.map((point, index) => `${index === 0 ? 'M' : 'L'}${at(point)}`).join('')
}

/** The head of an arrow that ends in the last point. */
export function headOf(points: readonly Point[]): string {
  const [before, tip] = points.slice(-2)
  if (before === undefined || tip === undefined) return ''
  const { along, across } = directions(before, tip)
  const base = plus(tip, along, -headLength)
  return `M${at(tip)}L${at(plus(base, across, headWidth))}L${at(plus(base, across, -headWidth))}Z`
}

function zigzag(points: readonly Point[]): readonly Point[] {
  return points.flatMap((from, index) => {
    const to = points[index + 1]
    if (to === undefined) return [from]
    const { along, across, length } = directions(from, to)
    // Straight at the end, for the arrow's head.
    const teeth = Math.max(0, Math.floor((length - headLength - 4) / zigzagLength))
    return [
      from,
      ...Array.from({ length: teeth }, (_, tooth) =>
        plus(plus(from, along, (tooth + 0.5) * zigzagLength), across, tooth % 2 === 0 ? zigzagHeight : -zigzagHeight),
      ),
    ]
  })
}

/** The line moved sideways, each of its points across the stretch that leads to it. */
function shifted(points: readonly Point[], by: number): readonly Point[] {
  return points.map((point, index) => {
    const from = points[index - 1] ?? point
    const to = index === 0 ? (points[1] ?? point) : point
    return plus(point, directions(from, to).across, by)
  })
}

function directions(from: Point, to: Point): { readonly along: Point; readonly across: Point; readonly length: number } {
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  const along = length === 0 ? { x: 0, y: 1 } : { x: (to.x - from.x) / length, y: (to.y - from.y) / length }
  return { along, across: { x: -along.y, y: along.x }, length }
}

function plus(point: Point, direction: Point, by: number): Point {
  return { x: point.x + direction.x * by, y: point.y + direction.y * by }
}

function at({ x, y }: Point): string {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`
}
