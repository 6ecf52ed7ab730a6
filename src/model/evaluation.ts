import { Choice } from '../spec/choose.js'
import { takeUnused } from '../spec/quantifiers.js'
import { SpecError } from '../spec/spec-error.js'
import { ValueError } from '../values/value-error.js'
import { amongTheSame, type Branches, elementsOf } from './branches.js'
import { BagView, QueueView } from './network-views.js'
import { encodePatch, type Writes } from './patch-encoder.js'
import { requireNoBreach } from './purity.js'
import { editsOf } from './set-view.js'
import type { SetSlot } from './slots.js'
import { failureOf } from './spec-call.js'
import type { StateVector } from './state-vector.js'
import { type ActionModel, Transition } from './transition.js'

/** What an action, or a branch of a choice, does in one state: outcomes (none: not enabled), or a choice. */
export interface Evaluation {
  readonly outcomes: readonly Writes[]
  readonly branches: Branches | null
}

const disabled: Evaluation = { outcomes: [], branches: null }

/** Runs an action, or a branch of a choice within it, on the state in the first frame. */
export function evaluate(vector: StateVector, action: ActionModel, transition: Transition): Evaluation {
  // As in `callSpec`, without a closure and a role for each of the many branches that are not enabled.
  try {
    if (transition.guard >= 0 && !isPresent(vector, transition.guard)) return disabled
    takeUnused()
    const evaluation = evaluationOf(vector, transition.run())
    requireNoBreach()
    requireNoExplanation()
    return evaluation
  } catch (error) {
    throw failureOf(vector, { title: `action '${action.name}'`, source: action.source, args: transition.args, frame: 0 }, error)
  }
}

function requireNoExplanation(): void {
  if (takeUnused() === null) return
  throw new SpecError('asked `every` or `some`, which said why it is false', {
    hint: 'such an explanation counts as true: they are for properties, so use the methods of arrays and collections here',
  })
}

function isPresent(vector: StateVector, guard: number): boolean {
  if (vector.log.active) vector.log.record(guard)
  const place = { word: 0, shift: 0, mask: 0 }
  vector.place(guard, place)
  return (((vector.frames[place.word] as number) >>> place.shift) & place.mask) === 1
}

/**
 * The branches of a choice as transitions: over a set slot, one for every element that it has met, guarded by its presence; over a bag or queue
 * slot, one for every element that can be taken in the state in the first frame.
 */
export function branchTransitions(vector: StateVector, from: Transition, branches: Branches): Transition[] {
  const { slot, elements, labels, branch } = branches
  const { interner, frames } = vector
  if (slot === null)
    return elements.map(
      (element, index) => new Transition([...from.args, interner.valueOf(labels[index] as number)], () => branch(element), -1),
    )
  if (slot.kind === 'set')
    return Array.from({ length: slot.size }, (_, element) => guardedTransition(vector, from, branches, slot, element))
  if (slot.kind === 'bag') {
    const ids = new Int32Array(slot.region.words * slot.region.perWord)
    const end = slot.distinctIds(frames, 0, ids, 0)
    return Array.from(ids.subarray(0, end), (id) => elementTransition(from, branches, slot.valueOf(id)))
  }
  const head = slot.headOf(slot.current(frames, 0))
  return head === 0 ? [] : [elementTransition(from, branches, slot.elementAt(head))]
}

/** The branch of a choice for one element. */
export function elementTransition(from: Transition, branches: Branches, value: unknown): Transition {
  return new Transition([...from.args, value], () => branches.branch(value), -1)
}

/** The branch of a choice over a set slot for one element, enabled where the element is in the set. */
export function guardedTransition(
  vector: StateVector,
  from: Transition,
  branches: Branches,
  slot: SetSlot,
  element: number,
): Transition {
  const value = vector.interner.valueOf(slot.internedAt(element))
  return new Transition([...from.args, value], () => branches.branch(value), (slot.elementRefs[element] as number) * 2)
}

/**
 * Translates what an action or a branch returned.
 *
 * @throws SpecError when it is nothing that an action may return.
 */
function evaluationOf(vector: StateVector, returned: unknown): Evaluation {
  if (returned === false || returned === undefined || returned === null) return disabled
  if (returned instanceof Choice) return { outcomes: [], branches: branchesOf(vector, returned) }
  if (Array.isArray(returned)) {
    const outcomes: Writes[] = []
    for (const outcome of returned as unknown[]) {
      if (outcome === false || outcome === undefined || outcome === null) continue
      requirePatch(vector, outcome)
      outcomes.push(encodePatch(vector, outcome))
    }
    return { outcomes, branches: null }
  }
  requirePatch(vector, returned)
  return { outcomes: [encodePatch(vector, returned)], branches: null }
}

function requirePatch(vector: StateVector, outcome: unknown): void {
  const kind =
    outcome instanceof Choice
      ? 'a choice inside an array of outcomes'
      : outcome instanceof Promise
        ? 'a promise'
        : typeof outcome === 'function'
          ? 'a function'
          : typeof outcome !== 'object' && vector.root.kind === 'record'
            ? `${typeof outcome === 'string' ? JSON.stringify(outcome) : String(outcome)}`
            : undefined
  if (kind === undefined) return
  throw new SpecError(`an action returned ${kind}`, {
    hint:
      outcome instanceof Promise
        ? 'actions are pure, synchronous functions: drop the `async`'
        : 'return a patch with what changes, an array of patches, choose(...), or false where the action is not enabled',
  })
}

function branchesOf(vector: StateVector, choice: Choice<unknown, unknown>): Branches {
  const origin = editsOf(choice.among)
  if (origin !== undefined && origin.frame === 0 && origin.edits.size === 0)
    return { elements: [], labels: [], slot: origin.slot, branch: choice.branch }
  const among: unknown = choice.among
  if ((among instanceof BagView || among instanceof QueueView) && among.frame === 0 && among.edits.length === 0)
    return { elements: [], labels: [], slot: among.slot, branch: choice.branch }
  const elements = elementsOf(choice)
  return { elements, labels: elements.map((element) => labelOf(vector, element)), slot: null, branch: choice.branch }
}

function labelOf(vector: StateVector, element: unknown): number {
  try {
    return vector.interner.idOf(element)
  } catch (error) {
    if (!(error instanceof ValueError)) throw error
    throw new SpecError(`choose(...) was given ${error.what} to choose among`, {
      path: error.path,
      hint: 'what is chosen labels the step in counterexamples: choose among plain values',
    })
  }
}

/** Whether two evaluations of the same function in the same state agree, as they must for a pure one. */
export function agree(a: Evaluation, b: Evaluation): boolean {
  if ((a.branches === null) !== (b.branches === null)) return false
  if (a.branches !== null && b.branches !== null) return amongTheSame(a.branches, b.branches)
  return sameOutcomes(a.outcomes, b.outcomes)
}

export function sameOutcomes(a: readonly Writes[], b: readonly Writes[]): boolean {
  return (
    a.length === b.length &&
    a.every((writes, index) => {
      const other = b[index] as Writes
      return writes.length === other.length && writes.every((value, at) => value === other[at])
    })
  )
}
