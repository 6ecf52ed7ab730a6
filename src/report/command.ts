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

/** How a command names one check of a file. A result does not tell what its file's default export is, nor the defaults of parameters. */
export interface CommandParts {
  /** What `--spec` says; `null` where the file alone picks this spec. */
  readonly spec: string | null
  /** What `--mutant` says, if anything. */
  readonly mutant: string | null
  /** The parameters to set: those that are not at their defaults. */
  readonly parameters: Result['parameters']
}

/**
 * The command that shows what a result says is violated again: the same spec, mutant, parameters and faults, without limits; or `undefined` when the spec was not loaded from a
 * file.
 *
 * @param parts - default: as much as the result alone makes necessary.
 */
export function checkCommand(result: Result, parts = partsOf(result)): string | undefined {
  if (result.file === null) return undefined
  const file = result.file.startsWith('-') ? `./${result.file}` : result.file
  const words = ['faultline', 'check', file]
  if (parts.spec !== null) words.push('--spec', parts.spec)
  if (parts.mutant !== null) words.push('--mutant', parts.mutant)
  for (const [name, value] of Object.entries(parts.parameters)) words.push('--set', `${name}=${String(value)}`)
  const { overrides, minimize } = result.faults
  if (overrides !== null) words.push('--faults', faultsText(overrides))
  if (minimize === 'steps') words.push('--minimize', minimize)
  if (result.properties.filter(failed).length > 1) words.push('--continue')
  return printable(words.map(shellQuoted).join(' '))
}

function partsOf({ file, spec, mutant, parameters }: Result): CommandParts {
  // A file may export several specs, and without --spec its default one is checked: by custom the one that the file is named after.
  return { spec: parse(file ?? '').name === spec ? null : spec, mutant, parameters }
}
