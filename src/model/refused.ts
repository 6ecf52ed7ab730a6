import { SpecError } from '../spec/spec-error.js'

/** A path within a state as text: `rm.rm1[3]`. */
function pathText(path: readonly string[]): string {
  return path.reduce((text, key) => (text === '' || key.startsWith('[') ? text + key : `${text}.${key}`), '')
}

/** The error for a slot's value that cannot be part of a state. */
export function refusedValue(path: readonly string[], what: string, hint: string | undefined): SpecError {
  return new SpecError(`${path.length > 0 ? `'${pathText(path)}'` : 'the state'} would hold ${what}`, { path, hint })
}
