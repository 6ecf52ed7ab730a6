import { formatValue } from '../values/format.js'

/** Control and format characters, line separators, lone surrogates: what could move a terminal's cursor or break a log line. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/** A user's text on one line and safe for a terminal, a log or XML: unprintable characters are escaped as in a value. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => formatValue(character).slice(1, -1))
}

/** `1 step`, `1,204 steps`. */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** A whole number with its thousands apart: `1,204,332`. */
export function grouped(count: number): string {
  // Not `toLocaleString`: its first call loads the rules of a language, which takes as long as a small check.
  return count.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** A rate or a big count in three or four digits: `970k`, `1.2M`. */
export function rounded(count: number): string {
  if (count < 10_000) return grouped(count)
  if (count < 999_500) return `${grouped(count / 1_000)}k`
  return count < 99_950_000 ? `${(count / 1_000_000).toFixed(1)}M` : `${grouped(count / 1_000_000)}M`
}

/** A duration: `0.02 s`, `12.4 s`, `3 min 12 s`. */
export function duration(seconds: number): string {
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`
  if (seconds < 119.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  return `${grouped(Math.floor(whole / 60))} min ${whole % 60} s`
}

/** `text` broken between words into lines of at most `width`, every line after the first indented by two spaces. */
export function wrapped(text: string, width: number): string[] {
  return filled(text.split(' '), width)
}

/** `head: one, two, three`, broken between the items into lines of at most `width`; nothing where there are no items. */
export function wrappedList(head: string, items: readonly string[], width: number): string[] {
  if (items.length === 0) return []
  return filled([`${head}:`, ...items.map((item, index) => (index < items.length - 1 ? `${item},` : item))], width)
}

function filled([first = '', ...words]: readonly string[], width: number): string[] {
  const lines: string[] = []
  let line = first
  for (const word of words) {
    if (line.length + 1 + word.length <= width) line += ` ${word}`
    else {
      lines.push(line)
      line = `  ${word}`
    }
  }
  return [...lines, line]
}

/** Every line indented by `spaces`. */
export function indented(lines: readonly string[], spaces: number): string[] {
  const margin = ' '.repeat(spaces)
  return lines.map((line) => (line === '' ? '' : margin + line))
}
