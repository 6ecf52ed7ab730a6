import type { Finding } from '../explore/property-watch.js'
import type { Search } from '../explore/search.js'
import type { Model } from '../model/model.js'
import { type EnabledStep, Stepper } from '../model/stepper.js'
import type { Explanation, Truth } from '../spec/machine.js'
import { SpecError } from '../spec/spec-error.js'
import { toJson } from '../values/json.js'
import type { Counterexample, Step } from './counterexample.js'
import { changesBetween } from './diff.js'

/**
 * Rebuilds the behaviour that led to a finding, by running the spec's functions again along the chain of parents.
 *
 * @throws SpecError when a step cannot be found again: the spec is not pure.
 */
export function rebuild(model: Model, search: Search, finding: Finding): Counterexample {
  const { vector } = model
  const chain = [finding.state]
  for (let parent = search.store.parentOf(finding.state); parent >= 0; parent = search.store.parentOf(parent)) chain.push(parent)
  chain.reverse()
  const stepper = new Stepper(model)
  search.store.load(chain[0] as number, vector.frames)
  let before = vector.decode(0)
  const initial = before
  const steps: Step[] = []
  const follow = (matches: (step: EnabledStep) => boolean): void => {
    const enabled = stepper.enabled()
    const taken = enabled.find((step) => {
      stepper.take(step)
      return matches(step)
    })
    if (taken === undefined)
      throw new SpecError(
        'a step of the counterexample could not be found again: an action is not a pure function of the state',
        {
          state: before,
          hint: 'look for an action that depends on a variable outside the state',
        },
      )
    const after = vector.decode(1)
    steps.push(stepOf(model, taken, steps.length + 1, before, after))
    before = after
  }
  for (const index of chain.slice(1)) {
    follow(() => search.store.equals(index, vector.frames, vector.words))
    stepper.advance()
  }
  let because = finding.kind === 'invariant' ? reason(model, finding.property) : undefined
  if (finding.kind === 'transition')
    follow((step) => {
      const truth = truthOfStep(model, finding.property, step)
      if (typeof truth === 'object') because = truth
      return truth !== true
    })
  return {
    property: finding.property,
    kind: finding.kind,
    faults: steps.filter(({ fault }) => fault !== null).length,
    length: steps.length,
    initial: toJson(model.source.display(initial)),
    steps,
    final: toJson(model.source.display(before)),
    ...(because === undefined ? {} : { because: toJson(because) }),
  }
}

/** A step taken, as results show it. */
export function stepOf(model: Model, step: EnabledStep, index: number, before: unknown, after: unknown): Step {
  const { display, label } = model.source
  const { args } = step.transition
  const { label: text, node } = label(step.action.name, args)
  return {
    index,
    action: step.action.name,
    label: text,
    args: args.map(toJson),
    ...(step.outcomes > 1 ? { outcome: step.outcome } : {}),
    node,
    fault: step.action.fault,
    changes: changesBetween(display(before), display(after)),
  }
}

function truthOfStep(model: Model, property: string, step: EnabledStep): Truth | undefined {
  const found = model.transitions.find(({ predicate }) => predicate.name === property)
  return found?.run({ action: step.action.name, args: step.transition.args })
}

/** Why the invariant is false in the state in the first frame, when it says so. */
function reason(model: Model, property: string): Explanation | undefined {
  const found = model.invariants.find(({ predicate }) => predicate.name === property)
  return found?.predicate.explanation(found.run)
}
