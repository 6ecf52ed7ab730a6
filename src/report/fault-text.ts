import type { Counterexample } from '../trace/counterexample.js'
import { counted, printable } from './text.js'

/** How often each kind of fault happens in a behaviour, in the order in which they first do. */
export function faultCounts({ steps }: Counterexample): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { fault } of steps) if (fault !== null) counts.set(fault, (counts.get(fault) ?? 0) + 1)
  return counts
}

/** The faults of a behaviour: `3 faults (crash ×2, drop)`. */
export function faultsText(behaviour: Counterexample): string {
  const kinds = [...faultCounts(behaviour)].map(([kind, count]) => printable(kind) + (count > 1 ? ` ×${count}` : ''))
  return `${counted(behaviour.faults, 'fault')}${kinds.length > 0 ? ` (${kinds.join(', ')})` : ''}`
}
