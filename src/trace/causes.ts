import type { Anatomy, Nodes } from '../model/anatomy.js'
import type { Model } from '../model/model.js'
import type { ReadPaths } from '../model/read-paths.js'
import type { EnabledStep } from '../model/stepper.js'
import type { Envelope } from '../spec/protocol-role.js'
import type { Counterexample } from './counterexample.js'
import type { MessageLines } from './message-lines.js'
import { truthOf } from './property-truths.js'
import type { EnabledNotes } from './state-notes.js'
import type { WalkObserver } from './walk.js'

/** What a behaviour's causes are found from. */
export interface CausesOf {
  readonly model: Model
  readonly anatomy: Anatomy
  readonly paths: ReadPaths
  readonly notes: EnabledNotes
  readonly messages: MessageLines | null
  readonly behaviour: Pick<Counterexample, 'property' | 'kind' | 'steps'>
}

/**
 * Finds which earlier steps each step needed.
 *
 * In a machine a step needs the last steps that wrote what it read. In a protocol it needs what its node did before, the sending of the
 * message that it is about, and where it depends on clocks, other nodes' crashes or the network's cuts, the last steps that changed them; one that
 * waited for quiet needs everything before it.
 */
export class Causes implements WalkObserver {
  /** By step, from 1: the steps that it needed directly, in order. */
  readonly direct: (readonly number[])[] = [[]]
  readonly #of: CausesOf
  /** By reference, the steps that changed what it stands for, in order. */
  readonly #writers = new Map<number, number[]>()
  readonly #lastOfNode = new Map<string, number>()
  /** The steps that healed a cut, and the side that was cut off. */
  readonly #heals: { readonly step: number; readonly side: readonly string[] }[] = []
  #violation: ReadonlySet<number> = new Set()

  constructor(of: CausesOf) {
    this.#of = of
  }

  atStep(index: number, step: EnabledStep, before: unknown): void {
    const { anatomy, paths, behaviour } = this.#of
    const causes = anatomy.nodes === null ? this.#causesInMachine(step) : this.#causesInProtocol(anatomy.nodes, index, step)
    this.direct[index] = [...causes].filter((cause) => cause > 0).sort((a, b) => a - b)
    if (step.action.name === 'heal' && anatomy.nodes !== null)
      this.#heals.push({ step: index, side: anatomy.nodes.cut(before) ?? [] })
    const broken = index === behaviour.steps.length && behaviour.kind === 'transition'
    const reads = broken ? this.#readsOfProperty({ action: step.action.name, args: step.transition.args }) : nothing
    const neededBefore = this.#needed(reads, 0)
    this.#noteWrites(index, paths.changed())
    if (broken) this.#violation = new Set([...neededBefore, index, ...this.#needed(reads, 1)])
  }

  atState(index: number): void {
    const { behaviour } = this.#of
    if (index !== behaviour.steps.length || behaviour.kind === 'transition') return
    // Nobody asks a function whether a state is a deadlock, or a goal lost: it depends on all that there is.
    const isAsked = behaviour.kind !== 'deadlock' && behaviour.kind !== 'alwaysPossible'
    this.#violation = new Set(isAsked ? this.#needed(this.#readsOfProperty(null), 0) : this.#everything())
  }

