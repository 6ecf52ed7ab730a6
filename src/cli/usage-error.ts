import { nearest } from '../spec/nearest.js'
import { SpecError } from '../spec/spec-error.js'

const commands = ['check', 'replay', 'init', 'completion']
const globalFlags = ['help', 'version']

/**
 * What yargs has against the arguments, in our words: what is wrong, what is close to it, where to read on.
 *
 * @param flagsOf - the flags of each command that has some.
 */
export function usageError(
  message: string,
  args: readonly string[],
  flagsOf: Readonly<Record<string, readonly string[]>>,
): SpecError {
  const command = args.find((arg) => !arg.startsWith('-'))
  if (command === undefined)
    return new SpecError('no command given', { hint: 'faultline check <spec file> checks a spec; faultline --help says more' })
  if (!commands.includes(command)) return unknownCommand(command)
  const unknown = message.match(/^Unknown arguments?: ([^,]+)/)?.[1]
  if (unknown !== undefined) return unknownArgument(command, unknown, flagsOf[command] ?? [])
  if (/^Not enough non-option arguments/.test(message))
    return new SpecError('no spec file given', { hint: `name one: faultline ${command} specs/my-protocol.ts` })
  const lacking = message.match(/^Not enough arguments following: (\S+)/)?.[1]
  if (lacking !== undefined) return new SpecError(`--${lacking} needs a value`, { hint: helpFor(command) })
  const invalid = message.match(/Argument: (\S+), Given: (.+), Choices: (.+)/)
  if (invalid !== null)
    return new SpecError(`--${invalid[1]} cannot be ${invalid[2]}`, { hint: `it must be one of ${invalid[3]}` })
  return new SpecError(message, { hint: helpFor(command) })
}

function unknownCommand(command: string): SpecError {
  const looksLikeFile = /[./\\]/.test(command)
  return new SpecError(`no such command: ${command}`, {
    hint: looksLikeFile
      ? `to check a spec file write: faultline check ${command}`
      : nearest(command, commands, {
          found: (other) => `did you mean faultline ${other}?`,
          none: (all) => `the commands are ${all.join(', ')}`,
        }),
  })
}

function unknownArgument(command: string, name: string, flags: readonly string[]): SpecError {
  const dashes = name.length === 1 ? '-' : '--'
  return new SpecError(`no such flag: ${dashes}${name}`, {
    hint: nearest(name, [...flags, ...globalFlags], {
      found: (other) => `did you mean --${other}?`,
      none: () => helpFor(command),
    }),
  })
}

function helpFor(command: string): string {
  return `faultline ${command} --help lists what it takes`
}
