import { longer } from '../values/longer.js'

/** Fields of a node, in `nodes`: what it reads (a read, see ReadLog), where that is now, and its children. */
const nodeInts = 5
const READ = 0
/** The word, and in the lowest 5 bits how far its bits are to be shifted: of a number of places only these count. */
const PLACE = 1
const MASK = 2
/** Start of its children in `kids` when it is dense, else -1: then they are in the edge table. */
const KIDS = 3
/** Number of children when dense. */
const SPAN = 4

/** A node with at most this many possible values holds its children in a plain table; while such tables are small in all, with up to so many more. */
const denseMax = 64
const denseMaxAtFirst = 4096
const kidsAtFirst = 1 << 22

/** Where a read is in the words of the two frames now. */
export interface Place {
  word: number
  shift: number
  mask: number
}

/** Thrown where a function contradicts what its tree knows of it: it is not pure. */
export class Contradiction extends Error {}

/** The root of a tree that knows nothing yet, and what {@link DecisionTrees.find} answers where nothing is known. */
export const unknown = 0

/**
 * Decision trees over the fields that pure functions read: what a function was seen to do, by the values that it read.
 *
 * A tree is named by its root: positive, a node, which reads a field and has a child for every value seen there; negative, a
 * leaf, whose meaning is the caller's; 0, nothing known. Because the functions are pure, a function that reads the same values in
 * the same order does the same again, so a path from the root to a leaf is a proof of what the function does in any state on it.
 * All trees share typed arrays; children of nodes with many possible values are edges in one open-addressing table.
 */
export class DecisionTrees {
  /** Bytes held. */
  byteLength = 0
  readonly #place: (read: number, place: Place) => void
  #nodes = new Int32Array(nodeInts * 256)
  #nodesEnd = nodeInts
  #kids = new Int32Array(1024)
  #kidsEnd = 0
  /** Triples of node, value and child; node 0 where a place is free. */
  #edges = new Int32Array(3 * 256)
  #edgeCount = 0

  /** @param place - tells where a read is now. */
  constructor(place: (read: number, place: Place) => void) {
    this.#place = place
    this.#measure()
  }

  /** The leaf that the tree with `root` has for the values in `frame`, or 0 where it has none. */
  find(root: number, frame: Int32Array): number {
    const nodes = this.#nodes
    let node = root
    while (node > 0) {
      const place = nodes[node + PLACE] as number
      const value = ((frame[place >>> 5] as number) >>> place) & (nodes[node + MASK] as number)
      const kids = nodes[node + KIDS] as number
      node = kids >= 0 ? (this.#kids[kids + value] as number) : this.#edge(node, value)
    }
    return node
  }

  /**
   * Adds the path of `reads` with their values in `frame`, ending in `leaf` (negative); the path must not be known.
   *
   * @returns the new root.
   * @throws Contradiction when the tree reads other fields than `reads` for the same values: the function is not pure.
   */
  insert(root: number, reads: readonly number[], frame: Int32Array, leaf: number): number {
    if (reads.length === 0) {
      if (root !== unknown && root !== leaf)
        throw new Contradiction('a function that read nothing before now reads something, or differs')
      return leaf
    }
    const newRoot = root === unknown ? this.#addNode(reads[0] as number) : root
    let node = newRoot
    for (let depth = 0; depth < reads.length; depth++) {
      if (node < 0 || this.#nodes[node + READ] !== reads[depth])
        throw new Contradiction('for the same values, the function read other fields than before')
      const value = this.#valueAt(node, frame)
      if (depth === reads.length - 1) {
        if (this.#child(node, value) > 0)
          throw new Contradiction('for the same values, the function read fewer fields than before')
        this.#setChild(node, value, leaf)
        break
      }
      let child = this.#child(node, value)
      if (child === unknown) {
        child = this.#addNode(reads[depth + 1] as number)
        this.#setChild(node, value, child)
      }
      node = child
    }
    return newRoot
  }

  /** Forgets everything: all roots are void. */
  clear(): void {
    this.#nodes = new Int32Array(nodeInts * 256)
    this.#nodesEnd = nodeInts
    this.#kids = new Int32Array(1024)
    this.#kidsEnd = 0
    this.#edges = new Int32Array(3 * 256)
    this.#edgeCount = 0
    this.#measure()
  }

  /** Looks up anew where every node's read is; to be called after a new layout. */
  relocate(): void {
    const place = { word: 0, shift: 0, mask: 0 }
    for (let node = nodeInts; node < this.#nodesEnd; node += nodeInts) {
      this.#place(this.#nodes[node + READ] as number, place)
      this.#nodes[node + PLACE] = (place.word << 5) | place.shift
      this.#nodes[node + MASK] = place.mask
      const kids = this.#nodes[node + KIDS] as number
      if (kids >= 0 && place.mask >= (this.#nodes[node + SPAN] as number)) this.#widen(node, kids, place.mask + 1)
    }
  }

  #measure(): void {
    this.byteLength = this.#nodes.byteLength + this.#kids.byteLength + this.#edges.byteLength
  }

  #valueAt(node: number, frame: Int32Array): number {
    const nodes = this.#nodes
    const place = nodes[node + PLACE] as number
    return ((frame[place >>> 5] as number) >>> place) & (nodes[node + MASK] as number)
  }

  #child(node: number, value: number): number {
    const kids = this.#nodes[node + KIDS] as number
    return kids >= 0 ? (this.#kids[kids + value] as number) : this.#edge(node, value)
  }

  #setChild(node: number, value: number, child: number): void {
    const kids = this.#nodes[node + KIDS] as number
    if (kids >= 0) this.#kids[kids + value] = child
    else this.#addEdge(node, value, child)
  }

  #addNode(read: number): number {
    const node = this.#nodesEnd
    if (node + nodeInts > this.#nodes.length) {
      this.#nodes = longer(this.#nodes)
      this.#measure()
    }
    this.#nodesEnd += nodeInts
    const place = { word: 0, shift: 0, mask: 0 }
    this.#place(read, place)
    this.#nodes[node + READ] = read
    this.#nodes[node + PLACE] = (place.word << 5) | place.shift
    this.#nodes[node + MASK] = place.mask
    const span = place.mask + 1
    const dense = this.#isDense(span)
    this.#nodes[node + SPAN] = dense ? span : 0
    this.#nodes[node + KIDS] = dense ? this.#addKids(span) : -1
    return node
  }

  #isDense(span: number): boolean {
    return span > 0 && span <= (this.#kidsEnd < kidsAtFirst ? denseMaxAtFirst : denseMax)
  }

  #addKids(span: number): number {
    const at = this.#kidsEnd
    while (at + span > this.#kids.length) {
      this.#kids = longer(this.#kids)
      this.#measure()
    }
    this.#kidsEnd += span
    return at
  }

