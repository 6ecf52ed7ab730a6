import { exemptionsOf } from '../check/exemptions.js'
import { nearest } from '../spec/nearest.js'
import type { FaultOverrides } from '../spec/protocol-network.js'
import type { Spec } from '../spec/spec.js'
import { SpecError } from '../spec/spec-error.js'
import { annotate } from '../trace/annotate.js'
import type { StepNotes } from '../trace/annotation.js'
import type { Counterexample } from '../trace/counterexample.js'
import { behaviourFor, decidedAt, type Followed, follow } from '../trace/follow.js'
import type { Trace } from '../trace/walk.js'
import { type Json, toJson } from '../values/json.js'

/** What a replay shows: the object that `faultline replay --reporter json` prints. */
export interface ReplayReport extends Followed {
  readonly schema: 'faultline.replay/1'
  readonly spec: string
  /** The spec's file as given. */
  readonly file: string
  readonly mutant: string | null
  readonly parameters: { readonly [name: string]: Json }
  /** Budgets of faults that replaced those of the spec; `null` where none did. */
  readonly faults: FaultOverrides | null
  /** The properties that the behaviour violates, in the order in which it does. */
  readonly violated: readonly string[]
  /** Those that it violates too, and that the spec expects to be false. */
  readonly violatedAsExpected: readonly string[]
  /** The property that the replay is about: the one asked for, else the one violated first; `null` where there is neither. */
  readonly property: string | null
  /** The behaviour up to where that property is violated (a `sometimes`: true); `null` where it never is. */
  readonly behaviour: Counterexample | null
  /** Where that property is written, as `file:line:column`, when known. */
  readonly site: string | null
  /** For each step of that behaviour, which steps it needed, and whether it is essential. */
  readonly notes: readonly StepNotes[] | null
}

/** What to replay. */
export interface ReplayRequest {
  readonly spec: Spec
  readonly file: string
  readonly trace: Trace
  /** The property that the replay is about. Default: the one that is violated first; one that is expected to be false only where no other is. */
  readonly property: string | undefined
  readonly faults: FaultOverrides | undefined
}

/**
 * Runs a trace again and tells what becomes of the properties.
 *
 * @throws SpecError when a step is not enabled where it is due, or there is no such property.
 */
export function replayReport({ spec, file, trace, property, faults }: ReplayRequest): ReplayReport {
  const options = faults === undefined ? {} : { faults }
  const followed = follow(spec, trace, options)
  requireProperty(spec, followed, property)
  const isExempt = (name: string) => exemptionsOf(spec, options).violated.has(name)
  const allViolated = violatedIn(followed)
  const violated = allViolated.filter((name) => !isExempt(name))
  const violatedAsExpected = allViolated.filter(isExempt)
  const about = property ?? violated[0] ?? violatedAsExpected[0]
  const behaviour = about === undefined ? undefined : behaviourFor(followed, about)
  const annotated = behaviour === undefined ? undefined : annotate(spec, behaviour, options)
  return {
    schema: 'faultline.replay/1',
    spec: spec.name,
    file,
    mutant: spec.mutantName,
    parameters: toJson(spec.parameters) as ReplayReport['parameters'],
    faults: faults ?? null,
    ...followed,
    violated,
    violatedAsExpected,
    property: about ?? null,
    behaviour: behaviour ?? null,
    site: annotated?.properties.find(({ name }) => name === about)?.site ?? null,
    notes: annotated?.stepNotes ?? null,
  }
}

function violatedIn({ properties }: Followed): readonly string[] {
  return properties
    .flatMap((property) => {
      const at = property.kind === 'sometimes' ? undefined : decidedAt(property)
      return at === undefined ? [] : [{ name: property.name, at }]
    })
    .sort((a, b) => a.at - b.at)
    .map(({ name }) => name)
}

function requireProperty(spec: Spec, { properties }: Followed, property: string | undefined): void {
  const names = properties.map(({ name }) => name)
  if (property === undefined || names.includes(property)) return
  throw new SpecError(`spec '${spec.name}' has no property '${property}'`, {
    hint: nearest(property, names, {
      found: (other) => `did you mean '${other}'?`,
      none: (all) => (all.length > 0 ? `its properties are ${all.join(', ')}` : 'it has no properties'),
    }),
  })
}
