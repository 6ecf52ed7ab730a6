import { Bag, Queue } from './bag.js'
import { nameOf, sortedElements, sortedEntries, sortedFields, sortedRecordFields } from './compare.js'
import { ARRAY, kindOf, LIST, MAP, OBJECT, ORDERED_MAP, ORDERED_SET, RECORD, SET, STACK } from './kind.js'

/**
 * A value in short form, on one line, for a terminal: `{phase: 'idle', votes: Set {1, 2}}`, `Map {'a' → 1}`, `List [1, 2]`.
 *
 * Equal values look the same. Whatever a terminal could take for more than text (control characters, line ends, marks that turn
 * the direction of text) is escaped. A value that no state can hold is named: `(Date)`.
 *
 * @param options.width - at most this many characters: a longer text loses its middle to `…`. Default: no limit.
 */
export function formatValue(value: unknown, { width = Infinity }: { readonly width?: number } = {}): string {
  const text = format(value, [])
  if (text.length <= width) return text
  const characters = [...text]
  if (characters.length <= width) return text
  const kept = Math.max(0, width - 1)
  const tail = Math.floor(kept / 2)
  return `${characters.slice(0, kept - tail).join('')}…${characters.slice(characters.length - tail).join('')}`
}

function format(value: unknown, ancestors: readonly object[]): string {
  switch (typeof value) {
    case 'string':
      return `'${escaped(value).replaceAll("'", "\\'")}'`
    case 'number':
      return String(value + 0)
    case 'bigint':
      return `${value}n`
    case 'function':
      return '(function)'
    case 'symbol':
      return '(symbol)'
    case 'object':
      return value === null ? 'null' : formatComposite(value, ancestors)
    default:
      return String(value)
  }
}

function formatComposite(value: object, ancestors: readonly object[]): string {
  if (ancestors.includes(value)) return '(cycle)'
  const within = [...ancestors, value]
  const elements = (parts: readonly unknown[]) => parts.map((part) => format(part, within)).join(', ')
  const fields = (parts: readonly (readonly [string, unknown])[]) =>
    `{${parts.map(([key, part]) => `${fieldName(key)}: ${format(part, within)}`).join(', ')}}`
  const entries = (parts: readonly (readonly [unknown, unknown])[]) =>
    parts.map(([key, part]) => `${format(key, within)} → ${format(part, within)}`).join(', ')
  switch (kindOf(value)) {
    case ARRAY:
      return `[${elements(Array.from(value as readonly unknown[]))}]`
    case LIST:
      return `List [${elements([...(value as Iterable<unknown>)])}]`
    case STACK:
      return `Stack [${elements([...(value as Iterable<unknown>)])}]`
    case SET:
      return `Set {${elements(sortedElements(value))}}`
    case ORDERED_SET:
      return `OrderedSet {${elements([...(value as Iterable<unknown>)])}}`
    case MAP:
      return `Map {${entries(sortedEntries(value))}}`
    case ORDERED_MAP:
      return `OrderedMap {${entries([...(value as Iterable<[unknown, unknown]>)])}}`
    case OBJECT:
      return fields(sortedFields(value))
    case RECORD:
      return `${escaped(nameOf(value))} ${fields(sortedRecordFields(value))}`
    default:
      if (value instanceof Bag) return `Bag {${elements(sortedElements(value))}}`
      return value instanceof Queue ? `Queue [${elements(value.elements)}]` : `(${escaped(classOf(value))})`
  }
}

function classOf(value: object): string {
  const maker: unknown = value.constructor
  return typeof maker === 'function' && maker.name !== '' ? maker.name : 'object'
}

function fieldName(key: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? key : format(key, [])
}

const NAMED_ESCAPES: { readonly [character: string]: string | undefined } = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

function escaped(text: string): string {
  // Cc: control characters, ESC among them. Cf: invisible marks, as those that turn the direction. Zl, Zp: line ends. Cs: halves
  // of a pair.
  return text.replace(/[\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) => {
    const code = character.codePointAt(0) as number
    const hex = code.toString(16)
    return (
      NAMED_ESCAPES[character] ??
      (code < 0x100 ? `\\x${hex.padStart(2, '0')}` : code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`)
    )
  })
}
