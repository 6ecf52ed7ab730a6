import type { Json } from '../../values/json.js'

/** Characters that would show as nothing, or turn the text around them: control characters, and those for the direction of writing. */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

const named: { readonly [character: string]: string } = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** A text with what cannot be seen written out, as in the terminal. */
export function visible(text: string): string {
  return text.replace(unseen, (character) => named[character] ?? escaped(character))
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
}

/** A value in one line, as the terminal shows it: `{phase: 'in', token: 2}`. */
export function valueText(value: Json): string {
  if (typeof value === 'string') return `'${visible(value.replaceAll('\\', '\\\\').replaceAll("'", "\\'"))}'`
  if (value === null || typeof value !== 'object') return String(value)
  if (isList(value)) return `[${value.map(valueText).join(', ')}]`
  return (
    messageText(value) ??
    `{${Object.entries(value)
      .map(([key, part]) => `${keyText(key)}: ${valueText(part)}`)
      .join(', ')}}`
  )
}

/** The key of a field, in quotes where it is not a plain word. */
export function keyText(key: string): string {
  return /^[\w$-]+$/.test(key) ? key : valueText(key)
}

/** Whether a JSON value is an array; TypeScript does not narrow readonly arrays by `Array.isArray`. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

/** Whether a value is an object with fields. */
export function isFields(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A message in flight as steps name it, `vote{yes=true} rm1 → tm`; `undefined` for any other value. */
export function messageText(value: Json): string | undefined {
  if (!isFields(value)) return undefined
  const { from, to, message } = value
  if (Object.keys(value).length !== 3 || typeof from !== 'string' || typeof to !== 'string' || !isFields(message))
    return undefined
  const { type, ...payload } = message
  if (typeof type !== 'string') return undefined
  const fields = Object.entries(payload).map(([key, part]) => `${keyText(key)}=${valueText(part)}`)
  return `${visible(type)}${fields.length > 0 ? `{${fields.join(', ')}}` : ''} ${visible(from)} → ${visible(to)}`
}

/** An explanation in words: `because` and what stands beside it, or whatever else a property gave. */
export function explanationText(explanation: Json): string {
  if (typeof explanation === 'string') return visible(explanation)
  if (!isFields(explanation) || typeof explanation.because !== 'string') return valueText(explanation)
  const { because, ...others } = explanation
  const parts = Object.entries(others).map(([name, value]) => `${keyText(name)}: ${valueText(value)}`)
  return parts.length > 0 ? `${visible(because as string)} (${parts.join(', ')})` : visible(because as string)
}
