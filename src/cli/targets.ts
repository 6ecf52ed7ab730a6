import type { ExportedSpec } from '../load/exported-specs.js'
import type { LoadedFile } from '../load/load-specs.js'
import { nearest } from '../spec/nearest.js'
import type { ParameterValue } from '../spec/parameters.js'
import type { Spec } from '../spec/spec.js'
import { SpecError } from '../spec/spec-error.js'

/** One check to run. */
export interface Target {
  /** The spec's file as given. */
  readonly file: string
  readonly spec: Spec
  /** The export that the spec is, or is made of by parameters and a mutant. */
  readonly exported: Spec
  /** What `--spec` must say to pick that export alone; `null` where the file is enough. */
  readonly named: string | null
  /** The name of that export: `default`, or `mutants.noFence`. */
  readonly exportName: string
}

/** Which specs of the files to check, and how they are changed first. */
export interface Selection {
  /** Names of exports or of specs, or `all`. Empty: the default export of each file, or all exports where it has none. */
  readonly specs: readonly string[]
  /** Parameters as `name=value`. */
  readonly set: readonly string[]
  /** The name of a mutant, or `all`. */
  readonly mutant: string | undefined
}

/**
 * The checks that a command asks for, in the order of the files.
 *
 * @throws SpecError when there is nothing to check, or no spec, parameter or mutant has a given name, or a value is out of range.
 */
export function selectTargets(files: readonly LoadedFile[], { specs, set, mutant }: Selection): readonly Target[] {
  const chosen = chooseSpecs(files, specs)
  return chooseMutants(setParameters(chosen, set), mutant, set)
}

function chooseSpecs(files: readonly LoadedFile[], names: readonly string[]): readonly Target[] {
  // A run that checks nothing must not look like one that found nothing.
  if (files.every(({ specs }) => specs.length === 0))
    throw new SpecError(`no spec exported by ${files.map(({ file }) => file).join(', ')}`, {
      hint: "write in one of them: export default spec('my-protocol', {}, () => machine({ ... }))",
    })
  const unknown = names.find((name) => !files.some((loaded) => loaded.specs.some((exported) => isNamed(exported, name))))
  if (unknown !== undefined) {
    const known = new Set(files.flatMap((loaded) => loaded.specs.flatMap(({ exports, spec }) => [spec.name, ...exports])))
    throw new SpecError(`no spec is named '${unknown}' in ${files.map(({ file }) => file).join(', ')}`, {
      hint: nearest(unknown, [...known], {
        found: (other) => `did you mean --spec ${other}?`,
        none: (all) => `there are ${all.join(', ')}`,
      }),
    })
  }
  return files.flatMap((loaded) => {
    const { file } = loaded
    return chooseFrom(loaded, names).map((exported) => ({
      file,
      spec: exported.spec,
      exported: exported.spec,
      named: nameOf(exported, loaded),
      exportName: exported.exports[0] ?? 'default',
    }))
  })
}

function nameOf(exported: ExportedSpec, loaded: LoadedFile): string | null {
  const picks = (names: readonly string[]) => {
    const picked = chooseFrom(loaded, names)
    return picked.length === 1 && picked[0] === exported
  }
  if (picks([])) return null
  const { name } = exported.spec
  return picks([name]) ? name : (exported.exports[0] ?? name)
}

function chooseFrom({ specs }: LoadedFile, names: readonly string[]): readonly ExportedSpec[] {
  if (names.length > 0) return specs.filter((exported) => names.some((name) => isNamed(exported, name)))
  const byDefault = specs.filter(({ exports }) => exports.includes('default'))
  return byDefault.length > 0 ? byDefault : specs
}

/** A mutant has the name of its spec: only its export tells it apart. */
function isNamed({ exports, spec }: ExportedSpec, name: string): boolean {
  return name === 'all' || exports.includes(name) || (spec.name === name && spec.mutantName === null)
}

