import { nearest } from '../../spec/nearest.js'
import type { ProtocolDefinition } from '../../spec/protocol.js'
import { SpecError } from '../../spec/spec-error.js'
import { faultKinds } from './fault-plan.js'
import type { PlainRole } from './state.js'

const properties = ['invariants', 'transitions', 'sometimes', 'alwaysPossible'] as const
const definitionKeys = ['roles', 'network', 'timeouts', 'faults', 'clock', 'history', ...properties, 'terminal', 'constraints']
const roleKeys = ['nodes', 'init', 'durable', 'sync', 'armed', 'start', 'on', 'timers', 'operations']
const networkKeys = ['kind', 'links', 'toCrashed']
const networkKinds = ['unordered', 'fifo', 'set']

/** Names that a world, or the state as it is shown, has beside roles and nodes. */
const reserved = ['up', 'messages', 'history', 'now', 'timers', 'cut', 'atOnce']
/** Actions that are not operations. */
export const ownActions: readonly string[] = ['deliver', 'timeout', 'tick', ...faultKinds]

/** @throws SpecError at the first thing in a protocol's definition that cannot be what was meant. */
export function requireWellFormed(definition: ProtocolDefinition, site: string | undefined): void {
  const fail = (message: string, hint: string): never => {
    throw new SpecError(message, { site, hint })
  }
  const requireKnown = (name: string, known: readonly string[], message: string): void => {
    if (known.includes(name)) return
    fail(
      message,
      nearest(name, known, { found: (other) => `did you mean '${other}'?`, none: (all) => `it takes ${all.join(', ')}` }),
    )
  }
  for (const key of Object.keys(definition)) requireKnown(key, definitionKeys, `protocol(...) has no '${key}'`)
  const roles = Object.entries(definition.roles ?? {})
  if (roles.length === 0) fail('protocol(...) has no roles', 'give it at least one: `roles: { server }`')
  const owners = new Map<string, string>()
  for (const [name, role] of roles) {
    if (reserved.includes(name))
      fail(`a role cannot be called '${name}'`, 'what properties see has that name already: choose another')
    requireRole(name, role, fail, requireKnown)
    for (const id of role.nodes) {
      if (id === '') fail(`a node of '${name}' has an empty id`, 'give it a name that steps can call it by')
      const owner = owners.get(id)
      if (owner !== undefined) fail(`'${id}' is a node of '${owner}' and again of '${name}'`, 'give every node an id of its own')
      if (reserved.includes(id)) fail(`a node cannot be called '${id}'`, 'the state has that name already: choose another')
      owners.set(id, name)
    }
  }
  const roleNames = roles.map(([name]) => name)
  requireNetwork(definition, (role, where) => requireKnown(role, roleNames, `${where}: there is no role '${role}'`), requireKnown)
  if (definition.timeouts !== undefined)
    requireKnown(definition.timeouts, ['any', 'idle'], `timeouts cannot be '${definition.timeouts}'`)
  requireClock(definition, fail, (role) => requireKnown(role, roleNames, `clock.roles: there is no role '${role}'`))
  requireProperties(definition, fail)
}

type Fail = (message: string, hint: string) => never
type RequireKnown = (name: string, known: readonly string[], message: string) => void

function requireRole(name: string, role: PlainRole, fail: Fail, requireKnown: RequireKnown): void {
  if (typeof role !== 'object' || role === null) fail(`role '${name}' is not a role`, 'give it `nodes`, `init` and handlers')
  for (const key of Object.keys(role)) requireKnown(key, roleKeys, `role '${name}' has no '${key}'`)
  if (!Array.isArray(role.nodes) || role.nodes.some((id: unknown) => typeof id !== 'string'))
    fail(`${name}.nodes is not a list of ids`, "give it ids('s', 3), or ['tm']")
  if (role.sync !== undefined && role.sync !== 'explicit')
    fail(`${name}.sync cannot be '${String(role.sync)}'`, "it is 'explicit', or left out")
  if (role.start !== undefined && typeof role.start !== 'function')
    fail(`${name}.start is not a function`, 'it takes (self, ctx)')
  for (const group of ['on', 'timers', 'operations'] as const)
    for (const [handler, source] of Object.entries(role[group] ?? {})) {
      if (handler === '') fail(`there is an empty name in ${name}.${group}`, 'give it one that steps can call it by')
      if (typeof source !== 'function') fail(`${name}.${group}.${handler} is not a function`, 'every entry must be a handler')
    }
  for (const timer of role.armed ?? [])
    requireKnown(timer, Object.keys(role.timers ?? {}), `${name}.armed: there is no timer '${timer}'`)
  for (const operation of Object.keys(role.operations ?? {}))
    if (ownActions.includes(operation))
      fail(`an operation cannot be called '${operation}'`, 'that is the name of another step: choose another')
}

function requireNetwork(
  { network }: ProtocolDefinition,
  role: (name: string, where: string) => void,
  requireKnown: RequireKnown,
): void {
  if (network === undefined) return
  const kind = (name: string): void => requireKnown(name, networkKinds, `there is no network '${name}'`)
  if (typeof network === 'string') {
    kind(network)
    return
  }
  for (const key of Object.keys(network)) requireKnown(key, networkKeys, `the network has no '${key}'`)
  if (network.kind !== undefined) kind(network.kind)
  if (network.toCrashed !== undefined)
    requireKnown(network.toCrashed, ['stays', 'lost'], `network.toCrashed cannot be '${network.toCrashed}'`)
  for (const link of network.links ?? []) {
    kind(link.kind)
    role(link.from, 'network.links')
    role(link.to, 'network.links')
  }
}

function requireClock({ clock }: ProtocolDefinition, fail: Fail, role: (name: string) => void): void {
  if (clock === undefined) return
  for (const key of Object.keys(clock))
    if (!['max', 'drift', 'roles'].includes(key)) fail(`the clock has no '${key}'`, 'it takes max, drift, roles')
  for (const [name, value] of [
    ['max', clock.max],
    ['drift', clock.drift ?? 0],
  ] as const)
    if (!Number.isSafeInteger(value) || value < 0)
      fail(`clock.${name} cannot be ${String(value)}`, 'it must be a whole number, 0 or more')
  for (const name of clock.roles ?? []) role(name)
}

function requireProperties(definition: ProtocolDefinition, fail: Fail): void {
  const owners = new Map<string, string>([['deadlock', 'built-in property']])
  for (const group of [...properties, 'constraints'] as const)
    for (const [name, source] of Object.entries(definition[group] ?? {})) {
      if (name === '') fail(`there is an empty name in ${group}`, 'give it one that a result can call it by')
      if (typeof source !== 'function') fail(`${group}.${name} is not a function`, 'every entry must be a function of the world')
      if (group === 'constraints') continue
      const owner = owners.get(name)
      if (owner !== undefined)
        fail(`there are two properties '${name}': in ${group}, and ${owner}`, 'give each property a name of its own')
      owners.set(name, `in ${group}`)
    }
}
