import { totalmem } from 'node:os'
// biome-ignore lint/style/noRestrictedImports: only reads how much memory the process holds
import process from 'node:process'
import { getHeapStatistics } from 'node:v8'

/** Bytes that the process holds now. */
export function residentBytes(): number {
  return process.memoryUsage.rss()
}

/** The most bytes that the process has held so far. */
export function peakBytes(): number {
  return process.resourceUsage().maxRSS * 1024
}

/** Share of the memory that a check may take when no limit is asked for. */
const shareMax = 0.85

/** What a check may take when no limit is asked for: most of what the machine, or the container, has. */
export function defaultMaxBytes(): number {
  const constrained = process.constrainedMemory()
  const total = totalmem()
  const available = constrained !== undefined && constrained > 0 && constrained < total ? constrained : total
  return Math.floor(available * shareMax)
}

/** Whether JavaScript's own heap is nearly full: beyond this it would end the process. */
export function heapNearlyFull(): boolean {
  const { used_heap_size, heap_size_limit } = getHeapStatistics()
  return used_heap_size > heap_size_limit * shareMax
}
