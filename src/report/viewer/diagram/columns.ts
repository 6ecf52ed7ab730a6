import type { AnnotatedBehaviour } from '../../../trace/annotation.js'
import type { LaneColumn, Stretch } from './geometry.js'
import type { Scale } from './scale.js'

/** What of a behaviour happens to no node and to no message: it has a column of its own. */
export function needsColumnOfOthers({ lanes, steps }: AnnotatedBehaviour): boolean {
  const ofMessages = ['deliver', 'lose']
  const betweenNodes = ['drop', 'duplicate', 'corrupt', 'partition', 'heal']
  const known = new Set(lanes.map(({ id }) => id))
  return steps.some(({ node, fault, action }) => {
    if (node !== null && known.has(node)) return false
    return fault === null ? !ofMessages.includes(action) || known.size === 0 : !betweenNodes.includes(fault)
  })
}

/** The columns from left to right, with where their nodes are down or isolated. */
export function columnsOf(behaviour: AnnotatedBehaviour, scale: Scale, withOthers: boolean): readonly LaneColumn[] {
  const partitions = partitionsOf(behaviour)
  const lanes = behaviour.lanes.map(({ id, role, down }) => ({
    id,
    role,
    x: scale.xOf(id),
    down: down.map(({ from, to }) => scale.between(from, to)).filter(isVisible),
    isolated: partitions.flatMap(({ side, from, to }) => (side.includes(id) ? [scale.between(from, to)] : [])).filter(isVisible),
  }))
  const others = { id: null, role: null, x: scale.xOf(null), down: [], isolated: [] }
  return withOthers ? [others, ...lanes] : lanes
}

/** A partition, from the step that makes it to the one that ends it. */
interface Partition {
  readonly side: readonly unknown[]
  readonly from: number
  readonly to: number | null
}

function partitionsOf({ steps }: AnnotatedBehaviour): readonly Partition[] {
  return steps.flatMap(({ index, fault, args: [side] }) => {
    if (fault !== 'partition' || !Array.isArray(side)) return []
    const end = steps.find((later) => later.index > index && (later.fault === 'heal' || later.fault === 'partition'))
    return [{ side, from: index, to: end?.index ?? null }]
  })
}

function isVisible({ top, bottom }: Stretch): boolean {
  return bottom > top
}
