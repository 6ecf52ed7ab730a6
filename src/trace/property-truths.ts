import type { Model, StatePredicate } from '../model/model.js'
import type { PropertyKind } from '../model/property-kind.js'
import { clearBreach } from '../model/purity.js'
import type { EnabledStep } from '../model/stepper.js'
import type { Truth } from '../spec/machine.js'
import { type Json, toJson } from '../values/json.js'
import type { PropertyTruth } from './annotation.js'
import type { WalkObserver } from './walk.js'

type AnyFunction = (...args: never[]) => unknown

interface Tracked {
  readonly name: string
  readonly kind: PropertyKind
  /** `undefined` for deadlock, which nobody writes. */
  readonly source: AnyFunction | undefined
  readonly truth: boolean[]
  readonly because: (Json | null)[]
}

/** Evaluates every property along a behaviour. */
export class PropertyTruths implements WalkObserver {
  readonly #model: Model
  readonly #ofStates: readonly (StatePredicate & { readonly tracked: Tracked })[]
  readonly #ofSteps: readonly { readonly run: Model['transitions'][number]['run']; readonly tracked: Tracked }[]
  readonly #deadlock = track('deadlock', 'deadlock', undefined)

  constructor(model: Model) {
    this.#model = model
    const states = (kind: PropertyKind, predicates: readonly StatePredicate[]) =>
      predicates.map((one) => ({ ...one, tracked: track(one.predicate.name, kind, one.predicate.source) }))
    this.#ofStates = [
      ...states('invariant', model.invariants),
      ...states('sometimes', model.sometimes),
      ...states('alwaysPossible', model.alwaysPossible),
    ]
    this.#ofSteps = model.transitions.map(({ predicate, run }) => ({
      run,
      tracked: track(predicate.name, 'transition', predicate.source),
    }))
  }

  atState(_index: number, _state: unknown, enabled: readonly EnabledStep[] | null): void {
    for (const { run, tracked } of this.#ofStates) note(tracked, truthOf(run))
    note(this.#deadlock, enabled === null || !isDeadlock(this.#model, enabled))
  }

  atStep(_index: number, { action, transition }: EnabledStep): void {
    const step = { action: action.name, args: transition.args }
    for (const { run, tracked } of this.#ofSteps)
      note(
        tracked,
        truthOf(() => run(step)),
      )
  }

  /** The truths, with the place of each property as `locate` tells it. */
  all(locate: (source: AnyFunction) => string | null): readonly PropertyTruth[] {
    const tracked = [...this.#ofStates, ...this.#ofSteps].map((one) => one.tracked)
    return [...tracked, ...(this.#model.terminal === true ? [] : [this.#deadlock])].map(({ source, ...truth }) => ({
      ...truth,
      site: source === undefined ? null : locate(source),
    }))
  }
}

/** Whether the state in the first frame, with these steps enabled, is a deadlock: faults are no progress. */
export function isDeadlock({ terminal }: Model, enabled: readonly EnabledStep[]): boolean {
  if (enabled.some(({ action }) => action.fault === null)) return false
  return typeof terminal === 'boolean' ? !terminal : truthOf(terminal.run) !== true
}

/** A property that a search had no need to evaluate here may throw: then it is not true, and that is why. */
export function truthOf(run: () => Truth): Truth {
  try {
    return run()
  } catch (error) {
    clearBreach()
    return { because: `threw ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}` }
  }
}

function track(name: string, kind: PropertyKind, source: AnyFunction | undefined): Tracked {
  return { name, kind, source, truth: [], because: [] }
}

function note({ truth, because }: Tracked, found: Truth): void {
  truth.push(found === true)
  because.push(typeof found === 'object' ? toJson(found) : null)
}
