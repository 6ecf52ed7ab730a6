import type { AnnotatedBehaviour, MessageEnd, MessageLine } from '../../../trace/annotation.js'
import type { Label, LineEnd, MessagePath, Point } from './geometry.js'
import { characterWidth, endRing, labelOffset, markRadius, rowHeight, type Scale } from './scale.js'

const ends = { delivered: 'delivered', dropped: 'dropped', lost: 'lost', corrupted: 'corrupted' } as const

/** What happened to a message, for who points at its line. */
const endTexts: { readonly [end in Exclude<LineEnd, 'in-flight'>]: string } = {
  delivered: 'delivered at step',
  dropped: 'dropped at step',
  lost: 'lost with its receiver down at step',
  corrupted: 'corrupted at step',
}

/**
 * The lines of messages, in the order of sending. Messages that are still in flight and leave the same step in the same direction
 * are one line.
 *
 * @param whole - whether all steps have a row: else messages in flight, which led to nothing, are left out too.
 */
export function messagePaths(behaviour: AnnotatedBehaviour, scale: Scale, whole: boolean): readonly MessagePath[] {
  const byId = new Map(behaviour.messages.map((line) => [line.id, line]))
  const copies = new Map<number, MessageLine[]>()
  for (const line of behaviour.messages) {
    if (line.of === null || line.origin !== 'duplicated') continue
    copies.set(line.of, [...(copies.get(line.of) ?? []), line])
  }
  const routes = behaviour.messages.flatMap((line) => {
    const parent = line.of === null ? undefined : byId.get(line.of)
    const route = routeOf(line, parent, copies.get(line.id) ?? [], scale)
    return route === undefined ? [] : [route]
  })
  const ended = routes.flatMap((route) => route.line.ends.flatMap((end) => endedPath(route, end, scale)))
  return whole ? [...ended, ...inFlightPaths(routes, scale)] : ended
}

/** Where a message in flight would be at the row of a step: half a gap before its receiver's lane, so on no lane itself. */
export function transitPoint({ from, to }: MessageLine, y: number, scale: Scale): Point {
  const [start, end] = [scale.xOf(from), scale.xOf(to)]
  return { x: start === end ? start + 0.3 * scale.laneGap : end - Math.sign(end - start) * 0.5 * scale.laneGap, y }
}

/** Where a message that its crashed receiver loses ends: just before the receiver's lane. */
export function lossPoint({ from, to }: MessageLine, y: number, scale: Scale): Point {
  const [start, end] = [scale.xOf(from), scale.xOf(to)]
  return { x: end - (start === end ? -1 : Math.sign(end - start)) * 20, y }
}

/** The way of a message up to where its ends part. */
interface Route {
  readonly line: MessageLine
  readonly start: Point
  /** Whether it starts at a node, and not where another message was doubled or corrupted. */
  readonly fromNode: boolean
  /** Where copies of it part, with their steps. */
  readonly forks: readonly { readonly step: number; readonly at: Point }[]
}

function routeOf(
  line: MessageLine,
  parent: MessageLine | undefined,
  copies: readonly MessageLine[],
  scale: Scale,
): Route | undefined {
  const y = scale.yOf(line.sentAt)
  if (y === undefined) return undefined
  const fromNode = parent === undefined || line.sentAt <= parent.sentAt
  const forks = copies.flatMap(({ sentAt }) => {
    const at = scale.yOf(sentAt)
    return sentAt > line.sentAt && at !== undefined ? [{ step: sentAt, at: transitPoint(line, at, scale) }] : []
  })
  return { line, start: fromNode ? { x: scale.xOf(line.from), y } : transitPoint(line, y, scale), fromNode, forks }
}

function endedPath(route: Route, { at, how }: MessageEnd, scale: Scale): readonly MessagePath[] {
  const y = scale.yOf(at)
  if (y === undefined) return []
  const { line } = route
  const end = ends[how]
  const target =
    end === 'delivered' ? { x: scale.xOf(line.to), y } : end === 'lost' ? lossPoint(line, y, scale) : transitPoint(line, y, scale)
  const through = route.forks.filter(({ step }) => step < at).map((fork) => fork.at)
  const around = line.from === line.to && through.length === 0 ? [transitPoint(line, (route.start.y + y) / 2, scale)] : through
  const points = trimmed([route.start, ...around, target], route.fromNode, end === 'delivered')
  const label = end === 'delivered' ? labelBehind(line, points, target, scale) : labelBelow(line, end, target, scale)
  return [
    {
      ids: [line.id],
      style: line.origin,
      end,
      points,
      sentAt: line.sentAt,
      endedAt: at,
      label,
      title: `${wayOf(line)}, ${sentText(line)}, ${endTexts[end]} ${at}`,
      top: route.start.y,
      bottom: y + rowHeight / 2,
    },
  ]
}

