import type { Explanation, Truth } from '../spec/machine.js'
import { requirePassedOn, takeUnused } from '../spec/quantifiers.js'
import { SpecError } from '../spec/spec-error.js'
import { Contradiction, DecisionTrees, unknown } from './decision-trees.js'
import { LearningAccount } from './learning-account.js'
import { callSpec, type Role } from './spec-call.js'
import type { StateVector } from './state-vector.js'

const TRUE = -1
const FALSE = -2

/** Runs of a predicate that are made twice, at first and then one in so many, to find impure ones. */
const doubleRunsFirst = 16
const doubleRunsEvery = 32

/** Bytes that the trees of one predicate may take before it starts anew. */
const treeBytesMax = 64 << 20

/** A predicate of a spec over the state in the first frame (a transition property: over both), learned by what it reads. */
export class LearnedPredicate {
  readonly name: string
  readonly account = new LearningAccount()
  readonly source: (...args: never[]) => unknown
  /** What it was seen to read, as a mask (see `Marks`); and whether it may read more, because it was called without noting what it reads. */
  readonly reads = new Int32Array(2)
  mayReadMore = false
  readonly #vector: StateVector
  readonly #title: string
  readonly #trees: DecisionTrees
  #root = unknown
  #epoch: number
  #generation = 0

  constructor(vector: StateVector, kind: string, name: string, source: (...args: never[]) => unknown) {
    this.#vector = vector
    this.name = name
    this.source = source
    this.#title = `${kind} '${name}'`
    this.#trees = new DecisionTrees(vector.place)
    this.#epoch = vector.epoch
    vector.onLayout(() => this.#trees.relocate())
  }

  /** Counts how often what was learned was forgotten: roots kept elsewhere hold for one generation only. */
  get generation(): number {
    this.#refresh()
    return this.#generation
  }

  /** Whether the predicate holds; `run` calls it on the views. */
  holds(run: () => Truth): boolean {
    if (this.account.isDirect) return this.#callDirectly(run, [])
    this.#refresh()
    this.account.lookups++
    const known = this.#trees.find(this.#root, this.#vector.frames)
    if (known !== unknown) return known === TRUE
    const answer = this.#learn(run, this.#root, [])
    if (answer.root !== unknown) this.#root = answer.root
    return answer.truth
  }

  /** As {@link holds}, for a tree of its own whose root the caller keeps in `roots[index]`; emptied by the caller when {@link generation} changes. */
  holdsOf(run: () => Truth, roots: number[], index: number, args: readonly unknown[]): boolean {
    if (this.account.isDirect) return this.#callDirectly(run, args)
    this.account.lookups++
    const root = roots[index] ?? unknown
    const known = this.#trees.find(root, this.#vector.frames)
    if (known !== unknown) return known === TRUE
    const answer = this.#learn(run, root, args)
    if (answer.root !== unknown) roots[index] = answer.root
    return answer.truth
  }

  /** The reason that a false predicate gives, when it gives one. */
  explanation(run: () => Truth): Explanation | undefined {
    const truth = callSpec(this.#vector, this.#role([]), run)
    return typeof truth === 'object' ? truth : undefined
  }

  #role(args: readonly unknown[]): Role {
    return { title: this.#title, source: this.source, args, frame: 0 }
  }

  #refresh(): void {
    if (this.#epoch === this.#vector.epoch && this.#trees.byteLength < treeBytesMax) return
    this.#forget()
  }

  #forget(): void {
    this.#epoch = this.#vector.epoch
    this.#generation++
    this.#root = unknown
    this.#trees.clear()
  }

  #callDirectly(run: () => Truth, args: readonly unknown[]): boolean {
    this.account.countDirect()
    this.mayReadMore = true
    return callSpec(this.#vector, this.#role(args), () => this.#truthOf(run))
  }

  #learn(run: () => Truth, root: number, args: readonly unknown[]): { truth: boolean; root: number } {
    const { log } = this.#vector
    const { account } = this
    account.runs++
    const role = this.#role(args)
    return callSpec(this.#vector, role, () => {
      log.start()
      const truth = this.#truthOf(run)
      log.stop()
      const reads = [...log.reads]
      const { unlearnable } = log
      for (const read of reads) this.#vector.marks.markRead(this.reads, 0, read)
      this.mayReadMore ||= unlearnable
      if (account.runs <= doubleRunsFirst || account.runs % doubleRunsEvery === 0) this.#checkAgain(run, truth, reads)
      // A set got a chunk that the reads do not cover: what was read holds here, but no path may be made of it.
      if (unlearnable || this.#epoch !== this.#vector.epoch) return { truth, root: unknown }
      if (account.judge()) {
        this.#forget()
        return { truth, root: unknown }
      }
      return { truth, root: this.#remember(root, reads, truth) }
    })
  }

  #remember(root: number, reads: readonly number[], truth: boolean): number {
    try {
      return this.#trees.insert(root, reads, this.#vector.frames, truth ? TRUE : FALSE)
    } catch (error) {
      if (error instanceof Contradiction) throw impure()
      throw error
    }
  }

  /** What is read must be the same too: else something was kept from the first run, and would be in other states. */
  #checkAgain(run: () => Truth, truth: boolean, reads: readonly number[]): void {
    const { log, epoch } = this.#vector
    log.start()
    const again = this.#truthOf(run)
    log.stop()
    if (again !== truth || (!log.isSame(reads) && this.#epoch === epoch)) throw impure()
  }

  #truthOf(run: () => Truth): boolean {
    takeUnused()
    const truth: unknown = run()
    requirePassedOn(truth, takeUnused())
    if (typeof truth === 'boolean') return truth
    if (typeof truth === 'object' && truth !== null && typeof (truth as { because?: unknown }).because === 'string') return false
    const what =
      truth instanceof Promise
        ? 'a promise'
        : truth === null
          ? 'null'
          : typeof truth === 'object'
            ? 'an object'
            : `${typeof truth} ${String(truth)}`
    throw new SpecError(`returned ${truth === undefined ? 'undefined' : what}, not true or false`, {
      hint: truth === undefined ? 'is a `return` missing?' : "return true, false, or { because: 'why it is false' }",
    })
  }
}

function impure(): SpecError {
  return new SpecError('gave two answers for the same state', {
    hint: 'a property must be a pure function of the state: look for a variable outside it that changes, or a result kept from an earlier call',
  })
}
