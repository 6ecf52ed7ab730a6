import type { CommandParts } from '../report/command.js'
import { parametersOf, type Target } from './targets.js'

/** How a command names this check: without what goes without saying, which only the loaded file tells. */
export function commandPartsOf({ spec, exported, named }: Target): CommandParts {
  const mutant = spec.mutantName === exported.mutantName ? null : spec.mutantName
  const defaults = parametersOf(mutant === null ? exported : exported.mutant(mutant))
  const set = Object.entries(parametersOf(spec)).filter(([name, value]) => value !== defaults[name])
  return { spec: named, mutant, parameters: Object.fromEntries(set) }
}