  /** The steps in the past of the violation. */
  past(): ReadonlySet<number> {
    const past = new Set<number>()
    const pending = [...this.#violation]
    for (let step = pending.pop(); step !== undefined; step = pending.pop()) {
      if (step === 0 || past.has(step)) continue
      past.add(step)
      pending.push(...(this.direct[step] ?? []))
    }
    return past
  }

  #causesInMachine(step: EnabledStep): Iterable<number> {
    const refs = this.#of.notes.lookOf(step)?.refs ?? []
    return new Set(Array.from(refs).flatMap((ref) => this.#lastWriters(ref)))
  }

  #causesInProtocol(nodes: Nodes, index: number, step: EnabledStep): Iterable<number> {
    const { model, notes, messages } = this.#of
    const { action, transition } = step
    const { node } = model.source.label(action.name, transition.args)
    const before = this.#lastOfNode.get(node ?? '') ?? 0
    if (node !== null) this.#lastOfNode.set(node, index)
    if (action.waitsFor !== 'nothing') return this.#maximal(index)
    const causes = new Set([before])
    const needs = messages?.needsOf(index) ?? null
    for (const needed of needs?.steps ?? []) causes.add(needed)
    const cuts = action.name === 'partition' || action.name === 'heal'
    for (const ref of notes.lookOf(step)?.refs ?? []) {
      const root = this.#rootOf(ref)
      if (root === 'clock' || root === 'offset' || root === 'up' || (root === 'cut' && cuts))
        for (const writer of this.#lastWriters(ref)) causes.add(writer)
    }
    if ((action.name === 'deliver' || action.name === 'lose') && needs !== null) causes.add(this.#healFor(nodes, needs.envelope))
    return causes
  }

  /** The last heal without which a message could not pass. */
  #healFor({ isStopped }: Nodes, envelope: Envelope): number {
    return this.#heals.findLast(({ side }) => isStopped(side, envelope))?.step ?? 0
  }

  /** All steps before, but for those that another of them needed. */
  #maximal(index: number): readonly number[] {
    const covered = new Set(this.direct.slice(1, index).flat())
    return Array.from({ length: index - 1 }, (_, at) => at + 1).filter((step) => !covered.has(step))
  }

  #noteWrites(index: number, refs: readonly number[]): void {
    for (const ref of refs) {
      const writers = this.#writers.get(ref)
      if (writers === undefined) this.#writers.set(ref, [index])
      else writers.push(index)
    }
  }

  /** The last step that changed what a reference stands for; of a set that is read as a whole, the last for each element. */
  #lastWriters(ref: number): readonly number[] {
    return this.#of.paths.within(ref).flatMap((part) => this.#writers.get(part)?.slice(-1) ?? [])
  }

  #allWriters(ref: number): readonly number[] {
    return this.#of.paths.within(ref).flatMap((part) => this.#writers.get(part) ?? [])
  }

  #readsOfProperty(step: { readonly action: string; readonly args: readonly unknown[] } | null): PropertyReads {
    const { model, behaviour } = this.#of
    const { log } = model.vector
    const predicates = [...model.invariants, ...model.sometimes]
    const ofState = predicates.find(({ predicate }) => predicate.name === behaviour.property)
    const ofStep = model.transitions.find(({ predicate }) => predicate.name === behaviour.property)
    log.start()
    truthOf(() => (step === null ? (ofState?.run() ?? true) : (ofStep?.run(step) ?? true)))
    log.stop()
    return { reads: [...log.reads], all: log.unlearnable }
  }

  #everything(): readonly number[] {
    return this.#of.behaviour.steps.map((_, at) => at + 1)
  }

  /**
   * The writers of what was read in a frame: the last of each; of a channel all, since each adds to it or takes from it; of any part of a history all that
   * recorded something, since what one records may depend on every part.
   */
  #needed({ reads, all }: PropertyReads, frame: number): readonly number[] {
    if (all) return this.#everything()
    const isProtocol = this.#of.anatomy.nodes !== null
    return reads
      .filter((read) => (read & 1) === frame)
      .flatMap((read) => {
        const root = this.#rootOf(read >> 1)
        if (isProtocol && root === 'history') return this.#recorders()
        return isProtocol && root === 'fifo' ? this.#allWriters(read >> 1) : this.#lastWriters(read >> 1)
      })
  }

  #recorders(): readonly number[] {
    return [...this.#writers].flatMap(([ref, writers]) => (this.#rootOf(ref) === 'history' ? writers : []))
  }

  #rootOf(ref: number): string | undefined {
    return this.#of.paths.at(ref)?.slot.path[0]
  }
}

interface PropertyReads {
  readonly reads: readonly number[]
  /** Whether all messages in flight were read, which no list of reads says. */
  readonly all: boolean
}

const nothing: PropertyReads = { reads: [], all: false }
