import type { Argv, CommandModule } from 'yargs'

/** `faultline init`; hands the directory to write to to `run`. */
export function initCommand(run: (directory: string) => never): CommandModule {
  return {
    command: 'init [directory]',
    describe: 'Write a small commented spec and its test, to start from',
    builder: (yargs: Argv) =>
      yargs
        .positional('directory', { type: 'string', default: '.', describe: 'The root of a project' })
        .example('$0 init', 'writes specs/mutex.ts and test/mutex.test.ts'),
    handler: (args) => run(String(args.directory)),
  }
}
