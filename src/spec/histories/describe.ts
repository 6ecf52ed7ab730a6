/** An operation in short: `write(value: "A")`, `read`. Those without a `type` are shown as they are. */
export function describeCall(operation: unknown): string {
  if (typeof operation !== 'object' || operation === null || !('type' in operation)) return describeResult(operation)
  const { type, ...fields } = operation
  const parts = Object.entries(fields).map(([name, value]) => `${name}: ${describeResult(value)}`)
  return parts.length === 0 ? String(type) : `${String(type)}(${parts.join(', ')})`
}

/** An operation of a client with its result: `c1: read → "A"`; `?` where the result is not known. */
export function describeOperation(client: string, operation: unknown, ...result: readonly unknown[]): string {
  return `${client}: ${describeCall(operation)} → ${result.length === 0 ? '?' : describeResult(result[0])}`
}

/** A result in short, as JSON. */
export function describeResult(value: unknown): string {
  const json: string | undefined = JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? `${part}n` : part))
  return json ?? String(value)
}
