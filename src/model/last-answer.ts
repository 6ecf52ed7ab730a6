import type { DecisionTrees } from './decision-trees.js'

/** Words that an answer may depend on to be remembered. */
const wordsMax = 8
/** Answers that were not the last one, after which it shows whether remembering pays. */
const trialMisses = 4096

/**
 * The last answer of a tree, with the words of the state that it depended on. States that are found one after the other come from one state, or from similar ones, so
 * most often what a property reads is as it was: then a comparison of a word or two spares the way through the tree.
 */
export class LastAnswer {
  readonly #words = new Int32Array(3 * wordsMax)
  #end = 0
  #leaf = 0
  #misses = 0
  #hits = 0

  /** The last leaf, where it is that of the state in `frame` too; else 0. */
  leafFor(frame: Int32Array): number {
    const words = this.#words
    const end = this.#end
    if (end === 0) return 0
    for (let at = 0; at < end; at += 3)
      if (((frame[words[at] as number] as number) & (words[at + 1] as number)) !== words[at + 2]) return 0
    this.#hits++
    return this.#leaf
  }

  /** Remembers the leaf of a tree for the state in `frame`, as long as that pays. */
  remember(trees: DecisionTrees, root: number, frame: Int32Array, leaf: number): void {
    if (++this.#misses > trialMisses && this.#hits < this.#misses) {
      this.#end = 0
      return
    }
    this.#end = trees.pathOf(root, frame, this.#words)
    this.#leaf = leaf
  }

  /** Forgets it: words have other places now, or the leaf another meaning. */
  forget(): void {
    this.#end = 0
  }
}
