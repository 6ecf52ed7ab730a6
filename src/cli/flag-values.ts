import { SpecError } from '../spec/spec-error.js'

/** What yargs makes of a flag: a list where it is given more than once. */
export type FlagValue = string | readonly string[] | boolean | undefined

/** The texts given for a flag that may be repeated. */
export function list(value: FlagValue): readonly string[] {
  return value === undefined || typeof value === 'boolean' ? [] : typeof value === 'string' ? [value] : value
}

/**
 * The text given for a flag, if any.
 *
 * @throws SpecError when it is given more than once.
 */
export function once(flag: string, value: FlagValue): string | undefined {
  const [first, ...others] = list(value)
  if (others.length > 0) throw new SpecError(`--${flag} is given ${others.length + 1} times`, { hint: 'give it once' })
  return first
}
