import { SpecError } from '../spec/spec-error.js'

/** A plain record of the state: fixed keys, tracked and patched field by field. */
export interface RecordShape {
  readonly kind: 'record'
  readonly fields: ReadonlyMap<string, Shape>
}

/** A leaf of the state: one value that is replaced as a whole. */
export interface LeafShape {
  readonly kind: 'leaf'
  /** Index among the leaves, in the order of the fields. */
  readonly leaf: number
}

export type Shape = RecordShape | LeafShape

/** A leaf with its place in the state, and its value in every initial state. */
export interface Leaf {
  readonly path: readonly string[]
  readonly initial: readonly unknown[]
}

/** Nesting beyond this is taken for a cycle. */
const depthMax = 200

/** Whether `value` is a plain object: what specs call a record. */
export function isPlainRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/**
 * The fields that the initial states have: every plain object becomes a record with fixed keys, everything else a leaf.
 *
 * @throws SpecError when there is no initial state, or when two of them have different fields.
 */
export function shapeOf(initialStates: readonly unknown[]): { readonly root: Shape; readonly leaves: readonly Leaf[] } {
  if (initialStates.length === 0)
    throw new SpecError('the machine has no initial state', { hint: '`init` must be a state, or a non-empty array of states' })
  const leaves: Leaf[] = []
  const visit = (values: readonly unknown[], path: readonly string[]): Shape => {
    if (path.length > depthMax)
      throw new SpecError('a record is nested too deeply, or contains itself', {
        path: path.slice(0, 8),
        hint: 'a state is a tree of plain data: refer to what is elsewhere in it by name',
      })
    if (!values.every(isPlainRecord)) {
      leaves.push({ path, initial: values })
      return { kind: 'leaf', leaf: leaves.length - 1 }
    }
    const keys = Object.keys(values[0] ?? {})
    for (const value of values) requireSameKeys(keys, Object.keys(value), path)
    return {
      kind: 'record',
      fields: new Map(
        keys.map((key) => [
          key,
          visit(
            values.map((value) => value[key]),
            [...path, key],
          ),
        ]),
      ),
    }
  }
  return { root: visit(initialStates, []), leaves }
}

function requireSameKeys(expected: readonly string[], actual: readonly string[], path: readonly string[]): void {
  const odd = actual.find((key) => !expected.includes(key)) ?? expected.find((key) => !actual.includes(key))
  if (odd === undefined) return
  throw new SpecError(`the initial states have different fields: not all have '${[...path, odd].join('.')}'`, {
    path: [...path, odd],
    hint: 'records have fixed keys: give every initial state the same fields, or use an Immutable Map',
  })
}

/**
 * The record that `value` must be at `path`.
 *
 * @throws SpecError when it does not have just the fields of `shape`.
 */
export function recordWith(shape: RecordShape, value: unknown, path: readonly string[]): Readonly<Record<string, unknown>> {
  const keys = isPlainRecord(value) ? Object.keys(value) : []
  if (isPlainRecord(value) && keys.length === shape.fields.size && keys.every((key) => shape.fields.has(key))) return value
  throw new SpecError(
    `${path.length === 0 ? 'the state' : `'${path.join('.')}'`} does not have the fields of the initial states`,
    {
      path,
      hint: `they are ${[...shape.fields.keys()].join(', ')}`,
    },
  )
}

/** What names a leaf in a record of records, such as the nodes of a protocol, together with the same leaf of all others with the same fields. */
export function familyOf(root: Shape, [outer, member, ...rest]: readonly string[]): string | null {
  if (outer === undefined || member === undefined || rest.length === 0 || root.kind !== 'record') return null
  const among = root.fields.get(outer)
  const own = among?.kind === 'record' ? among.fields.get(member) : undefined
  return own?.kind === 'record' ? JSON.stringify([outer, fieldsOf(own), rest]) : null
}

function fieldsOf(shape: Shape): unknown {
  return shape.kind === 'leaf' ? null : Array.from(shape.fields, ([name, field]) => [name, fieldsOf(field)])
}
