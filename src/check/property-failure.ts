import type { PropertyResult } from './result.js'

/** Whether a property makes the verdict `violated`: it is false, or is expected to be false and is not. */
export function failed({ verdict, expected }: PropertyResult): boolean {
  if (verdict === 'incomplete') return false
  return expected === undefined ? verdict !== 'holds' : verdict !== expected
}
