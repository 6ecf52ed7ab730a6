import type { Argv, CommandModule } from 'yargs'
import type { CheckOptions } from '../check/result.js'
import { type ReporterName, reporterNames } from '../report/reporters.js'
import { SpecError } from '../spec/spec-error.js'
import { parseFaults } from './faults-flag.js'
import { type FlagValue, list, once } from './flag-values.js'
import { parseBytes, parseCount, parseSeconds } from './quantities.js'
import type { Selection } from './targets.js'

/** What `faultline check` is asked to do. */
export interface CheckRequest {
  /** Files, globs and directories. */
  readonly files: readonly string[]
  readonly selection: Selection
  readonly options: Pick<CheckOptions, 'continue' | 'faults' | 'minimize' | 'maxStates' | 'maxDepth' | 'maxSeconds' | 'maxBytes'>
  /** Whether to check every spec and all its mutants against what they declare as `expected`. */
  readonly expected: boolean
  readonly reporter: ReporterName
  /** The file to write an HTML report to, if any. */
  readonly report: string | undefined
  readonly watch: boolean
}

const minimized = ['faults', 'steps'] as const

const text = { type: 'string', requiresArg: true } as const

const flags = {
  set: { ...text, array: true, describe: 'Set a parameter, as name=value (repeatable)' },
  spec: {
    ...text,
    array: true,
    describe: 'Check this export or spec, or all (default: the default export, or all where there is none)',
  },
  mutant: { ...text, describe: 'Check a mutant of the spec, or all of them' },
  faults: {
    ...text,
    describe: 'What the environment may do, instead of what the spec says: crash=1,drop=any, crash.server=1, total=2, or none',
  },
  minimize: {
    ...text,
    choices: minimized,
    describe: 'What a counterexample has least of: faults, then steps (the default); or steps alone',
  },
  'max-states': { ...text, describe: 'Stop after this many distinct states' },
  'max-depth': { ...text, describe: 'Go no further than this many steps from an initial state' },
  'max-time': { ...text, describe: 'Stop after this long: 60s, 5m, 500ms, or a number of seconds' },
  'max-memory': { ...text, describe: 'Stop at this much memory: 2GB, 512MB, or a number of bytes' },
  continue: { type: 'boolean', describe: 'Go on after a violation, to a counterexample for every property' },
  expected: {
    type: 'boolean',
    describe: 'Check every spec and all its mutants against what they declare as expected, as one table',
  },
  reporter: { ...text, choices: reporterNames, describe: 'The form of the result on stdout (default: pretty)' },
  report: { ...text, describe: 'Write an HTML report too, to this file' },
  watch: { type: 'boolean', describe: 'Check again whenever the spec or a file that it imports changes' },
} as const

/** What `faultline check` takes. */
export const checkFlags: readonly string[] = Object.keys(flags)

const limitFlags = [
  { flag: 'max-states', option: 'maxStates', parse: (flag: string, value: string) => parseCount(flag, value, 1) },
  { flag: 'max-depth', option: 'maxDepth', parse: (flag: string, value: string) => parseCount(flag, value, 0) },
  { flag: 'max-time', option: 'maxSeconds', parse: parseSeconds },
  { flag: 'max-memory', option: 'maxBytes', parse: parseBytes },
] as const

type Flags = { readonly [K in keyof typeof flags]?: FlagValue }

/** `faultline check`; hands what it is asked to do to `run`. */
export function checkCommand(run: (request: CheckRequest) => never): CommandModule {
  return {
    command: 'check <files..>',
    describe: 'Explore every behaviour of a spec and look for a shortest counterexample',
    builder: (yargs: Argv) =>
      yargs
        .positional('files', { type: 'string', array: true, describe: 'Spec files, quoted globs, or directories' })
        .options(flags)
        .example('$0 check specs/mutex.ts', 'the default export')
        .example('$0 check specs/mutex.ts --mutant all', 'every broken variant in turn')
        .example('$0 check specs --expected', 'every spec and mutant, against what it expects')
        .example('$0 check specs/mutex.ts --reporter json', 'the result as data')
        .example('$0 check specs/mutex.ts --report mutex.html', 'a page that shows every step')
        .example("$0 check specs 'specs/*.ts' --max-time 5m", 'every spec of a folder and of a glob')
        .example('$0 check FILE --set nodes=3', 'with another parameter')
        .example('$0 check FILE --faults crash=1,drop=1', 'with at most one crash and one lost message')
        .epilogue(
          'specs/mutex.ts is what `faultline init` writes.\n\n' +
            'Exit codes: 0 holds, also within limits that you set; 1 violated; 2 an error in usage or\n' +
            'spec; 3 incomplete by a limit that you did not set; 130 interrupted.\n' +
            'With --expected: 0 all as expected; 1 something differs.\n' +
            'Several checks: the worst of 2, 1, 3, 0.',
        ),
    handler: (args) => run(requestFrom(args.files as readonly string[], args as Flags)),
  }
}

/** What `expected` is about: the spec as it is declared, and the plain shortest counterexample. */
const notWithExpected = ['set', 'faults', 'minimize', 'continue'] as const

function requestFrom(files: readonly string[], args: Flags): CheckRequest {
  const changing = args.expected === true ? notWithExpected.find((flag) => args[flag] !== undefined) : undefined
  if (changing !== undefined)
    throw new SpecError(`--expected is about specs as they are declared, and --${changing} makes another check of them`, {
      hint: `leave out one of the two`,
    })
  const limits: { maxStates?: number; maxDepth?: number; maxSeconds?: number; maxBytes?: number } = {}
  for (const { flag, option, parse } of limitFlags) {
    const value = once(flag, args[flag])
    if (value !== undefined) limits[option] = parse(flag, value)
  }
  const faults = once('faults', args.faults)
  const minimize = minimized.find((name) => name === once('minimize', args.minimize))
  return {
    files,
    selection: { specs: list(args.spec), set: list(args.set), mutant: once('mutant', args.mutant) },
    options: {
      continue: args.continue === true,
      ...limits,
      ...(faults === undefined ? {} : { faults: parseFaults(faults) }),
      ...(minimize === undefined ? {} : { minimize }),
    },
    expected: args.expected === true,
    reporter: reporterNames.find((name) => name === once('reporter', args.reporter)) ?? 'pretty',
    report: once('report', args.report),
    watch: args.watch === true,
  }
}
