import { fileURLToPath } from 'node:url'
import { ownPackage } from '../spec/own-package.js'
import { SpecError } from '../spec/spec-error.js'
import { formatValue } from '../values/format.js'
import { type Json, toJson } from '../values/json.js'

/** An error instead of a result: the object that the JSON reporters print. Its keys are a contract. */
export interface ErrorReport {
  readonly schema: 'faultline.error/1'
  /** The spec's name, or `null` when the file did not get so far. */
  readonly spec: string | null
  /** The file as given, or `null` when the error is not about one. */
  readonly file: string | null
  readonly mutant: string | null
  readonly error: {
    /** What is wrong. */
    readonly message: string
    /** What to do about it. */
    readonly hint: string | null
    /** Place in the user's source, as `file:line:column`. */
    readonly site: string | null
    /** Path of the offending value from the state's root. */
    readonly path: readonly string[] | null
    /** The state in which it happened. */
    readonly state: Json
    /** The user's own stack frames, innermost first, as `function (file:line:column)`. */
    readonly stack: readonly string[]
  }
}

/** What was being checked when an error came up. */
export interface ErrorOrigin {
  readonly spec?: string | null
  readonly file?: string | null
  readonly mutant?: string | null
}

/** What is to be told about an error, as data. Takes anything that can be thrown. */
export function errorReport(error: unknown, { spec = null, file = null, mutant = null }: ErrorOrigin = {}): ErrorReport {
  const stack = innermostFrames(error)
  const details = error instanceof SpecError ? error : undefined
  const innermost = stack[0]?.match(/\(?([^()]+:\d+:\d+)\)?$/)?.[1]
  return {
    schema: 'faultline.error/1',
    spec,
    file,
    mutant,
    error: {
      message: messageOf(error),
      hint: details?.hint ?? null,
      site: details?.site ?? innermost ?? null,
      path: details?.path ?? null,
      state: details?.state === undefined ? null : toJson(details.state),
      stack,
    },
  }
}

/** Of an error and its causes, the frames of the innermost that has some: what the user's own function threw tells more than where we noticed it. */
function innermostFrames(error: unknown, depth = 0): string[] {
  // Causes may go round in a circle.
  const inner = error instanceof Error && depth < 20 ? innermostFrames(error.cause, depth + 1) : []
  return inner.length > 0 ? inner : userFrames(error)
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return `${formatValue(error)} was thrown, which is not an Error`
  if (error.message === '') return error.name
  return error instanceof SpecError || error.name === 'Error' ? error.message : `${error.name}: ${error.message}`
}

const PACKAGE = fileURLToPath(ownPackage)
const OWN_FOLDERS = ['src/', 'dist/', 'bin/'].map((folder) => PACKAGE + folder)

function userFrames(error: unknown): string[] {
  if (!(error instanceof Error) || typeof error.stack !== 'string') return []
  return error.stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim().slice('at '.length).replaceAll('file://', ''))
    .filter((frame) => /:\d+:\d+\)?$/.test(frame))
    .filter(
      (frame) => !frame.includes('node:') && !frame.includes('node_modules') && !OWN_FOLDERS.some((own) => frame.includes(own)),
    )
}
