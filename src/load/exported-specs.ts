import { Machine } from '../spec/machine.js'
import { Spec } from '../spec/spec.js'
import { SpecError } from '../spec/spec-error.js'
import type { Exports } from './import-bundle.js'

/** A spec that a file exports. */
export interface ExportedSpec {
  /** Under which names: `default`, `paxos`, `mutants.sharedBallot` for a member of an exported record. */
  readonly exports: readonly string[]
  readonly spec: Spec
}

/**
 * The specs among a file's exports, the default export first.
 *
 * @param file - for the error's place.
 * @throws SpecError when there is none and there must be: it says what is exported instead and what to write.
 */
export function exportedSpecs(
  exports: Exports,
  file: string,
  { mayBeEmpty = false }: { readonly mayBeEmpty?: boolean } = {},
): readonly ExportedSpec[] {
  const names = Object.keys(exports).sort((a, b) => Number(b === 'default') - Number(a === 'default'))
  const found = names.flatMap((name) => specsIn(name, exports[name]))
  if (found.length === 0 && !mayBeEmpty) throw noSpec(exports, names, file)
  requireNamesApart(found)
  return found
    .filter(({ spec }, index) => found.findIndex((other) => other.spec === spec) === index)
    .map(({ spec }) => ({ spec, exports: found.filter((other) => other.spec === spec).map(({ name }) => name) }))
}

/** In results and on the command line two specs of a file are told apart by their names. */
function requireNamesApart(found: readonly { readonly name: string; readonly spec: Spec }[]): void {
  for (const [index, { name, spec }] of found.entries()) {
    const other = found.slice(0, index).find((one) => one.spec.name === spec.name && !one.spec.isVariantOf(spec))
    if (other === undefined) continue
    throw new SpecError(`two specs of the file have the name '${spec.name}': its exports '${other.name}' and '${name}'`, {
      hint: 'give each a name of its own, in the first argument of spec(...)',
      site: spec.site,
    })
  }
}

function specsIn(name: string, value: unknown): readonly { readonly name: string; readonly spec: Spec }[] {
  if (value instanceof Spec) return [{ name, spec: value }]
  if (!isRecord(value)) return []
  const members = Object.entries(value)
  return members.flatMap(([key, member]) => (member instanceof Spec ? [{ name: `${name}.${key}`, spec: member }] : []))
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function noSpec(exports: Exports, names: readonly string[], file: string): SpecError {
  const foreign = names.find((name) => isFromOtherCopy(exports[name]))
  if (foreign !== undefined)
    return new SpecError(`the export '${foreign}' was made by another copy of faultline than the one that runs`, {
      hint: "import from 'faultline', not from a path to it, so that there is one copy",
      site: file,
    })
  const machine = names.find((name) => exports[name] instanceof Machine)
  if (machine !== undefined)
    return new SpecError(`no spec exported: '${machine}' is a machine, which has neither a name nor parameters yet`, {
      hint: "wrap it: export default spec('my-protocol', {}, () => machine({ ... }))",
      site: (exports[machine] as Machine<unknown>).site ?? file,
    })
  if (typeof exports.default === 'function')
    return new SpecError('no spec exported: the default export is a function', {
      hint: "give it to spec as its last argument: export default spec('my-protocol', {}, () => machine({ ... }))",
      site: file,
    })
  const others = names.map((name) => `'${name}' (${kindOf(exports[name])})`).join(', ')
  return new SpecError(others === '' ? 'no spec exported: the file exports nothing' : `no spec exported, only ${others}`, {
    hint: "write: export default spec('my-protocol', {}, () => machine({ ... }))",
    site: file,
  })
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'object') return 'an object'
  return value === undefined ? 'undefined' : `a ${typeof value}`
}

/** Its class has the name of ours, but is another. */
function isFromOtherCopy(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const name = value.constructor?.name
  return (
    (name === 'Spec' && 'mutantName' in value) || (name === 'Machine' && 'definition' in value && !(value instanceof Machine))
  )
}
