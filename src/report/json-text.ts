import { envelopeText } from '../model/protocol/labels.js'
import type { Envelope } from '../spec/protocol-role.js'
import { formatValue } from '../values/format.js'
import type { Json } from '../values/json.js'
import { printable } from './text.js'

/** A value on one line: as TypeScript writes it, and messages in flight as steps name them, `vote{yes=true} rm1 -> tm`. */
export function jsonText(value: Json): string {
  if (isEnvelope(value)) return printable(envelopeText(value))
  if (isList(value) && value.some(isEnvelope)) return `[${value.map(jsonText).join(', ')}]`
  return formatValue(value)
}

/** Whether a value of a result is a message in flight. */
export function isEnvelope(value: Json): value is Json & Envelope {
  if (!isRecord(value) || Object.keys(value).length !== 3) return false
  const { from, to, message } = value
  return typeof from === 'string' && typeof to === 'string' && isRecord(message) && typeof message?.type === 'string'
}

export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
