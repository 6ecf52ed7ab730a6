import { isPlainRecord } from '../shape.js'
import { type Fail, requireKeys, requireNames, requireOneOf, shown } from '../well-formed.js'
import { faultKinds } from './fault-plan.js'

/** What a protocol has, by name. */
export interface Names {
  readonly roles: readonly string[]
  readonly nodes: readonly string[]
}

/**
 * Requires faults to be written so that each says something: a mistake in them would be a fault that never happens, and go unnoticed. Budgets themselves are
 * looked at by `faultPlan`, which overrides reach too.
 */
export function requireFaults(faults: unknown, { roles, nodes }: Names, fail: Fail): void {
  if (faults === undefined) return
  if (!isPlainRecord(faults))
    fail(`faults cannot be ${shown(faults)}`, 'it is an object of budgets by kind: faults: { crash: 1, drop: 2 }')
  requireNamed(faults as object, [...faultKinds, 'total'], (kind) => `faults: there is no fault '${kind}'`, fail)
  const { corrupt, crash, restart, partition, skew } = faults as { readonly [kind: string]: unknown }
  if (corrupt !== undefined) requireCorruption(corrupt, fail)
  if (isPlainRecord(crash)) {
    if (Object.keys(crash).length === 0)
      fail('faults.crash names no role and no bound', 'write crash: 1, crash: { server: 1 }, or crash: { atOnce: 1 }')
    requireNamed(crash, [...roles, 'atOnce'], (role) => `faults.crash: there is no role '${role}'`, fail)
  } else if (crash !== undefined) requireBudget(crash, 'faults.crash', 'or an object of budgets by role', fail)
  if (isPlainRecord(restart)) requireNamed(restart, roles, (role) => `faults.restart: there is no role '${role}'`, fail)
  else if (restart !== undefined) requireBudget(restart, 'faults.restart', 'or an object of budgets by role', fail)
  if (isPlainRecord(partition)) requirePartition(partition, nodes, fail)
  else if (partition !== undefined) requireBudget(partition, 'faults.partition', 'or { budget, oneWay, sides }', fail)
  if (skew !== undefined) requireSkew(skew, fail)
}

function requireNamed(record: object, known: readonly string[], message: (key: string) => string, fail: Fail): void {
  for (const key of Object.keys(record)) requireOneOf(key, known, message(key), fail)
}

function requireBudget(budget: unknown, what: string, others: string, fail: Fail): void {
  if (typeof budget === 'number' || budget === true) return
  fail(`${what} cannot be ${shown(budget)}`, `it is a number of times, true for any number, ${others}`)
}

function requireCorruption(corrupt: unknown, fail: Fail): void {
  if (!isPlainRecord(corrupt) || typeof corrupt.forms !== 'function' || corrupt.budget === undefined)
    fail(
      'faults.corrupt does not say what corrupted messages look like, or how many there are',
      'write corrupt: { budget: 1, forms: (message) => [...] }',
    )
  requireKeys(corrupt, ['budget', 'forms'], 'faults.corrupt', fail)
}

function requirePartition(partition: { readonly [key: string]: unknown }, nodes: readonly string[], fail: Fail): void {
  requireKeys(partition, ['budget', 'oneWay', 'sides'], 'faults.partition', fail)
  const { budget, oneWay = false, sides } = partition
  if (budget === undefined) fail('faults.partition has no budget', 'say how often the network is cut: { budget: 1 }')
  if (typeof oneWay !== 'boolean') fail(`faults.partition.oneWay cannot be ${shown(oneWay)}`, 'it is true or false')
  if (sides === undefined) return
  if (!Array.isArray(sides) || sides.length === 0)
    fail('faults.partition.sides is not a list of sides', "each side is a list of nodes: sides: [['s1'], ['s1', 's2']]")
  for (const side of sides as readonly unknown[]) {
    requireNames(side, 'a side in faults.partition.sides', fail)
    const members = side as readonly string[]
    for (const id of members) requireOneOf(id, nodes, `faults.partition.sides: there is no node '${id}'`, fail)
    if (members.length === 0 || nodes.every((id) => members.includes(id)))
      fail(
        `faults.partition.sides: a side of ${members.length === 0 ? 'no nodes' : 'all nodes'} is cut off from nothing`,
        'name some of the nodes',
      )
  }
}

function requireSkew(skew: unknown, fail: Fail): void {
  const by = isPlainRecord(skew) ? skew.by : undefined
  if (!isPlainRecord(skew) || skew.budget === undefined || by === undefined)
    fail('faults.skew does not say how often clocks jump, or how far', 'write skew: { budget: 1, by: [-1, 1] }')
  requireKeys(skew, ['budget', 'by'], 'faults.skew', fail)
  if (!Array.isArray(by) || !by.every((jump) => Number.isSafeInteger(jump)))
    fail('faults.skew.by is not a list of whole numbers', 'time is discrete: write by: [-1, 1]')
}
