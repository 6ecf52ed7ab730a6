import type { Result } from '../check/result.js'
import { printable } from './text.js'

/** Characters that no POSIX shell treats specially. */
const BARE = /^[\w./:=@%+,-]+$/

/** A word as a POSIX shell reads it back unchanged. */
export function shellQuoted(word: string): string {
  return BARE.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/**
 * The command that checks the same spec with the same parameters again, or `undefined` when the spec was not loaded from a
 * file.
 */
export function checkCommand(result: Result): string | undefined {
  if (result.file === null) return undefined
  const file = result.file.startsWith('-') ? `./${result.file}` : result.file
  const words = ['faultline', 'check', file]
  if (result.mutant !== null) words.push('--mutant', result.mutant)
  for (const [name, value] of Object.entries(result.parameters)) words.push('--set', `${name}=${String(value)}`)
  return printable(words.map(shellQuoted).join(' '))
}
