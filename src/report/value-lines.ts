import { formatValue } from '../values/format.js'
import type { Json } from '../values/json.js'
import { isEnvelope, isList, jsonText } from './json-text.js'
import type { Paint } from './paint.js'
import { grouped, indented, printable } from './text.js'

/** Beyond so many items of one collection a terminal shows the count of the rest. */
const ITEMS_MAX = 100

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u

/** How a value is laid out. */
export interface Layout {
  /** Columns there are for the lines. */
  readonly width: number
  readonly paint: Paint
}

/** `label: value` on one line where that fits into the width, else the label and the value's parts nested below it. */
export function valueLines(label: string, value: Json, { width, paint }: Layout): string[] {
  const flat = jsonText(value)
  const head = label === '' ? '' : `${paint.dim(`${label}:`)} `
  if (!hasParts(value) || label.length + 2 + flat.length <= width) return [head + flat]
  const parts = partLines(value, { width: width - 2, paint })
  return label === '' ? parts : [paint.dim(`${label}:`), ...indented(parts, 2)]
}

/** The parts of a record or a list, each on lines of its own; several short items of a list share a line. */
export function partLines(value: Json, layout: Layout): string[] {
  if (!hasParts(value)) return [jsonText(value)]
  const lines = isList(value)
    ? itemLines(value.slice(0, ITEMS_MAX), layout)
    : Object.entries(value)
        .slice(0, ITEMS_MAX)
        .flatMap(([key, part]) => valueLines(keyText(key), part, layout))
  const rest = (isList(value) ? value.length : Object.keys(value).length) - ITEMS_MAX
  return rest > 0 ? [...lines, layout.paint.dim(`… ${grouped(rest)} more`)] : lines
}

/** A path from the state's root as one would write it in TypeScript: `rm.rm1`, `log[2].term`, `votes['rm 1']`. */
export function pathText(path: readonly Json[]): string {
  if (path.length === 0) return 'state'
  return path
    .map((part, index) => {
      if (typeof part === 'string' && IDENTIFIER.test(part)) return index === 0 ? part : `.${part}`
      return `[${formatValue(part)}]`
    })
    .join('')
}

function itemLines(items: readonly Json[], layout: Layout): string[] {
  const lines: string[] = []
  let line = ''
  const flush = () => {
    if (line !== '') lines.push(line)
    line = ''
  }
  for (const item of items) {
    const flat = jsonText(item)
    if (flat.length > layout.width && hasParts(item)) {
      flush()
      const [first = '', ...others] = partLines(item, { ...layout, width: layout.width - 2 })
      lines.push(`- ${first}`, ...indented(others, 2))
    } else if (line === '') line = flat
    else if (line.length + 3 + flat.length <= layout.width) line += `, ${flat}`
    else {
      lines.push(`${line},`)
      line = flat
    }
  }
  flush()
  return lines
}

function keyText(key: string): string {
  return IDENTIFIER.test(key) ? printable(key) : formatValue(key)
}

function hasParts(value: Json): value is readonly Json[] | { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0 && !isEnvelope(value)
}