/** Behind the mark where it arrives, on the side away from the line: in the row of the delivery, which no other has, so no two labels meet. */
function labelBehind(line: MessageLine, points: readonly Point[], target: Point, scale: Scale): Label {
  const direction = (points.at(-2)?.x ?? target.x) > target.x ? -1 : 1
  const { left, right } = scale.margins
  const offset = target.y === scale.rows.at(-1)?.y ? labelOffset + endRing : labelOffset
  const inward = scale.laneGap - markRadius
  const room =
    direction < 0 ? Math.max(left, Math.min(inward, target.x)) : Math.max(right, Math.min(inward, scale.width - target.x))
  // A little above the middle, where what the step sends leaves.
  return {
    x: target.x + direction * offset,
    y: target.y - 7,
    text: fitting(line, room - offset),
    anchor: direction > 0 ? 'start' : 'end',
  }
}

/** Below what ends the line; where it goes on behind that, or a lane is near, more to the side from which it comes. */
function labelBelow(line: MessageLine, end: LineEnd, target: Point, scale: Scale): Label {
  const label = { y: target.y + markRadius + 9, text: fitting(line, scale.laneGap * 0.8) }
  if (end === 'dropped') return { ...label, x: target.x, anchor: 'middle' }
  const direction = scale.xOf(line.to) < scale.xOf(line.from) ? -1 : 1
  return { ...label, x: target.x + direction * 3, anchor: direction > 0 ? 'end' : 'start' }
}

function inFlightPaths(routes: readonly Route[], scale: Scale): readonly MessagePath[] {
  const together = new Map<string, { readonly from: Point; readonly direction: number; readonly routes: Route[] }>()
  // On a set network a message stays in flight after it was delivered: the arrows say enough.
  for (const route of routes.filter(({ line }) => line.inFlight && line.ends.length === 0)) {
    const { line, forks } = route
    const from = forks.at(-1)?.at ?? route.start
    const direction = Math.sign(scale.xOf(line.to) - scale.xOf(line.from)) || 1
    const key = [from.x, from.y, direction, line.origin].join()
    const group = together.get(key)
    if (group === undefined) together.set(key, { from, direction, routes: [route] })
    else group.routes.push(route)
  }
  return [...together.values()].flatMap(({ from, direction, routes: group }) => {
    const [first] = group
    return first === undefined ? [] : [inFlightPath(first, group, from, direction, scale)]
  })
}

function inFlightPath(first: Route, group: readonly Route[], from: Point, direction: number, scale: Scale): MessagePath {
  const { line, fromNode, forks } = first
  // Steeper than arrows from the same mark, which go a gap to the side in a row at least.
  const end = { x: from.x + direction * 26, y: from.y + 14 }
  const room = (direction > 0 ? scale.width - end.x : end.x) - 10
  const points = forks.length > 0 ? [first.start, ...forks.map(({ at }) => at), end] : [from, end]
  return {
    ids: group.map((route) => route.line.id),
    style: line.origin,
    end: 'in-flight',
    points: trimmed(points, fromNode, false),
    sentAt: line.sentAt,
    endedAt: null,
    label: {
      x: end.x + direction * 7,
      y: end.y,
      text: togetherText(group, Math.min(scale.laneGap * 1.3, room)),
      anchor: direction > 0 ? 'start' : 'end',
    },
    title: group.map((route) => `${wayOf(route.line)}, ${sentText(route.line)}, still in flight at the end`).join('\n'),
    top: first.start.y,
    bottom: end.y + rowHeight / 2,
  }
}

/** Messages that leave together, with their receivers: `prepare → p1 p2`; where there is no room for these, with their number: `prepare ×2`. */
function togetherText(group: readonly Route[], width: number): string {
  const types = [...new Set(group.map(({ line }) => line.type))]
  const receivers = (type: string) => new Set(group.flatMap(({ line }) => (line.type === type ? [line.to] : [])))
  const whole = types.map((type) => `${type} → ${[...receivers(type)].join(' ')}`).join(', ')
  if (group.length === 1 || whole.length * characterWidth <= width) return shortened(whole, width)
  const count = ` ×${group.length}`
  return shortened(types.join(', '), width - count.length * characterWidth) + count
}

/** The line without what lies under the marks at its ends. */
function trimmed(points: readonly Point[], atStart: boolean, atEnd: boolean): readonly Point[] {
  const [first, second] = points
  const [before, last] = points.slice(-2)
  if (first === undefined || second === undefined || before === undefined || last === undefined) return points
  return [
    atStart ? towards(first, second, markRadius + 1) : first,
    ...points.slice(1, -1),
    atEnd ? towards(last, before, markRadius + 1) : last,
  ]
}

function towards(from: Point, to: Point, by: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  if (length <= by) return from
  return { x: from.x + ((to.x - from.x) * by) / length, y: from.y + ((to.y - from.y) * by) / length }
}

function wayOf({ text, from, to }: MessageLine): string {
  return `${text}  ${from} → ${to}`
}

function sentText({ origin, sentAt }: MessageLine): string {
  if (origin !== 'sent') return `${origin} at step ${sentAt}`
  return sentAt === 0 ? 'sent at the start' : `sent at step ${sentAt}`
}

/** A message with its payload where there is room for it, else its type alone. */
function fitting({ text, type }: MessageLine, width: number): string {
  return text.length * characterWidth <= width ? text : shortened(type, width)
}

function shortened(text: string, width: number): string {
  const room = Math.max(3, Math.floor(width / characterWidth))
  return text.length <= room ? text : `${text.slice(0, room - 1)}…`
}
