import { SpecError } from '../spec/spec-error.js'

const secondsIn: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 }
const bytesIn: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
}

/**
 * A duration such as `60s`, `5m`, `1.5h`, `500ms`, or a number of seconds, in seconds.
 *
 * @throws SpecError that names the flag.
 */
export function parseSeconds(flag: string, text: string): number {
  return parseQuantity(text, secondsIn, 's') ?? refuse(flag, text, 'a duration such as 60s, 5m, 500ms, or a number of seconds')
}

/**
 * A size such as `2GB`, `512MB`, `1GiB`, or a number of bytes, in bytes.
 *
 * @throws SpecError that names the flag.
 */
export function parseBytes(flag: string, text: string): number {
  const bytes = parseQuantity(text, bytesIn, 'b')
  return bytes === undefined ? refuse(flag, text, 'a size such as 2GB, 512MB, 1GiB, or a number of bytes') : Math.round(bytes)
}

/**
 * A whole number of at least `min`, such as `1000000`, `1_000_000` or `1e6`.
 *
 * @throws SpecError that names the flag.
 */
export function parseCount(flag: string, text: string, min: number): number {
  const digits = text.replaceAll('_', '')
  const count = /^\d+(?:e\d+)?$/i.test(digits) ? Number(digits) : Number.NaN
  return Number.isSafeInteger(count) && count >= min ? count : refuse(flag, text, `a whole number, ${min} or more`)
}

function parseQuantity(text: string, units: Readonly<Record<string, number>>, plain: string): number | undefined {
  const [, digits, unit = ''] = text.trim().match(/^(\d+(?:\.\d+)?|\.\d+) ?([a-z]*)$/i) ?? []
  const factor = units[unit === '' ? plain : unit.toLowerCase()]
  const value = Number(digits) * (factor ?? Number.NaN)
  return value > 0 && Number.isFinite(value) ? value : undefined
}

function refuse(flag: string, text: string, wanted: string): never {
  throw new SpecError(`--${flag} cannot be '${text}'`, { hint: `it must be ${wanted}` })
}
