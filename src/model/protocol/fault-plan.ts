import { nearest } from '../../spec/nearest.js'
import type { ProtocolDefinition } from '../../spec/protocol.js'
import type { Budget, CrashFaults, FaultOverrides, Faults as FaultsOf } from '../../spec/protocol-network.js'
import type { AnyMessage } from '../../spec/protocol-role.js'
import { SpecError } from '../../spec/spec-error.js'

type Faults = FaultsOf<string, AnyMessage>

/** The kinds of faults, in the order in which their actions stand. */
export const faultKinds = ['drop', 'duplicate', 'corrupt', 'crash', 'restart', 'partition', 'heal', 'skew'] as const
export type FaultKind = (typeof faultKinds)[number]

/** What the environment may do, in the form that the actions of the faults need. */
export interface FaultPlan {
  /** By kind, `crash.<role>`, or `total`; what is not here does not happen, but for `total`: without it there is no bound on all. */
  readonly budgets: ReadonlyMap<string, Budget>
  /** The key of the budget that a crash of a node of a role spends, by role; roles that cannot crash are left out. */
  readonly crashes: ReadonlyMap<string, string>
  /** The key of the budget that a restart of a node of a role spends, by role; roles that cannot restart are left out. */
  readonly restarts: ReadonlyMap<string, string>
  /** The most nodes that may be down at the same time. */
  readonly atOnce: number
  readonly forms: ((message: AnyMessage) => readonly AnyMessage[]) | null
  readonly sides: readonly (readonly string[])[] | null
  readonly oneWay: boolean
  readonly skewBy: readonly number[]
}

/**
 * The faults of a protocol, with their budgets overridden.
 *
 * @throws SpecError on an unknown kind or role, a malformed budget, or an override of a fault that needs more than a budget.
 */
export function faultPlan({ faults = {}, roles }: ProtocolDefinition, overrides: FaultOverrides | undefined): FaultPlan {
  requireKinds(Object.keys(faults), 'faults')
  if (overrides === undefined || overrides === 'none') return planOf(faults, roles, overrides)
  requireKinds(
    Object.keys(overrides).map((key) => key.replace(/^(crash|restart)\..*$/su, '$1')),
    'the fault budgets',
  )
  const { total, ...kinds } = overrides
  // A bound on all alone says nothing about kinds: those of the spec stay.
  const bounded = total !== undefined && Object.keys(kinds).length === 0
  requireSense(kinds)
  return bounded
    ? planOf({ ...faults, total: requireNumber('total', total) }, roles, undefined)
    : planOf(faults, roles, overrides)
}

function planOf(faults: Faults, roles: ProtocolDefinition['roles'], overrides: FaultOverrides | undefined): FaultPlan {
  const budgets = new Map<string, Budget>()
  const put = (kind: FaultKind, declared: Budget | undefined, repair = false): void => {
    const budget = overridden(kind, declared, overrides, repair)
    if (budget !== undefined && requireBudget(kind, budget) !== 0) budgets.set(kind, budget)
  }
  const partition = detailed(faults.partition)
  put('drop', faults.drop)
  put('duplicate', faults.duplicate)
  put('corrupt', faults.corrupt?.budget)
  const crashes = roleBudgets('crash', faults.crash, Object.keys(roles), overrides, false)
  put('partition', partition?.budget)
  put('skew', faults.skew?.budget)
  // Only where something crashes is a restart a repair, which stays; elsewhere it is a fault like others. Where the spec could
  // crash nodes and does not, there is nothing to restart.
  const asked = typeof overrides === 'object' && Object.keys(overrides).some((key) => /^restart(?:\.|$)/.test(key))
  const restartable = crashes.length > 0 || faults.crash === undefined || asked
  const restarts = restartable ? roleBudgets('restart', faults.restart, Object.keys(roles), overrides, crashes.length > 0) : []
  for (const [, key, budget] of [...crashes, ...restarts]) budgets.set(key, budget)
  if (budgets.has('partition')) put('heal', faults.heal, true)
  const total = overrides === undefined ? faults.total : overrides === 'none' ? undefined : overrides.total
  if (total !== undefined) budgets.set('total', requireNumber('total', total))
  if (budgets.get('duplicate') === true) requireNumber('duplicate', true)
  requireDetails(budgets, faults)
  return {
    budgets,
    crashes: new Map(crashes.map(([role, key]) => [role, key])),
    restarts: new Map(restarts.map(([role, key]) => [role, key])),
    atOnce: atOnceOf(faults, overrides),
    forms: faults.corrupt?.forms ?? null,
    sides: partition?.sides ?? null,
    oneWay: partition?.oneWay ?? false,
    skewBy: faults.skew?.by ?? [],
  }
}

function overridden(
  kind: string,
  declared: Budget | undefined,
  overrides: FaultOverrides | undefined,
  repair: boolean,
): Budget | undefined {
  if (overrides === undefined) return declared
  if (overrides === 'none') return undefined
  return overrides[kind] ?? (repair ? declared : undefined)
}

function detailed<T extends { readonly budget: Budget }>(
  fault: Budget | T | undefined,
): ({ budget: Budget } & Partial<T>) | undefined {
  if (typeof fault === 'object') return fault
  return fault === undefined ? undefined : ({ budget: fault } as { budget: Budget } & Partial<T>)
}

/**
 * By role, the key of the budget that a crash or a restart of its nodes spends, and that budget: one for all roles, or one for each that the spec names.
 */
