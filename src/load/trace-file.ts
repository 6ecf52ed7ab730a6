import type { FaultOverrides } from '../spec/protocol-network.js'
import { SpecError } from '../spec/spec-error.js'
import type { Trace } from '../trace/walk.js'
import type { Json } from '../values/json.js'

/** A trace to replay, and what is known of where it comes from. */
export interface LoadedTrace {
  readonly trace: Trace
  /** The property that it is about, as far as it says. */
  readonly property: string | undefined
  /** The check that found it, where it is read from a result. */
  readonly origin: TraceOrigin | undefined
}

/** What a check was made with. */
export interface TraceOrigin {
  readonly spec: string
  readonly mutant: string | null
  readonly parameters: { readonly [name: string]: Json }
  readonly faults: FaultOverrides | undefined
}

type Fields = { readonly [field: string]: unknown }

/**
 * The trace in a JSON text: a counterexample, anything else with `steps`, or what `--reporter json` printed.
 *
 * @param name - of the text, for errors.
 * @param property - which behaviour of a result, or of several, is wanted. Default: the first counterexample, else the first witness.
 * @throws SpecError when the text holds no trace.
 */
export function parseTrace(text: string, name: string, property?: string): LoadedTrace {
  const value = parsed(text, name)
  const results = (Array.isArray(value) ? value : [value]).filter(isResult)
  if (results.length === 0) return { trace: traceOf(value, name), property: textAt(value, 'property'), origin: undefined }
  for (const group of ['counterexamples', 'witnesses'])
    for (const result of results)
      for (const behaviour of listAt(result, group))
        if (property === undefined || textAt(behaviour, 'property') === property)
          return { trace: traceOf(behaviour, name), property: textAt(behaviour, 'property'), origin: originOf(result) }
  throw new SpecError(`${name} is a result without ${property === undefined ? 'any behaviour' : `a behaviour to ${property}`}`, {
    hint: 'replay a result that has a counterexample, or a trace: { "steps": [{ "action": "...", "args": [] }] }',
  })
}

function parsed(text: string, name: string): unknown {
  if (text.trim() === '')
    throw new SpecError(`${name} is empty`, {
      hint: 'name a file with a trace, or pipe one in: faultline replay specs/my-protocol.ts trace.json',
    })
  try {
    // Editors and shells of Windows put a byte order mark first.
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    throw new SpecError(`${name} is not JSON: ${error instanceof Error ? error.message : String(error)}`, {
      hint: 'a trace is JSON: { "steps": [{ "action": "...", "args": [] }] }',
    })
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isResult(value: unknown): value is Fields {
  return isFields(value) && value.schema === 'faultline.result/1'
}

function listAt(result: Fields, field: string): readonly unknown[] {
  const list = result[field]
  return Array.isArray(list) ? list : []
}

function textAt(value: unknown, field: string): string | undefined {
  const text = isFields(value) ? value[field] : undefined
  return typeof text === 'string' ? text : undefined
}

function originOf(result: Fields): TraceOrigin {
  const overrides = isFields(result.faults) ? result.faults.overrides : null
  return {
    spec: textAt(result, 'spec') ?? '',
    mutant: textAt(result, 'mutant') ?? null,
    parameters: (isFields(result.parameters) ? result.parameters : {}) as TraceOrigin['parameters'],
    faults: overrides === null ? undefined : (overrides as FaultOverrides),
  }
}

function traceOf(value: unknown, name: string): Trace {
  const steps: unknown = isFields(value) ? value.steps : undefined
  if (!Array.isArray(steps))
    throw new SpecError(`${name} holds no trace: it has no \`steps\``, {
      hint: 'a trace is a counterexample of a result, or written by hand: { "steps": [{ "action": "...", "args": [] }] }',
    })
  const initial = isFields(value) ? value.initial : undefined
  return {
    steps: steps.map((step, at) => stepOf(step, `step ${at + 1} of ${name}`)),
    ...(initial === undefined ? {} : { initial: initial as Json }),
  }
}

function stepOf(step: unknown, name: string): Trace['steps'][number] {
  const wrong = (what: string) => new SpecError(`${name} ${what}`, { hint: 'write { "action": "...", "args": [...] }' })
  if (!isFields(step)) throw wrong('is not an object')
  const { action, args = [], outcome } = step
  if (typeof action !== 'string') throw wrong('has no `action`')
  if (!Array.isArray(args)) throw wrong('has `args` that are not an array')
  if (outcome !== undefined && typeof outcome !== 'number') throw wrong('has an `outcome` that is not a number')
  return { action, args: args as readonly Json[], ...(outcome === undefined ? {} : { outcome }) }
}
