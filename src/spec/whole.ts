/** Marks a record in an initial state that is kept, read and replaced as one value, not field by field. */
export class Whole<out T> {
  readonly value: T

  constructor(value: T) {
    this.value = value
    Object.freeze(this)
  }
}

/**
 * A record in `init` that patches replace as a whole, instead of merging its fields: for values whose fields differ from state to state, such as
 * the variants of a union.
 *
 * @example
 * init: { lock: whole({ kind: 'free' } as { kind: 'free' } | { kind: 'held'; by: string }) }
 */
export function whole<T>(value: T): T
export function whole(value: unknown): unknown {
  return new Whole(value)
}
