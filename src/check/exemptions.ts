import type { Model } from '../model/model.js'
import { nearest } from '../spec/nearest.js'
import type { Spec } from '../spec/spec.js'
import { SpecError } from '../spec/spec-error.js'
import type { CheckOptions } from './result.js'

/** Properties of a spec that are expected to be false, as `expected` of the spec says, and what a check makes of that. */
export interface Exemptions {
  /** Expected to be violated: that does not fail the check, nor does it end the search. */
  readonly violated: ReadonlySet<string>
  /** Each `sometimes` that is expected to be unreached. */
  readonly unreached: ReadonlySet<string>
  /** Whether one that is true fails the check: of the spec as it is declared it should be false, of other variants that is not known. */
  readonly areRequired: boolean
}

/** The exemptions for one check. A mutant has those of its spec, but for the property that is to catch it. */
export function exemptionsOf(spec: Spec, { faults }: Pick<CheckOptions, 'faults'>): Exemptions {
  const { original, expected: { violates } = {} } = spec
  const { violated = {}, unreachable = [] } = original.expected ?? {}
  const isDeclared = original === spec
  const caught = isDeclared ? undefined : violates
  return {
    violated: new Set(Object.keys(violated).filter((name) => name !== caught)),
    unreached: new Set(unreachable.filter((name) => name !== caught)),
    areRequired: isDeclared && faults === undefined,
  }
}

/**
 * Refuses names that there are no properties for, before any search: in what a spec expects, with its own parameters, or a mutant; and the one that a search
 * goes on until.
 *
 * @throws SpecError with the nearest name.
 */
export function requireNames(spec: Spec, until: string | undefined, model: Model): void {
  const sometimes = model.sometimes.map(({ predicate }) => predicate.name)
  const falsifiable = [
    ...[...model.invariants, ...model.transitions, ...model.alwaysPossible].map(({ predicate }) => predicate.name),
    ...(model.terminal === true ? [] : ['deadlock']),
  ]
  const all = [...falsifiable, ...sometimes]
  // What is declared is gone through first: it may be what is searched for.
  requireDeclared(spec, all, falsifiable, sometimes)
  if (until !== undefined) requireName(spec, 'until', until, all)
}

function requireDeclared(spec: Spec, all: readonly string[], falsifiable: readonly string[], sometimes: readonly string[]): void {
  if (spec.original !== spec && spec.mutantName === null) return
  const { violates, violated = {}, unreachable = [] } = spec.expected ?? {}
  const whose = spec.mutantName === null ? 'expected' : `mutant '${spec.mutantName}'`
  if (violates !== undefined) requireName(spec, `${whose}: violates`, violates, all)
  // It would be unreached with the mutant as without it, and seem to be what catches it.
  if (violates !== undefined && spec.original.expected?.unreachable?.includes(violates))
    throw mistake(
      spec,
      `${whose}: '${violates}' stands in 'violates', and is expected to be unreachable`,
      'name a property that is true of the spec: an invariant that says what must not be reached',
    )
  for (const name of Object.keys(violated)) {
    if (name === violates)
      throw mistake(spec, `${whose}: '${name}' stands in 'violates' and in 'violated'`, 'leave it out of one of them')
    if (sometimes.includes(name))
      throw mistake(spec, `${whose}: violated: '${name}' is a sometimes`, `write unreachable: ['${name}']`)
    requireName(spec, `${whose}: violated`, name, falsifiable)
  }
  for (const name of unreachable) requireName(spec, `${whose}: unreachable`, name, sometimes, 'sometimes')
}

function requireName(spec: Spec, where: string, name: string, names: readonly string[], noun = 'property'): void {
  if (names.includes(name)) return
  const hint = nearest(name, names, {
    found: (other) => `did you mean '${other}'?`,
    none: (all) => (all.length > 0 ? `there are ${all.join(', ')}` : 'there is none'),
  })
  throw mistake(spec, `${where}: there is no ${noun} '${name}'`, hint)
}

function mistake(spec: Spec, what: string, hint: string): SpecError {
  return new SpecError(`spec '${spec.name}': ${what}`, { hint, site: spec.site })
}