function setParameters(targets: readonly Target[], assignments: readonly string[]): readonly Target[] {
  const texts = new Map(assignments.map(parseAssignment))
  for (const name of texts.keys()) {
    const having = targets.filter(({ spec }) => Object.hasOwn(parametersOf(spec), name))
    if (having.length === 0 || having.length === targets.length) continue
    const lacking = targets.filter((target) => !having.includes(target))
    throw new SpecError(`--set ${name}: ${listed(lacking)} ${lacking.length === 1 ? 'has' : 'have'} no parameter '${name}'`, {
      hint: `check ${listed(having)} in a command of its own`,
    })
  }
  return targets.map((target) => ({
    ...target,
    spec: [...texts].reduce((changed, [name, text]) => setParameter(changed, name, text), target.spec),
  }))
}

function parseAssignment(assignment: string): readonly [string, string] {
  const at = assignment.indexOf('=')
  if (at < 1)
    throw new SpecError(`--set ${assignment}: a ${at < 0 ? 'value' : 'name'} is missing`, {
      hint: 'write it as --set name=value',
    })
  return [assignment.slice(0, at), assignment.slice(at + 1)]
}

/** Reads the text as the type that the parameter has now; as another only where the parameter accepts that instead. */
function setParameter(spec: Spec, name: string, text: string): Spec {
  const type = typeof parametersOf(spec)[name]
  const [first = text, ...others] = readings(text).sort((a, b) => Number(typeof b === type) - Number(typeof a === type))
  try {
    return spec.with({ [name]: first })
  } catch (error) {
    for (const other of others)
      try {
        return spec.with({ [name]: other })
      } catch {
        // The error for the first reading says what is wrong.
      }
    if (error instanceof SpecError && /,\s*\w+=/.test(text))
      throw new SpecError(error.message, {
        hint: `give each parameter a --set of its own: --set ${name}=${text.replace(/,\s*/g, ' --set ')}`,
      })
    throw error
  }
}

function readings(text: string): ParameterValue[] {
  const number = text.trim() === '' ? Number.NaN : Number(text)
  const boolean = text === 'true' || text === 'false' ? [text === 'true'] : []
  return [...(Number.isFinite(number) ? [number] : []), ...boolean, text]
}

/** A spec's parameters as what they may be of any spec. */
export function parametersOf(spec: Spec): Readonly<Record<string, ParameterValue>> {
  return spec.parameters as Readonly<Record<string, ParameterValue>>
}

function chooseMutants(
  targets: readonly Target[],
  mutant: string | undefined,
  assignments: readonly string[],
): readonly Target[] {
  if (mutant === undefined) return targets
  if (mutant !== 'all')
    return targets.map((target) => ({
      ...target,
      spec: mutantOf(target.spec, mutant, new Map(assignments.map(parseAssignment))),
    }))
  const mutants = targets.flatMap((target) => Object.values(target.spec.mutants).map((spec) => ({ ...target, spec })))
  if (mutants.length === 0)
    throw new SpecError(`--mutant all: ${listed(targets)} ${targets.length === 1 ? 'declares' : 'declare'} no mutants`, {
      hint: 'leave the flag out, or declare mutants in the last argument of spec(...)',
    })
  return mutants
}

/** The mutant of a spec whose parameters were set: it must not be told from the spec by one of these. */
function mutantOf(spec: Spec, mutant: string, set: ReadonlyMap<string, string>): Spec {
  const changed = spec.mutant(mutant)
  for (const name of set.keys()) {
    const [given, own] = [parametersOf(spec)[name], parametersOf(changed)[name]]
    if (given === own) continue
    throw new SpecError(`--set ${name}=${String(given)}: mutant '${mutant}' sets ${name}=${String(own)}`, {
      hint: `the mutant is told from the spec by its parameters: leave out one of the two flags`,
    })
  }
  return changed
}

function listed(targets: readonly Target[]): string {
  return targets.map(({ spec, file }) => `'${spec.name}' (${file})`).join(', ')
}
