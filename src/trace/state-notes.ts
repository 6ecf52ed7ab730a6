import type { Anatomy } from '../model/anatomy.js'
import { type BranchLook, BranchLooks } from '../model/branch-looks.js'
import type { Model } from '../model/model.js'
import type { ReadPaths } from '../model/read-paths.js'
import type { EnabledStep } from '../model/stepper.js'
import { toJson } from '../values/json.js'
import type { Alternative, FieldRead, NotEnabled, StateNotes } from './annotation.js'
import type { WalkObserver } from './walk.js'

/** Of a state with more branches that are not enabled, the first so many are told. */
const notEnabledMax = 200

/** Notes what was enabled in each state, what was not, and what that depended on. */
export class EnabledNotes implements WalkObserver {
  readonly notes: StateNotes[] = []
  readonly #model: Model
  readonly #anatomy: Anatomy
  readonly #paths: ReadPaths
  readonly #looks: BranchLooks
  #present: readonly BranchLook[] = []
  #enabled: readonly EnabledStep[] = []

  constructor(model: Model, anatomy: Anatomy, paths: ReadPaths) {
    this.#model = model
    this.#anatomy = anatomy
    this.#paths = paths
    this.#looks = new BranchLooks(model)
  }

  atState(index: number, _state: unknown, enabled: readonly EnabledStep[] | null): void {
    this.#enabled = enabled ?? []
    this.#present = enabled === null ? [] : this.#looks.all()
    this.notes[index] = { enabled: this.#enabled.map((step) => this.#alternative(step)), notEnabled: this.#notEnabled() }
  }

  atStep(index: number, taken: EnabledStep): void {
    const notes = this.notes[index - 1] as StateNotes
    const enabled = notes.enabled.map((alternative, at) =>
      this.#enabled[at] === taken ? { ...alternative, taken: true } : alternative,
    )
    this.notes[index - 1] = { ...notes, enabled }
  }

  /** What a step that is enabled in the present state read. */
  lookOf(step: EnabledStep): BranchLook | undefined {
    const key = this.#key(step.action.name, step.transition.args)
    return this.#present.find(({ action, args }) => this.#key(action.name, args) === key)
  }

  #key(action: string, args: readonly unknown[]): string {
    return [action, ...args.map((arg) => this.#model.vector.interner.idOf(arg))].join(' ')
  }

  #alternative({ action, transition }: EnabledStep): Alternative {
    return { ...this.#named(action.name, transition.args), fault: action.fault, taken: false }
  }

  #named(action: string, args: readonly unknown[]): Pick<Alternative, 'action' | 'args' | 'label' | 'node'> {
    return { action, args: args.map(toJson), ...this.#model.source.label(action, args) }
  }

  /** What is enabled by itself and waits for quiet is not enabled either: it read nothing that says why. */
  #notEnabled(): readonly NotEnabled[] {
    const enabled = new Set(this.#enabled.map(({ action, transition }) => this.#key(action.name, transition.args)))
    return this.#present
      .filter(({ action, args }) => !enabled.has(this.#key(action.name, args)) && !this.#isEmptyChannel(action.name, args))
      .slice(0, notEnabledMax)
      .map((look) => ({
        ...this.#named(look.action.name, look.args),
        fault: look.action.fault,
        reads: look.enabled ? [] : this.#readsOf(look),
      }))
  }

  /** A step about a message names the channel before the message, so a channel without one is a branch. */
  #isEmptyChannel(action: string, args: readonly unknown[]): boolean {
    const { nodes } = this.#anatomy
    return nodes?.isAboutMessages(action) === true && args.length > 0 && nodes.messageOf(action, args) === null
  }

  #readsOf({ refs }: BranchLook): readonly FieldRead[] {
    const reads: FieldRead[] = []
    const wholes = new Set<unknown>()
    for (const ref of refs) {
      const referenced = this.#paths.at(ref)
      const path = referenced === undefined ? null : this.#model.source.displayPath(referenced.slot.path)
      // A large set that is read as a whole has several references.
      if (referenced === undefined || path === null || wholes.has(referenced.slot)) continue
      if (referenced.element < 0) wholes.add(referenced.slot)
      const value = this.#paths.valueOf(referenced)
      if (referenced.element < 0) reads.push({ path, value })
      else reads.push({ path: [...path, this.#paths.elementOf(referenced)], value, element: true })
    }
    return reads
  }
}
