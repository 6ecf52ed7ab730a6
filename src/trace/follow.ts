import { allAsValues, compile } from '../model/model.js'
import { withTraps } from '../model/purity.js'
import type { EnabledStep } from '../model/stepper.js'
import type { FaultOverrides } from '../spec/protocol-network.js'
import type { Spec } from '../spec/spec.js'
import { type Json, toJson } from '../values/json.js'
import type { PropertyTruth } from './annotation.js'
import type { Counterexample, Step } from './counterexample.js'
import type { RunOptions } from './explore.js'
import { PropertyTruths } from './property-truths.js'
import { stepOf } from './rebuild.js'
import { walkOf } from './step-not-enabled.js'
import type { Trace } from './walk.js'

/** A trace run again, whatever its properties turn out to be. */
export interface Followed {
  /** As they are displayed: one more than there are steps. */
  readonly states: readonly Json[]
  readonly steps: readonly Step[]
  /** Without their places in the source. */
  readonly properties: readonly Omit<PropertyTruth, 'site'>[]
}

/**
 * Runs a trace again and says what every step changed, and what each property was on the way.
 *
 * @param options.faults - budgets of faults that replace those of the spec.
 * @throws SpecError when a step is not enabled where it is due; the hint lists the steps that are.
 */
export function follow(spec: Spec, trace: Trace, { faults }: RunOptions = {}): Followed {
  return withTraps(() => followed(spec, faults, trace))
}

function followed(spec: Spec, faults: FaultOverrides | undefined, trace: Trace): Followed {
  const model = compile(spec, allAsValues, faults)
  const { display } = model.source
  const states: unknown[] = []
  const steps: Step[] = []
  const truths = new PropertyTruths(model)
  const recorder = {
    atState: (_index: number, state: unknown) => void states.push(state),
    atStep: (index: number, step: EnabledStep, before: unknown, after: unknown) =>
      void steps.push(stepOf(model, step, index, before, after)),
  }
  walkOf(spec, faults, model, trace, [recorder, truths])
  return {
    states: states.map((state) => toJson(display(state))),
    steps,
    properties: truths.all(() => null).map(({ site: _, ...truth }) => truth),
  }
}

/** After how many steps a property is first violated, or a `sometimes` first true; `undefined` where it is not. */
export function decidedAt({ kind, truth }: Pick<PropertyTruth, 'kind' | 'truth'>): number | undefined {
  // A state in which a goal is false has lost nothing yet.
  const at = kind === 'alwaysPossible' ? -1 : truth.indexOf(kind === 'sometimes')
  return at < 0 ? undefined : kind === 'transition' ? at + 1 : at
}

/** The part of a trace that violates a property (or reaches a `sometimes`), as a check would tell it; `undefined` where no part does. */
export function behaviourFor({ states, steps, properties }: Followed, name: string): Counterexample | undefined {
  const property = properties.find((one) => one.name === name)
  const length = property === undefined ? undefined : decidedAt(property)
  if (property === undefined || length === undefined) return undefined
  const taken = steps.slice(0, length)
  const because = property.kind === 'transition' ? property.because[length - 1] : property.because[length]
  return {
    property: name,
    kind: property.kind,
    faults: taken.filter(({ fault }) => fault !== null).length,
    length,
    initial: states[0] ?? null,
    steps: taken,
    final: states[length] ?? null,
    ...(because === undefined || because === null ? {} : { because }),
  }
}
