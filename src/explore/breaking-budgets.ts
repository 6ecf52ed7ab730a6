import type { Model } from '../model/model.js'
import type { ValueSlot } from '../model/slots.js'
import type { FrameIndex } from '../model/state-vector.js'

/** Faults spent, by kind or by kind and role; kinds of which none was spent are left out. */
export type Spent = { readonly [kind: string]: number }

/**
 * The budgets that break properties: of all that was spent in behaviours that violate a property, what no other such behaviour has less of. Two budgets of different
 * kinds may both be least, so there can be several for one property.
 *
 * What a behaviour spent is read from its state, so this is known only where every kind of fault has a bound.
 */
export class BreakingBudgets {
  readonly #model: Model
  readonly #kinds: readonly string[]
  readonly #slots: readonly ValueSlot[]
  readonly #least = new Map<string, (readonly number[])[]>()
  /** Properties that are violated without a fault: nothing is less. */
  readonly #settled = new Set<string>()

  /** @returns nothing for a model of which it is not known, or that has no faults. */
  static of(model: Model): BreakingBudgets | null {
    const { budget, isBounded } = model.source
    return isBounded && Object.keys(budget).length > 0 ? new BreakingBudgets(model) : null
  }

  private constructor(model: Model) {
    const slotOf = (kind: string) => model.vector.slots.find(({ path: [root, key] }) => root === 'used' && key === kind)
    this.#model = model
    // What was spent in all is the sum of the others.
    this.#kinds = Object.keys(model.source.budget).filter((kind) => kind !== 'total')
    this.#slots = this.#kinds.map((kind) => slotOf(kind) as ValueSlot)
  }

  /** Whether no budget can be found that is less than those known to break the property. */
  isSettled(property: string): boolean {
    return this.#settled.has(property)
  }

  /** Whether the state in a frame spent no less, of any kind, than a behaviour that is known to violate the property: it adds nothing. */
  isCovered(property: string, frame: FrameIndex): boolean {
    if (this.#settled.has(property)) return true
    const known = this.#least.get(property)
    if (known === undefined) return false
    const spent = this.#spentIn(frame)
    return known.some((least) => isWithin(least, spent))
  }

  /** Notes that a behaviour to the state in a frame violates the property. */
  note(property: string, frame: FrameIndex): void {
    const spent = this.#spentIn(frame)
    const known = this.#least.get(property) ?? []
    if (known.some((least) => isWithin(least, spent))) return
    if (spent.every((count) => count === 0)) this.#settled.add(property)
    this.#least.set(property, [...known.filter((least) => !isWithin(spent, least)), spent])
  }

  /** The least budgets that break a property, in the order in which they were found; none where nothing breaks it. */
  of(property: string): readonly Spent[] {
    return (this.#least.get(property) ?? []).map((spent) =>
      Object.fromEntries(
        this.#kinds.map((kind, index) => [kind, spent[index] as number] as const).filter(([, count]) => count > 0),
      ),
    )
  }

  #spentIn(frame: FrameIndex): readonly number[] {
    const { vector } = this.#model
    return this.#slots.map((slot) => slot.decode(vector.frames, vector.base(frame)) as number)
  }
}

/** Whether a budget is no larger than another, of any kind. */
function isWithin(budget: readonly number[], other: readonly number[]): boolean {
  return budget.every((count, kind) => count <= (other[kind] as number))
}