  /** Gives a dense node room for more values: a longer table, or edges. */
  #widen(node: number, kids: number, span: number): void {
    const oldSpan = this.#nodes[node + SPAN] as number
    if (this.#isDense(span)) {
      const at = this.#addKids(span)
      this.#kids.copyWithin(at, kids, kids + oldSpan)
      this.#kids.fill(0, at + oldSpan, at + span)
      this.#nodes[node + KIDS] = at
      this.#nodes[node + SPAN] = span
      return
    }
    this.#nodes[node + KIDS] = -1
    this.#nodes[node + SPAN] = 0
    for (let value = 0; value < oldSpan; value++) {
      const child = this.#kids[kids + value] as number
      if (child !== unknown) this.#addEdge(node, value, child)
    }
  }

  #edge(node: number, value: number): number {
    const edges = this.#edges
    const count = edges.length / 3
    for (let place = edgeHash(node, value) & (count - 1); ; place = (place + 1) & (count - 1)) {
      const held = edges[3 * place]
      if (held === 0) return unknown
      if (held === node && edges[3 * place + 1] === value) return edges[3 * place + 2] as number
    }
  }

  /** Adds an edge, or replaces its child. */
  #addEdge(node: number, value: number, child: number): void {
    if ((this.#edgeCount + 1) * 2 > this.#edges.length / 3) {
      const old = this.#edges
      this.#edges = new Int32Array(old.length * 2)
      this.#measure()
      this.#edgeCount = 0
      for (let at = 0; at < old.length; at += 3)
        if (old[at] !== 0) this.#addEdge(old[at] as number, old[at + 1] as number, old[at + 2] as number)
    }
    const edges = this.#edges
    const count = edges.length / 3
    let place = edgeHash(node, value) & (count - 1)
    while (edges[3 * place] !== 0 && !(edges[3 * place] === node && edges[3 * place + 1] === value))
      place = (place + 1) & (count - 1)
    if (edges[3 * place] === 0) this.#edgeCount++
    edges[3 * place] = node
    edges[3 * place + 1] = value
    edges[3 * place + 2] = child
  }
}

function edgeHash(node: number, value: number): number {
  const x = Math.imul(node, 0x9e3779b1) ^ Math.imul(value, 0x85ebca6b)
  return x ^ (x >>> 15)
}
