import type { BreakingBudget, Result } from '../check/result.js'
import { faultCounts } from './fault-text.js'
import { failed } from './property-text.js'
import { counted, printable } from './text.js'

/**
 * The robustness frontier of a protocol in one sentence: how many faults it is known to stand, which break it, and under which budget that was found.
 * Nothing for a spec that has no faults of the library's, or of which nothing is known.
 */
export function frontierText(result: Result): string | undefined {
  if (Object.keys(result.coverage.parts).length === 0) return undefined
  const parts = [...standing(result), ...breaking(result)]
  return parts.length > 0 ? `${parts.join('; ')} (budget: ${budgetText(result)})` : undefined
}

/** What behaviours with few faults came to: `holds with 0 faults and with any 1 fault`. */
function standing(result: Result): string[] {
  const { explored } = result.faults
  const claim = result.counterexamples.length === 0 && result.properties.some(failed) ? 'no counterexample' : 'holds'
  if (exhausted(result) && result.counterexamples.length === 0) return [`${claim} ${upTo(mostFaults(result))}`]
  const end = explored.findIndex(({ verdict }) => verdict !== 'holds')
  const complete = end < 0 ? explored.length : end
  const open = explored[complete]
  return [
    ...(complete > 0 ? [`${claim} ${upTo(complete - 1)}`] : []),
    ...(open?.verdict === 'incomplete' ? [`incomplete with ${counted(open.faults, 'fault')}`] : []),
  ]
}

/** The least budgets that break it, all of them where they are known: `breaks with crash=1 or with drop=2`. */
function breaking(result: Result): string[] {
  const { counterexamples, faults } = result
  if (counterexamples.length === 0) return []
  if (faults.breaks !== null && faults.breaks.length > 0)
    return [`breaks with ${leastOf(faults.breaks).map(spentText).join(' or with ')}`]
  const fewest = Math.min(...counterexamples.map((behaviour) => behaviour.faults))
  const spent = counterexamples
    .filter((behaviour) => behaviour.faults === fewest)
    .map((behaviour) => {
      const counts = faultCounts(behaviour)
      return kinds(result)
        .flatMap(({ kind }) => (counts.has(kind) ? [`${printable(kind)}=${counts.get(kind)}`] : []))
        .join(', ')
    })
  const text = fewest === 0 ? '0 faults' : [...new Set(spent)].join(' or ')
  // Shortest behaviours need not have the fewest faults.
  return [`breaks with ${text}${fewest > 0 && faults.minimize === 'steps' ? ', maybe with fewer' : ''}`]
}

/** Of the budgets that break one property or another, those than which none is smaller. */
function leastOf(breaks: readonly BreakingBudget[]): readonly BreakingBudget['spent'][] {
  const isWithin = (a: BreakingBudget['spent'], b: BreakingBudget['spent']) =>
    Object.entries(a).every(([kind, count]) => count <= (b[kind] ?? 0))
  const budgets = breaks.map(({ spent }) => spent)
  return budgets.filter(
    (budget, index) =>
      !budgets.some((other, at) => at !== index && isWithin(other, budget) && (at < index || !isWithin(budget, other))),
  )
}

function spentText(spent: BreakingBudget['spent']): string {
  const counts = Object.entries(spent).map(([kind, count]) => `${printable(kind)}=${count}`)
  return counts.length === 0 ? '0 faults' : counts.join(', ')
}

function upTo(faults: number): string {
  if (faults === 0) return 'with 0 faults'
  if (faults === 1) return 'with 0 faults and with any 1 fault'
  return Number.isFinite(faults) ? `with up to ${counted(faults, 'fault')}` : 'with all faults that the budget allows'
}

function exhausted({ limit, states }: Result): boolean {
  return limit === null && states.queue === 0
}

/** The kinds of fault that could happen, each with the keys of its budgets. */
function kinds({ coverage, faults }: Result): { readonly kind: string; readonly keys: readonly string[] }[] {
  return Object.keys(coverage.parts)
    .filter((part) => part.startsWith('fault '))
    .map((part) => part.slice('fault '.length))
    .map((kind) => ({ kind, keys: Object.keys(faults.budget).filter((key) => key === kind || key.startsWith(`${kind}.`)) }))
}

/** The most faults that one behaviour may have by its budgets; without end where a kind has none. */
function mostFaults(result: Result): number {
  const { budget } = result.faults
  const spendable = kinds(result).map(({ keys }) =>
    keys.length === 0 ? Number.POSITIVE_INFINITY : keys.reduce((sum, key) => sum + (budget[key] ?? 0), 0),
  )
  return Math.min(
    budget.total ?? Number.POSITIVE_INFINITY,
    spendable.reduce((sum, faults) => sum + faults, 0),
  )
}

function budgetText(result: Result): string {
  const { budget } = result.faults
  const named = kinds(result).flatMap(({ kind, keys }) =>
    keys.length === 0 ? [`any ${kind}`] : keys.map((key) => `${key}=${budget[key]}`),
  )
  if (named.length === 0) return 'no faults'
  return printable([...named, ...(budget.total === undefined ? [] : [`total=${budget.total}`])].join(', '))
}
