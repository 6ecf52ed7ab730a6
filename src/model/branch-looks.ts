import { Choice } from '../spec/choose.js'
import type { Model } from './model.js'
import { BagView, QueueView } from './network-views.js'
import { editsOf } from './set-view.js'
import type { SourceAction } from './source.js'
import { stateView } from './views.js'

/** What became of an action, or of one branch of a choice in it, in one state, and what it looked at. */
export interface BranchLook {
  readonly action: SourceAction
  /** The elements chosen on the way here, outermost first. */
  readonly args: readonly unknown[]
  readonly enabled: boolean
  /** References that were read, by this branch and on the way to it. */
  readonly refs: ReadonlySet<number>
}

/**
 * Runs the actions of a spec in a state, with all branches of their choices, and notes what they read: for explanations, not for searching.
 *
 * A message that waits on an empty channel is no branch, and a choice without elements none either, unless it is all that the action does.
 */
export class BranchLooks {
  readonly #model: Model
  readonly #view: () => unknown

  constructor(model: Model) {
    this.#model = model
    this.#view = stateView(model.vector, 0)
  }

  /** Of the state in the first frame, in the order of the actions. */
  all(): readonly BranchLook[] {
    const looks: BranchLook[] = []
    // A state that is a single value is read when its view is asked for.
    for (const action of this.#model.source.actions) this.#look(action, [], () => action.run(this.#view()), [], looks)
    return looks
  }

  #look(action: SourceAction, args: readonly unknown[], run: () => unknown, before: Iterable<number>, looks: BranchLook[]): void {
    const { log } = this.#model.vector
    log.start()
    const returned = run()
    const branches = returned instanceof Choice ? this.#branchesOf(returned) : null
    log.stop()
    const refs = new Set([...before, ...log.reads.map((read) => read >> 1)])
    for (const { element, guard, run: branch } of branches ?? [])
      this.#look(action, [...args, element], branch, [...refs, ...guard], looks)
    const isEmptyChoice = branches !== null && branches.length === 0 && args.length === 0
    const enabled = Array.isArray(returned) ? returned.some(isOutcome) : isOutcome(returned)
    if (branches === null || isEmptyChoice) looks.push({ action, args, enabled: branches === null && enabled, refs })
  }

  /** As the search takes them: each element once, of a channel the oldest alone, and in the form that steps show. */
  #branchesOf({ among, branch }: Choice<unknown, unknown>): readonly Branch[] {
    const { interner, frames, log } = this.#model.vector
    const branchFor = (element: unknown, guard: readonly number[] = []) => ({ element, guard, run: () => branch(element) })
    if (among instanceof QueueView && among.edits.length === 0) {
      const { slot } = among
      const head = slot.headOf(slot.current(frames, 0))
      return head === 0 ? [] : [branchFor(slot.elementAt(head))]
    }
    if (among instanceof BagView && among.edits.length === 0)
      return [...new Set(Array.from(among, (element) => interner.idOf(element)))].map((id) => branchFor(interner.valueOf(id)))
    const set = editsOf(among)
    if (set === undefined || set.edits.size > 0)
      return Array.from(among, (element) => branchFor(interner.valueOf(interner.idOf(element))))
    const { slot } = set
    const elements = slot.elementRefs.flatMap((ref, element) =>
      slot.has(frames, 0, element) ? [branchFor(interner.valueOf(slot.internedAt(element)), [ref])] : [],
    )
    if (elements.length === 0) for (const ref of slot.chunkRefs) log.record(ref * 2)
    return elements
  }
}

interface Branch {
  readonly element: unknown
  /** What it takes for the branch to be there at all. */
  readonly guard: readonly number[]
  readonly run: () => unknown
}

function isOutcome(outcome: unknown): boolean {
  return outcome !== false && outcome !== undefined && outcome !== null
}