function roleBudgets(
  kind: 'crash' | 'restart',
  declared: Faults['crash'] | Faults['restart'],
  roles: readonly string[],
  overrides: FaultOverrides | undefined,
  repair: boolean,
): readonly (readonly [role: string, key: string, budget: Budget])[] {
  const asked = overriddenByRole(kind, roles, overrides)
  if (asked.length > 0) return asked.filter(([, , budget]) => budget !== 0)
  const byRole: CrashFaults = typeof declared === 'object' ? declared : {}
  const named = Object.keys(byRole).filter((key) => kind === 'restart' || key !== 'atOnce')
  for (const role of named) requireRole(kind, role, roles)
  const all = overridden(kind, typeof declared === 'object' ? true : declared, overrides, repair)
  const asDeclared = overrides === undefined || (repair && overrides !== 'none' && overrides[kind] === undefined)
  // Crashes that name no role are of any node; restarts that name none are of no node.
  const isByRole = named.length > 0 || (kind === 'restart' && typeof declared === 'object')
  const budgets =
    asDeclared && isByRole
      ? named.map((role) => [role, `${kind}.${role}`, byRole[role] ?? 0] as const)
      : roles.map((role) => [role, kind, all ?? 0] as const)
  return budgets.filter(([, key, budget]) => requireBudget(key, budget) !== 0)
}

/** What `crash.server: 1` among the overrides asks for. */
function overriddenByRole(
  kind: 'crash' | 'restart',
  roles: readonly string[],
  overrides: FaultOverrides | undefined,
): readonly (readonly [role: string, key: string, budget: Budget])[] {
  if (typeof overrides !== 'object') return []
  const entries = Object.entries(overrides).filter(([key]) => key.startsWith(`${kind}.`) && key !== atOnceKey)
  if (entries.length > 0 && overrides[kind] !== undefined)
    throw new SpecError(`the fault budgets: '${kind}' is given for all roles, and '${entries[0]?.[0]}' for one`, {
      hint: 'give one of the two',
    })
  return entries.map(([key, budget]) => {
    const role = key.slice(kind.length + 1)
    requireRole(kind, role, roles)
    return [role, key, requireBudget(key, budget)] as const
  })
}

/** Among the overrides, what bounds how many nodes are down at the same time. */
const atOnceKey = 'crash.atOnce'

function atOnceOf({ crash }: Faults, overrides: FaultOverrides | undefined): number {
  const asked = typeof overrides === 'object' ? overrides[atOnceKey] : undefined
  const atOnce = asked ?? (typeof crash === 'object' ? crash.atOnce : undefined)
  if (atOnce === undefined || requireBudget(atOnceKey, atOnce) === true) return Number.POSITIVE_INFINITY
  return Number(atOnce)
}

/** What overrides ask for must not come to nothing: they say all that may happen. */
function requireSense(overrides: { readonly [key: string]: Budget | undefined }): void {
  const crashes = Object.keys(overrides).some((key) => key === 'crash' || (key.startsWith('crash.') && key !== atOnceKey))
  if ((overrides[atOnceKey] ?? 0) !== 0 && !crashes)
    throw new SpecError(`the fault budgets: '${atOnceKey}' bounds crashes, and nothing crashes`, {
      hint: 'say how often nodes crash too: crash=2,crash.atOnce=1, or crash=any,crash.atOnce=1',
    })
  if ((overrides.heal ?? 0) !== 0 && overrides.partition === undefined)
    throw new SpecError("the fault budgets: 'heal' ends partitions, and there are none", {
      hint: 'say how often the network is cut too: partition=1,heal=1',
    })
}

function requireKinds(kinds: readonly string[], where: string): void {
  const known: readonly string[] = [...faultKinds, 'total']
  for (const kind of kinds) {
    if (known.includes(kind)) continue
    throw new SpecError(`${where}: there is no fault '${kind}'`, {
      hint: nearest(kind, known, {
        found: (other) => `did you mean '${other}'?`,
        none: (all) => `the kinds are ${all.join(', ')}`,
      }),
    })
  }
}

function requireRole(kind: string, role: string, roles: readonly string[]): void {
  if (roles.includes(role)) return
  throw new SpecError(`faults.${kind}: there is no role '${role}'`, {
    hint: nearest(role, kind === 'crash' ? [...roles, 'atOnce'] : roles, {
      found: (other) => `did you mean '${other}'?`,
      none: (all) => `it takes ${all.join(', ')}`,
    }),
  })
}

function requireBudget<B extends Budget>(key: string, budget: B): B {
  if (budget === true || (Number.isSafeInteger(budget) && (budget as number) >= 0)) return budget
  throw new SpecError(`the budget of '${key}' cannot be ${String(budget)}`, {
    hint: 'it must be a whole number, 0 or more, or true for any number of times',
  })
}

/** Of copies without end there is no end of states; a bound that is none says nothing. */
function requireNumber(key: 'duplicate' | 'total', budget: Budget): number {
  if (budget !== true) return Number(requireBudget(key, budget))
  throw new SpecError(`the budget of '${key}' cannot be without a bound`, { hint: 'it must be a whole number, 0 or more' })
}

/** What a budget alone does not say must be in the spec. */
function requireDetails(budgets: ReadonlyMap<string, Budget>, faults: Faults): void {
  if (budgets.has('corrupt') && typeof faults.corrupt?.forms !== 'function')
    throw new SpecError('nothing says what corrupted messages look like', {
      hint: 'give the spec `faults: { corrupt: { budget: 1, forms: (message) => [...] } }`',
    })
  if (budgets.has('skew') && !(faults.skew?.by ?? []).some((jump) => jump !== 0))
    throw new SpecError('nothing says how far clocks jump', {
      hint: 'give the spec `faults: { skew: { budget: 1, by: [-1, 1] } }`',
    })
}
