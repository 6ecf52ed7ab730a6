/**
 * Stands for `Intl.Segmenter` in the bundled command. What lays out help makes several as it loads, each of which takes longer than to read a spec;
 * most commands print no help, so here one is made when it is first used.
 */
export class LateSegmenter {
  #made: Intl.Segmenter | undefined
  readonly #args: ConstructorParameters<typeof Intl.Segmenter>

  constructor(...args: ConstructorParameters<typeof Intl.Segmenter>) {
    this.#args = args
  }

  segment(text: string): Intl.Segments {
    // Not by its own name, in whose place the bundle has this class.
    const { Segmenter } = Intl
    this.#made ??= new Segmenter(...this.#args)
    return this.#made.segment(text)
  }
}
