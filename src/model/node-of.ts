import type { Shape } from './shape.js'

/** The process that takes a step: the first argument that names a key of a record within the state, or `null`. */
export function nodeOf(root: Shape, args: readonly unknown[]): string | null {
  for (const arg of args) if (typeof arg === 'string' && hasKey(root, arg, 0)) return arg
  return null
}

function hasKey(shape: Shape, key: string, depth: number): boolean {
  if (shape.kind === 'leaf') return false
  if (depth > 0 && shape.fields.has(key)) return true
  for (const field of shape.fields.values()) if (hasKey(field, key, depth + 1)) return true
  return false
}
