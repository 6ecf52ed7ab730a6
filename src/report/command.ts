import { parse } from 'node:path'
import type { Result } from '../check/result.js'
import type { FaultOverrides } from '../spec/protocol-network.js'
import type { Counterexample } from '../trace/counterexample.js'
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
  const budgets = Object.entries(overrides).map(([kind, count]) => `${kind}=${count === true ? 'any' : count}`)
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
  const words = ['faultline', 'check', ...specWords(result.file, parts), ...faultWords(result)]
  if (result.faults.minimize === 'steps') words.push('--minimize', 'steps')
  if (result.properties.filter(failed).length > 1) words.push('--continue')
  return printable(words.map(shellQuoted).join(' '))
}

/**
 * The command that replays a behaviour of a result, to be pasted into a POSIX shell as it is: the behaviour is in it. `undefined` when the spec was not
 * loaded from a file.
 *
 * @param parts - default: as much as the result alone makes necessary.
 */
export function replayCommand(result: Result, behaviour: Counterexample, parts = partsOf(result)): string | undefined {
  if (result.file === null) return undefined
  const words = ['faultline', 'replay', ...specWords(result.file, parts), ...faultWords(result)]
  const { property, initial } = behaviour
  const steps = behaviour.steps.map(({ action, args, outcome }) => ({
    action,
    args,
    ...(outcome === undefined ? {} : { outcome }),
  }))
  // One line of JSON holds no line end, so it cannot be the one that ends the text.
  return `${printable(words.map(shellQuoted).join(' '))} <<'END'\n${JSON.stringify({ property, initial, steps })}\nEND`
}

function specWords(file: string, { spec, mutant, parameters }: CommandParts): string[] {
  const words = [file.startsWith('-') ? `./${file}` : file]
  if (spec !== null) words.push('--spec', spec)
  if (mutant !== null) words.push('--mutant', mutant)
  for (const [name, value] of Object.entries(parameters)) words.push('--set', `${name}=${String(value)}`)
  return words
}

function faultWords({ faults: { overrides } }: Result): string[] {
  return overrides === null ? [] : ['--faults', faultsText(overrides)]
}

function partsOf({ file, spec, mutant, parameters }: Result): CommandParts {
  // A file may export several specs, and without --spec its default one is checked: by custom the one that the file is named after.
  return { spec: parse(file ?? '').name === spec ? null : spec, mutant, parameters }
}
