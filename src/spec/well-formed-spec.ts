import { nearest } from './nearest.js'
import { Parameter } from './parameters.js'
import { SpecError } from './spec-error.js'

/** What `spec(...)` is given, by whoever does not have a compiler, or has overruled it. */
export interface GivenSpec {
  readonly name: unknown
  readonly declarations: unknown
  readonly define: unknown
  readonly options: unknown
  readonly site: string | undefined
}

type Refuse = (what: string, hint: string) => never
type Fields = { readonly [key: string]: unknown }

const expectedKeys = ['violates', 'steps', 'states', 'depth']
const optionKeys = ['mutants', 'expected']

/**
 * Refuses what no spec can be made of. Whether the names of properties are right shows only when it is checked.
 *
 * @throws SpecError that says which part is wrong, at the place of the call.
 */
export function requireWellFormedSpec(given: GivenSpec): void {
  const { name, declarations, define, options, site } = given
  const refuse: Refuse = (what, hint) => {
    throw new SpecError(what, { hint, site })
  }
  if (typeof name !== 'string' || name.trim() === '')
    refuse(`the name of a spec cannot be ${shown(name)}`, "it must be a string, such as 'two-phase-commit'")
  const refuseOf: Refuse = (what, hint) => refuse(`spec '${name}': ${what}`, hint)
  if (!isFields(declarations)) refuseOf('its parameters are not an object', 'write {} where there are none')
  for (const [parameter, declared] of Object.entries(declarations))
    if (!isDeclaration(declared))
      refuseOf(
        `parameter '${parameter}' cannot be ${shown(declared)}`,
        'its default is a number, a boolean or a string; or integer(...), oneOf(...)',
      )
  if (typeof define !== 'function')
    refuseOf('nothing says what it does', 'give it a function that returns machine({ ... }) or protocol({ ... })')
  if (!isFields(options)) refuseOf('its options are not an object', 'they are { mutants: { ... }, expected: { ... } }')
  requireKeys(options, optionKeys, (key, hint) => refuseOf(`there is no option '${key}'`, hint))
  const { mutants = {}, expected = {} } = options
  if (!isFields(mutants)) refuseOf('its mutants are not an object', "write mutants: { name: { violates: 'property' } }")
  if (Object.hasOwn(mutants, 'all'))
    refuseOf("no mutant can be called 'all'", '--mutant all stands for every mutant: name it otherwise')
  for (const [mutant, declared] of Object.entries(mutants))
    requireExpected(declared, `mutant '${mutant}'`, ['with', ...expectedKeys], refuseOf)
  requireExpected(expected, 'expected', [...expectedKeys, 'violated', 'unreachable'], refuseOf)
}

function requireExpected(expected: unknown, title: string, keys: readonly string[], refuse: Refuse): void {
  if (!isFields(expected)) refuse(`${title} is not an object`, "write it as { violates: 'property', steps: 7 }")
  requireKeys(expected, keys, (key, hint) => refuse(`${title}: there is no key '${key}'`, hint))
  const { violates, steps, states, depth, violated = {}, unreachable = [] } = expected
  if (violates !== undefined && typeof violates !== 'string')
    refuse(`${title}: violates cannot be ${shown(violates)}`, 'it must be the name of a property')
  if (steps !== undefined && violates === undefined)
    refuse(
      `${title}: steps is the length of nothing`,
      `name the property as well: { violates: 'property', steps: ${shown(steps)} }`,
    )
  if (!isFields(violated)) refuse(`${title}: violated is not an object`, 'write it as { violated: { property: 3 } }')
  const counts = {
    steps,
    states,
    depth,
    ...Object.fromEntries(Object.entries(violated).map(([key, count]) => [`violated: ${key}`, count])),
  }
  for (const [key, count] of Object.entries(counts))
    if (count !== undefined && !(Number.isSafeInteger(count) && Number(count) >= 0))
      refuse(`${title}: ${key} cannot be ${shown(count)}`, 'it must be a whole number, 0 or more')
  if (!Array.isArray(unreachable)) refuse(`${title}: unreachable is not a list`, `write unreachable: [${shown(unreachable)}]`)
}

function requireKeys(fields: Fields, known: readonly string[], refuse: Refuse): void {
  const key = Object.keys(fields).find((one) => !known.includes(one))
  if (key === undefined) return
  refuse(key, nearest(key, known, { found: (other) => `did you mean '${other}'?`, none: (all) => `there are ${all.join(', ')}` }))
}

function isDeclaration(declared: unknown): boolean {
  if (typeof declared === 'number') return Number.isFinite(declared)
  return typeof declared === 'boolean' || typeof declared === 'string' || declared instanceof Parameter
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Map)
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`
  return typeof value === 'object' && value !== null ? (Array.isArray(value) ? 'a list' : 'an object') : String(value)
}
