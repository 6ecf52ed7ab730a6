import { longer } from '../values/longer.js'

/** Edges of a graph over states 0, 1, ..., collected one by one, and then asked for by the state that they lead to. */
export class EdgeList {
  #from = new Int32Array(1 << 12)
  #to = new Int32Array(1 << 12)
  #count = 0
  /** Where the predecessors of a state begin; those of the next state end them. */
  #starts = new Int32Array(0)
  #predecessors = new Int32Array(0)

  add(from: number, to: number): void {
    if (this.#count === this.#from.length) {
      this.#from = longer(this.#from)
      this.#to = longer(this.#to)
    }
    this.#from[this.#count] = from
    this.#to[this.#count++] = to
  }

  /** Sorts the edges by the state that they lead to; none is added after this. */
  sort(states: number): void {
    // Most often the first sweep settles all states, and what follows takes memory for each.
    if (this.#count === 0) return
    const starts = new Int32Array(states + 1)
    for (let edge = 0; edge < this.#count; edge++) {
      const to = (this.#to[edge] as number) + 1
      starts[to] = (starts[to] as number) + 1
    }
    for (let state = 0; state < states; state++) starts[state + 1] = (starts[state + 1] as number) + (starts[state] as number)
    const next = starts.slice()
    const predecessors = new Int32Array(this.#count)
    for (let edge = 0; edge < this.#count; edge++) {
      const to = this.#to[edge] as number
      const place = next[to] as number
      predecessors[place] = this.#from[edge] as number
      next[to] = place + 1
    }
    this.#starts = starts
    this.#predecessors = predecessors
    this.#from = new Int32Array(0)
    this.#to = new Int32Array(0)
  }

  /** The states with an edge to `state`, once the edges are sorted. */
  predecessorsOf(state: number): Int32Array {
    return this.#predecessors.subarray(this.#starts[state], this.#starts[state + 1])
  }
}
