import { hash } from 'immutable'
import { longer } from './longer.js'

/** An Immutable Map or Set of more entries is a hash trie, whatever its history; one of fewer may be a list in order of insertion. */
export const listedMax = 8

/**
 * Where the keys of an Immutable Map or the elements of a Set come when it is iterated, by their ids: primitives have a rank, all else has 0.
 *
 * Every level of a hash trie branches on five bits of the key's hash, from the lowest up, and iterates its branches in ascending order. So a
 * trie whose keys have different hashes has one order of iteration, however it came about: that of the hashes with their groups of five bits
 * in reverse, which are the ranks.
 */
export class TrieRanks {
  /** By id; as signed integers they compare as the unsigned ones that they are. */
  byId = new Int32Array(1 << 10)

  /** Makes room for `id`. */
  reserve(id: number): void {
    if (id >= this.byId.length) this.byId = longer(this.byId)
  }

  set(id: number, primitive: unknown): void {
    const code = hash(primitive)
    let reversed = 0
    for (let shift = 0; shift < 30; shift += 5) reversed = (reversed << 5) | ((code >>> shift) & 31)
    this.byId[id] = ((reversed << 2) | (code >>> 30)) ^ 0x80000000
  }
}
