import type { LoadedFile } from '../load/load-specs.js'
import { type Selection, selectTargets, type Target } from './targets.js'

/**
 * Every spec of the files, each followed by all its mutants; fewer where the selection names some.
 *
 * @throws SpecError as {@link selectTargets} does.
 */
export function expectedTargets(files: readonly LoadedFile[], selection: Selection): readonly Target[] {
  const specs = selection.specs.length > 0 ? selection.specs : ['all']
  const chosen = selectTargets(files, { ...selection, specs })
  const all = selection.mutant === undefined ? chosen.flatMap(withMutants) : chosen
  // A mutant may be exported as well.
  const keys = all.map(({ file, spec }) => JSON.stringify([file, spec.name, spec.mutantName, spec.parameters]))
  return all.filter((_, index) => keys.indexOf(keys[index] as string) === index)
}

/** What a spec declares of its mutants is about the spec with its default parameters. */
function withMutants(target: Target): readonly Target[] {
  const { spec } = target
  if (spec.original !== spec) return [target]
  return [target, ...Object.values(spec.mutants).map((mutant) => ({ ...target, spec: mutant }))]
}
