import type { ProtocolDefinition } from '../../spec/protocol.js'
import { SpecError } from '../../spec/spec-error.js'
import { isPlainRecord } from '../shape.js'
import {
  type Fail,
  propertyGroups,
  requireFunctions,
  requireKeys,
  requireNames,
  requireOneOf,
  requireTerminal,
  shown,
} from '../well-formed.js'
import { faultKinds } from './fault-plan.js'
import type { PlainRole } from './state.js'
import { requireFaults } from './well-formed-faults.js'

const definitionKeys = [
  'roles',
  'network',
  'timeouts',
  'faults',
  'clock',
  'history',
  ...propertyGroups,
  'terminal',
  'constraints',
]
const roleKeys = ['nodes', 'init', 'durable', 'sync', 'armed', 'start', 'on', 'timers', 'operations']
const networkKeys = ['kind', 'links', 'toCrashed']
const networkKinds = ['unordered', 'fifo', 'set']

/** Names that a world, or the state as it is shown, has beside roles and nodes. */
const reserved = ['up', 'messages', 'history', 'now', 'timers', 'cut', 'atOnce']
/** Actions that are not operations. */
export const ownActions: readonly string[] = ['deliver', 'lose', 'timeout', 'tick', ...faultKinds]

/** @throws SpecError at the first thing in a protocol's definition that cannot be what was meant. */
export function requireWellFormed(definition: ProtocolDefinition, site: string | undefined): void {
  const fail = (message: string, hint: string): never => {
    throw new SpecError(message, { site, hint })
  }
  const requireKnown: RequireKnown = (name, known, message) => requireOneOf(name, known, message, fail)
  requireKeys(definition, definitionKeys, 'protocol(...)', fail)
  const roles = Object.entries(definition.roles ?? {})
  if (roles.length === 0) fail('protocol(...) has no roles', 'give it at least one: `roles: { server }`')
  const owners = new Map<string, string>()
  for (const [name, role] of roles) {
    if (name === '') fail('a role has an empty name', 'give it one that properties can call it by')
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
  requireNetwork(
    definition,
    (role, where) => requireKnown(role, roleNames, `${where}: there is no role '${role}'`),
    requireKnown,
    fail,
  )
  if (definition.timeouts !== undefined)
    requireKnown(definition.timeouts, ['any', 'quiet', 'idle'], `timeouts cannot be '${definition.timeouts}'`)
  requireClock(definition, fail, (role) => requireKnown(role, roleNames, `clock.roles: there is no role '${role}'`))
  requireFaults(definition.faults, { roles: roleNames, nodes: [...owners.keys()] }, fail)
  requireFunctions(definition, [...propertyGroups, 'constraints'], 'the world', fail)
  requireTerminal(definition.terminal, 'the world', fail)
}

type RequireKnown = (name: string, known: readonly string[], message: string) => void

function requireRole(name: string, role: PlainRole, fail: Fail, requireKnown: RequireKnown): void {
  if (typeof role !== 'object' || role === null) fail(`role '${name}' is not a role`, 'give it `nodes`, `init` and handlers')
  requireKeys(role, roleKeys, `role '${name}'`, fail)
  if (!Array.isArray(role.nodes) || role.nodes.some((id: unknown) => typeof id !== 'string'))
    fail(`${name}.nodes is not a list of ids`, "give it ids('s', 3), or ['tm']")
  if (role.sync !== undefined && role.sync !== 'explicit')
    fail(`${name}.sync cannot be '${String(role.sync)}'`, "it is 'explicit', or left out")
  if (role.start !== undefined && typeof role.start !== 'function')
    fail(`${name}.start is not a function`, 'it takes (self, ctx)')
  for (const group of ['on', 'timers', 'operations'] as const) {
    const handlers: unknown = role[group] ?? {}
    if (!isPlainRecord(handlers)) fail(`${name}.${group} cannot be ${shown(handlers)}`, 'it is an object of handlers by name')
    for (const [handler, source] of Object.entries(handlers as object)) {
      if (handler === '') fail(`there is an empty name in ${name}.${group}`, 'give it one that steps can call it by')
      if (typeof source !== 'function') fail(`${name}.${group}.${handler} is not a function`, 'every entry must be a handler')
    }
  }
  if (role.durable !== undefined) requireNames(role.durable, `${name}.durable`, fail)
  if (role.armed !== undefined) requireNames(role.armed, `${name}.armed`, fail)
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
  fail: Fail,
): void {
  if (network === undefined) return
  const kind = (name: string): void => requireKnown(name, networkKinds, `there is no network '${name}'`)
  if (typeof network === 'string') {
    kind(network)
    return
  }
  requireKeys(network, networkKeys, 'the network', fail)
  if (network.links !== undefined && !Array.isArray(network.links))
    fail(
      `network.links cannot be ${shown(network.links)}`,
      "it is a list: links: [{ from: 'client', to: 'server', kind: 'fifo' }]",
    )
  if (network.kind !== undefined) kind(network.kind)
  if (network.toCrashed !== undefined)
    requireKnown(network.toCrashed, ['stays', 'lost'], `network.toCrashed cannot be '${network.toCrashed}'`)
  for (const link of network.links ?? []) {
    requireKeys(link, ['from', 'to', 'kind'], 'an entry of network.links', fail)
    if (link.kind === undefined)
      fail(
        `network.links: nothing says of what kind the network from '${link.from}' to '${link.to}' is`,
        `give it a kind: ${networkKinds.join(', ')}`,
      )
    kind(link.kind)
    role(link.from, 'network.links')
    role(link.to, 'network.links')
  }
}

function requireClock({ clock }: ProtocolDefinition, fail: Fail, role: (name: string) => void): void {
  if (clock === undefined) return
  requireKeys(clock, ['max', 'drift', 'roles'], 'the clock', fail)
  if (clock.roles !== undefined) requireNames(clock.roles, 'clock.roles', fail)
  for (const [name, value] of [
    ['max', clock.max],
    ['drift', clock.drift ?? 0],
  ] as const)
    if (!Number.isSafeInteger(value) || value < 0)
      fail(`clock.${name} cannot be ${String(value)}`, 'it must be a whole number, 0 or more')
  for (const name of clock.roles ?? []) role(name)
}
