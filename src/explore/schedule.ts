/** A range of state indices, in order of discovery. */
interface Range {
  readonly start: number
  readonly end: number
}

const none: Range = { start: 0, end: 0 }

/** What the behaviours with a number of faults came to. */
export interface FaultLayer {
  /** Faults spent. */
  readonly faults: number
  /** Distinct states that need so many, within the state constraints. */
  distinct: number
  /** Whether all of them were expanded. */
  complete: boolean
}

/**
 * The order in which states are expanded.
 *
 * Without layers: level by level, each state once, by all actions. With layers: all states that need no fault, level by level; then all that
 * need one; and so on. A level (f, d) holds the states first found with f faults in d steps: the successors of (f, d - 1) by steps of the protocol,
 * and of (f - 1, d - 1) by faults. So a state is expanded twice, by the protocol's steps in its own layer, and by faults when the next layer comes to
 * its depth; no list of successors waits in between. By induction over (f, d) every state is found with its least number of faults, and
 * among the behaviours with that number in the fewest steps.
 */
export class Schedule {
  /** Distinct states found for the next level, and in each layer so far. */
  found = 0
  readonly layers: FaultLayer[] = [{ faults: 0, distinct: 0, complete: false }]
  /** Index of the first state of each layer. */
  readonly #layerStarts = [0]
  /** Whether behaviours with fewer faults come first. */
  readonly isLayered: boolean
  /** Whether states were left out, here or with fewer faults. */
  isCut = false
  /** Depth of the states being expanded; -1 while the initial states are found. */
  #level = -1
  #levels: Range[] = []
  #levelsBefore: Range[] = []
  /** Index of the first state of the level being found. */
  #foundFrom = 0
  #position = 0
  #end = 0
  /** With layers: whether the states of the layer before are being expanded, by faults. */
  #inLayerBefore = false

  constructor(layered: boolean) {
    this.isLayered = layered
  }

  /** The least number of faults that the states being found need; 0 without layers. */
  get layer(): number {
    return this.layers.length - 1
  }

  /** Depth of the states being expanded. */
  get level(): number {
    return this.#level
  }

  /** Depth of the states being found. */
  get nextDepth(): number {
    return this.#level + 1
  }

  /** Whether the present states are to be expanded by steps of the protocol. */
  get progress(): boolean {
    return !this.#inLayerBefore
  }

  /** Whether the present states are to be expanded by faults. */
  get faults(): boolean {
    return !this.isLayered || this.#inLayerBefore
  }

  /** The least number of faults that the state at an index needs; 0 without layers. */
  layerOf(state: number): number {
    let layer = this.#layerStarts.length - 1
    while ((this.#layerStarts[layer] as number) > state) layer--
    return layer
  }

  /** How many states need fewer faults than those being found: all of them are known, and expanded by steps of the protocol. */
  get completed(): number {
    return this.#layerStarts.at(-1) as number
  }

  /** The next state to expand, or -1 where the level ends. */
  next(): number {
    if (this.#position === this.#end && this.isLayered && !this.#inLayerBefore) {
      const { start, end } = this.#levelsBefore[this.#level] ?? none
      this.#inLayerBefore = true
      this.#position = start
      this.#end = end
    }
    return this.#position === this.#end ? -1 : this.#position++
  }

  /**
   * Ends a level, and goes on to the next; the states found during it are the last, up to `count`.
   *
   * @returns false when there is none: the search is over.
   */
  endLevel(count: number): boolean {
    const start = this.#foundFrom
    this.#foundFrom = count
    this.#levels.push({ start, end: count })
    ;(this.layers.at(-1) as FaultLayer).distinct += this.found
    this.found = 0
    this.#level++
    if (start < count || this.#level < this.#levelsBefore.length) {
      this.#open()
      return true
    }
    return this.#endLayer()
  }

  /** Leaves out the states of the present level and of those after it, of which there are some or none. */
  skipLevel(some: boolean): void {
    this.isCut ||= some
    this.#position = this.#end
    this.#levelsBefore.length = Math.min(this.#levelsBefore.length, this.#level)
  }

  #open(): void {
    const { start, end } = this.#levels[this.#level] as Range
    this.#position = start
    this.#end = end
    this.#inLayerBefore = false
  }

  #endLayer(): boolean {
    const layer = this.layers.at(-1) as FaultLayer
    layer.complete = !this.isCut
    if (!this.isLayered || layer.distinct === 0) {
      if (layer.distinct === 0 && this.layers.length > 1) this.layers.pop()
      return false
    }
    this.layers.push({ faults: layer.faults + 1, distinct: 0, complete: false })
    this.#layerStarts.push(this.#foundFrom)
    this.#levelsBefore = this.#levels
    this.#levels = [none]
    this.#level = 0
    this.#open()
    return true
  }
}
