import yargs from 'yargs'
import { version } from '../report/version.js'
import { SpecError } from '../spec/spec-error.js'
import { checkCommand, checkFlags } from './check-command.js'
import { end, endWhenUnread, exitWith, refuseOtherEnds } from './ending.js'
import { type ExitCode, exitCodes } from './exit-code.js'
import { initCommand } from './init-command.js'
import { replayCommand, replayFlags } from './replay-command.js'
import { isColored } from './terminal.js'
import { usageError } from './usage-error.js'

/** What is left to do once the arguments are understood. Loaded only then: a quick check should not pay for what it does not use. */
type Work = () => Promise<ExitCode>

/** Thrown by the handler of a command that is understood: where a handler returns, yargs lays out its help, which nobody asked for and takes longer than all else here. */
class Understood {
  readonly work: Work

  constructor(work: Work) {
    this.work = work
  }
}

const flagsOf: Readonly<Record<string, readonly string[]>> = { check: checkFlags, replay: replayFlags }

endWhenUnread()
refuseOtherEnds()
// Without this a spec that waits for ever while it loads would end the process with 0, as if it held.
process.once('beforeExit', () => {
  process.stderr.write(
    `error: nothing is left to wait for, and the work is not done\n  a top-level await of the spec never settles\n`,
  )
  end(exitCodes.error)
})
await exitWith(await main(process.argv.slice(2)))

async function main(args: readonly string[]): Promise<ExitCode> {
  try {
    const work = await parse(withFilesOnly(args))
    return work === undefined ? exitCodes.holds : await work()
  } catch (error) {
    const { formatError } = await import('../report/error.js')
    process.stderr.write(`${formatError(error, { color: isColored(process.stderr), cwd: process.cwd() })}\n`)
    return exitCodes.error
  }
}

/** yargs loses what stands behind `--`, and a `-`: here the one names files, whatever they begin with, the other nothing that can be read. */
function withFilesOnly(args: readonly string[]): readonly string[] {
  const at = args.indexOf('--')
  const [flags, files] = at < 0 ? [args, []] : [args.slice(0, at), args.slice(at + 1)]
  if (flags.includes('-'))
    throw new SpecError('- is not a spec file: a spec is not read from stdin', {
      hint: 'name a file: faultline check specs/my-protocol.ts',
    })
  return [...flags, ...files.map((file) => (file.startsWith('-') ? `./${file}` : file))]
}

async function parse(args: readonly string[]): Promise<Work | undefined> {
  const check = checkCommand((request) => {
    throw new Understood(async () => (await import('./run-check.js')).runCheck(request))
  })
  const replay = replayCommand((request) => {
    throw new Understood(async () => (await import('./run-replay.js')).runReplay(request))
  })
  const init = initCommand((directory) => {
    throw new Understood(async () => (await import('./run-init.js')).runInit(directory))
  })
  const parser = yargs([...args])
    .scriptName('faultline')
    .usage('$0 <command>\n\nA model checker for protocol specs written as pure TypeScript functions.')
    .detectLocale(false)
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'greedy-arrays': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
    .command([check, replay, init])
    .completion('completion', 'Print a script that completes commands and flags in bash or zsh')
    .strict()
    .demandCommand(1)
    .version(version())
    .alias({ help: 'h' })
    .wrap(Math.min(process.stdout.columns || 100, 120))
    .exitProcess(false)
    .fail((message, error) => {
      throw error === undefined || error.name === 'YError' ? usageError(message ?? error.message, args, flagsOf) : error
    })
  try {
    await parser.parseAsync()
    return undefined
  } catch (thrown) {
    if (thrown instanceof Understood) return thrown.work
    throw thrown
  }
}
