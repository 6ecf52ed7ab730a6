/** A value that cannot be part of a state: the message says what and where it is, `hint` what to use instead. */
export class ValueError extends Error {
  override readonly name = 'ValueError'
  /** What was found, with its article: `a Date`. */
  readonly what: string
  /**
   * Way to it from the root of the given value: a field's name or a map's key, `[3]` for an element of a list or an array,
   * `{element}` for an element of a set, `{key}` for a key of a map. Empty for the given value itself.
   */
  readonly path: readonly string[]
  readonly hint: string

  constructor(what: string, path: readonly string[], hint: string) {
    super(`${what}${path.length > 0 ? ` at ${dotted(path)}` : ''} cannot be part of a state`)
    this.what = what
    this.path = path
    this.hint = hint
  }
}

function dotted(path: readonly string[]): string {
  return path.map((part, index) => (index === 0 || /^[[{]/.test(part) ? part : `.${part}`)).join('')
}
