/**
 * Where `callee` was called from, as `file:line:column` (mapped to the source where source maps are on), or `undefined`
 * when the runtime does not tell.
 */
export function callSite(callee: (...args: never[]) => unknown): string | undefined {
  const holder: { stack?: string } = {}
  Error.captureStackTrace(holder, callee)
  const frame = holder.stack?.split('\n')[1]
  const place = frame?.match(/\(?((?:file:\/\/)?\/[^()]+:\d+:\d+)\)?$/)?.[1]
  return place?.replace(/^file:\/\//, '')
}
