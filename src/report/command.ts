import { parse } from 'node:path'
import type { Result } from '../check/result.js'
import type { FaultOverrides } from '../spec/protocol-network.js'
import { failed } from './property-text.js'
import { printable } from './text.js'

/** Characters that no POSIX shell treats specially. */
const BARE = /^[\w./:=@%+,-]+$/

/** A word as a POSIX shell reads it back unchanged. */
export function shellQuoted(word: string): string {
  return BARE.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/** Budgets as `--faults` takes them. */
function faultsText(overrides: FaultOverrides): string {
  if (overrides === 'none') return overrides
  const budgets = Object.entries(overrides).map(([kind, count]) => `${kind}=${count}`)
  return budgets.length > 0 ? budgets.join(',') : 'none'
}

/**
 * The command that shows what a result says is violated again: the same spec, mutant, parameters and faults, without limits; or `undefined` when the spec was not loaded from a
 * file.
 */
export function checkCommand(result: Result): string | undefined {
  if (result.file === null) return undefined
  const file = result.file.startsWith('-') ? `./${result.file}` : result.file
  const words = ['faultline', 'check', file]
  // A file may export several specs, and without --spec its default one is checked: by custom the one that the file is named after.
  if (parse(result.file).name !== result.spec) words.push('--spec', result.spec)
  if (result.mutant !== null) words.push('--mutant', result.mutant)
  for (const [name, value] of Object.entries(result.parameters)) words.push('--set', `${name}=${String(value)}`)
  const { overrides, minimize } = result.faults
  if (overrides !== null) words.push('--faults', faultsText(overrides))
  if (minimize === 'steps') words.push('--minimize', minimize)
  if (result.properties.filter(failed).length > 1) words.push('--continue')
  return printable(words.map(shellQuoted).join(' '))
}
