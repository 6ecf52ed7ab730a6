import type { Model } from '../model/model.js'
import { ReadPaths } from '../model/read-paths.js'
import { anatomyOf } from '../model/spec-anatomy.js'
import type { FaultOverrides } from '../spec/protocol-network.js'
import type { Spec } from '../spec/spec.js'
import { SpecError } from '../spec/spec-error.js'
import { formatValue } from '../values/format.js'
import type { FieldRead } from './annotation.js'
import { EnabledNotes } from './state-notes.js'
import { StepNotEnabled, sameJson, type Trace, type WalkObserver, walk } from './walk.js'

/** Reads that an error names; the first ones are those on which most depends. */
const readsMax = 6

/**
 * Runs a behaviour as {@link walk} does; where a step is not enabled, the error says what the action looked at: the reason is among it.
 *
 * @throws SpecError when a step is not enabled where it is due.
 */
export function walkOf(
  spec: Spec,
  faults: FaultOverrides | undefined,
  model: Model,
  trace: Trace,
  observers: readonly WalkObserver[],
): void {
  try {
    walk(model, trace, observers)
  } catch (error) {
    if (!(error instanceof StepNotEnabled)) throw error
    const reads = readsOf(spec, faults, model, { ...trace, steps: trace.steps.slice(0, error.index) })
    const seen = reads.slice(0, readsMax).map(readText)
    throw new SpecError(error.message, {
      hint: seen.length === 0 ? error.hint : `${error.hint}\nit looked at ${seen.join(', ')}`,
      cause: error,
    })
  }
}

/** What the last step of a trace looked at, which is not enabled. */
function readsOf(spec: Spec, faults: FaultOverrides | undefined, model: Model, { steps, ...begin }: Trace): readonly FieldRead[] {
  const last = steps.at(-1)
  const notes = new EnabledNotes(model, anatomyOf(spec, faults), new ReadPaths(model.vector))
  walk(model, { ...begin, steps: steps.slice(0, -1) }, [notes])
  const found = notes.notes
    .at(-1)
    ?.notEnabled.filter(({ action }) => action === last?.action)
    // Where a guard stands before the choice there are no branches, and what the guard read says it all.
    .find(({ args }) => args.length === 0 || sameJson(args, last?.args))
  return found?.reads ?? []
}

function readText({ path, value }: FieldRead): string {
  const name = path.map((part) => (typeof part === 'string' ? part : formatValue(part))).join('.')
  return `${name === '' ? 'the state' : name} (${formatValue(value, { width: 60 })})`
}
