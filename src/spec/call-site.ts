import { fileURLToPath } from 'node:url'

/**
 * The place in one line of a stack trace, as `file:line:column`, or `undefined` where the line names no file: a native
 * function, code from `eval`, one of node's own modules.
 */
export function placeOfFrame(frame: string): string | undefined {
  const text = frame.trim()
  if (!text.startsWith('at ')) return undefined
  // `at name (place)` or `at place`; a path may hold parentheses, a function's name rarely does, so the first ` (` counts.
  const open = text.endsWith(')') ? text.indexOf(' (') : -1
  const place = open >= 0 ? text.slice(open + 2, -1) : text.slice(3).replace(/^async /, '')
  const [, file, position] = place.match(/^(.+?)(:\d+:\d+)$/) ?? []
  if (file === undefined || position === undefined) return undefined
  const path = file.startsWith('file://') ? pathOf(file) : file
  return path !== undefined && /^(?:\/|[A-Za-z]:[\\/]|\\\\)/.test(path) ? path + position : undefined
}

function pathOf(url: string): string | undefined {
  try {
    return fileURLToPath(url)
  } catch {
    return undefined
  }
}

/**
 * Where `callee` was called from, as `file:line:column` (mapped to the source where source maps are on), or `undefined`
 * when the runtime does not tell.
 */
export function callSite(callee: (...args: never[]) => unknown): string | undefined {
  const holder: { stack?: string } = {}
  Error.captureStackTrace(holder, callee)
  const frame = holder.stack?.split('\n').find((line) => /^\s+at /.test(line))
  return frame === undefined ? undefined : placeOfFrame(frame)
}
