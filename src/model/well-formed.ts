import { nearest } from '../spec/nearest.js'
import { isPlainRecord } from './shape.js'

/** Throws a SpecError at the place where the definition is written. */
export type Fail = (message: string, hint: string) => never

/** Groups of functions whose names are those of properties. */
export const propertyGroups = ['invariants', 'transitions', 'sometimes', 'alwaysPossible'] as const

/**
 * Requires groups of named functions to be what they should: a group of another kind would count as an empty one, and what it says would not be checked.
 *
 * @param of - what the functions are given, as an error says it: `the state`.
 */
export function requireFunctions(definition: object, groups: readonly string[], of: string, fail: Fail): void {
  const owners = new Map<string, string>([['deadlock', 'built-in property']])
  const named: readonly string[] = propertyGroups
  for (const group of groups) {
    const functions: unknown = (definition as { readonly [group: string]: unknown })[group]
    if (functions === undefined) continue
    if (typeof functions !== 'object' || functions === null || Symbol.iterator in functions)
      fail(
        `${group} is not an object of functions`,
        `write ${group}: { name: (...) => ... }: each function with a name of its own`,
      )
    for (const [name, source] of Object.entries(functions as object)) {
      if (name === '') fail(`there is an empty name in ${group}`, 'give it one that a result can call it by')
      if (typeof source !== 'function') fail(`${group}.${name} is not a function`, `every entry must be a function of ${of}`)
      if (!named.includes(group)) continue
      const owner = owners.get(name)
      if (owner !== undefined)
        fail(`there are two properties '${name}': in ${group}, and ${owner}`, 'give each property a name of its own')
      owners.set(name, `in ${group}`)
    }
  }
}

/** Requires `terminal` to be something that says of every state whether it may be the last. */
export function requireTerminal(terminal: unknown, of: string, fail: Fail): void {
  if (terminal === undefined || typeof terminal === 'boolean' || typeof terminal === 'function') return
  fail(`terminal cannot be ${shown(terminal)}`, `it is a function of ${of}, or true where all states may be the last`)
}

/** Requires an object to have no other keys than those known. */
export function requireKeys(value: unknown, known: readonly string[], what: string, fail: Fail): void {
  if (!isPlainRecord(value)) {
    fail(`${what} cannot be ${shown(value)}`, `it is an object with ${known.join(', ')}`)
    return
  }
  for (const key of Object.keys(value)) requireOneOf(key, known, `${what} has no '${key}'`, fail)
}

/** Requires a word to be one of those known. */
export function requireOneOf(word: unknown, known: readonly string[], message: string, fail: Fail): void {
  if (known.includes(word as string)) return
  fail(
    message,
    nearest(String(word), known, { found: (other) => `did you mean '${other}'?`, none: (all) => `it takes ${all.join(', ')}` }),
  )
}

/** Requires a list of strings. */
export function requireNames(value: unknown, what: string, fail: Fail): void {
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return
  fail(`${what} cannot be ${shown(value)}`, 'it is a list of names: [...]')
}

/** A value in few words, for an error. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'function' ? 'a function' : typeof value === 'object' && value !== null ? 'an object' : String(value)
}
