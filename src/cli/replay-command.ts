import type { Argv, CommandModule } from 'yargs'
import type { FaultOverrides } from '../spec/protocol-network.js'
import { parseFaults } from './faults-flag.js'
import { type FlagValue, list, once } from './flag-values.js'
import type { Selection } from './targets.js'

/** What `faultline replay` is asked to do. */
export interface ReplayRequest {
  /** The spec's file. */
  readonly file: string
  /** The file with the trace; `undefined` for stdin. */
  readonly trace: string | undefined
  readonly selection: Selection
  readonly faults: FaultOverrides | undefined
  readonly property: string | undefined
  readonly reporter: (typeof reporters)[number]
}

const reporters = ['pretty', 'json'] as const

const text = { type: 'string', requiresArg: true } as const

const flags = {
  set: { ...text, array: true, describe: 'Set a parameter, as name=value (repeatable)' },
  spec: { ...text, describe: 'Replay on this export or spec (default: the default export)' },
  mutant: { ...text, describe: 'Replay on a mutant of the spec' },
  faults: { ...text, describe: 'The fault budgets that the trace was found with, where they were not those of the spec' },
  property: { ...text, describe: 'The property that matters (default: that of the trace, else the one violated first)' },
  reporter: { ...text, choices: reporters, describe: 'The form of the result on stdout (default: pretty)' },
} as const

/** What `faultline replay` takes. */
export const replayFlags: readonly string[] = Object.keys(flags)

type Flags = { readonly [K in keyof typeof flags]?: FlagValue }

/** `faultline replay`; hands what it is asked to do to `run`. */
export function replayCommand(run: (request: ReplayRequest) => never): CommandModule {
  return {
    command: 'replay <file> [trace]',
    describe: 'Run a behaviour again, step by step, and say which steps the violation needs',
    builder: (yargs: Argv) =>
      yargs
        .positional('file', { type: 'string', describe: 'A spec file' })
        .positional('trace', { type: 'string', describe: 'A trace or a result as JSON (default: what comes on stdin)' })
        .options(flags)
        .example('$0 replay specs/mutex.ts trace.json', 'what a report saved')
        .example('$0 check FILE --reporter json | $0 replay FILE', 'the first counterexample of a result')
        .epilogue(
          'A trace is a counterexample, or written by hand: { "steps": [{ "action": "enter", "args": ["p1"] }] }.\n' +
            'A result says which mutant, parameters and faults it was found with; --spec, --set or --mutant say it anew.\n\n' +
            'Exit codes: 0 nothing is violated; 1 a property is; 2 an error, also where a step is not enabled.',
        ),
    handler: (args) => {
      const { file, trace } = args as { readonly file?: string; readonly trace?: string }
      run(requestFrom(String(file), trace, args as Flags))
    },
  }
}

function requestFrom(file: string, trace: string | undefined, args: Flags): ReplayRequest {
  const faults = once('faults', args.faults)
  return {
    file,
    trace,
    selection: { specs: list(once('spec', args.spec)), set: list(args.set), mutant: once('mutant', args.mutant) },
    faults: faults === undefined ? undefined : parseFaults(faults),
    property: once('property', args.property),
    reporter: reporters.find((name) => name === once('reporter', args.reporter)) ?? 'pretty',
  }
}
