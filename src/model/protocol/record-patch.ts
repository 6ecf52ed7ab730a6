import { nearest } from '../../spec/nearest.js'
import { SpecError } from '../../spec/spec-error.js'
import { isPlainRecord } from '../shape.js'

/**
 * A value with a patch put in. As in a machine, what is a plain record in `init` is merged field by field and keeps its fields; everything else is
 * replaced as a whole.
 *
 * @throws SpecError on a field that `init` does not have.
 */
export function patched(init: unknown, current: unknown, patch: unknown, path: readonly string[] = []): unknown {
  if (!isPlainRecord(init) || !isPlainRecord(current)) return patch
  if (!isPlainRecord(patch))
    throw new SpecError(`${path.length === 0 ? 'the state' : `'${path.join('.')}'`} is a record and cannot be replaced`, {
      path,
      hint: 'return the fields that change',
    })
  const result: Record<string, unknown> = { ...current }
  for (const [key, value] of Object.entries(patch)) {
    const at = [...path, key]
    if (!Object.hasOwn(init, key)) throw unknownField(at, Object.keys(init))
    if (value === undefined && init[key] !== undefined)
      throw new SpecError(`the patch sets '${at.join('.')}' to undefined`, {
        path: at,
        hint: 'leave the key out where nothing changes; use null for "none", or undefined in `init` too',
      })
    result[key] = patched(init[key], current[key], value, at)
  }
  return result
}

function unknownField(path: readonly string[], known: readonly string[]): SpecError {
  return new SpecError(`the patch sets '${path.join('.')}', which \`init\` does not have`, {
    path,
    hint: nearest(path.at(-1) ?? '', known, {
      found: (other) => `did you mean '${other}'?`,
      none: (all) =>
        all.length === 0
          ? 'a record has the fields that it has in `init`; for keys that come and go use an Immutable Map'
          : `the fields there are ${all.join(', ')}; for keys that come and go use an Immutable Map, for a union of records whole(...) in \`init\``,
    }),
  })
}
