import { type FaultKind, faultKinds } from './fault-plan.js'
import type { Layout } from './layout.js'

/**
 * What the runs of the handlers showed: which ever did something, and which messages came to be. Every handler runs in the first state that offers it
 * something new, so nothing is missed where later runs are answered from what was learned.
 */
export class Coverage {
  readonly #layout: Layout
  /** Handlers that ran, and whether they ever returned something. */
  readonly #ran = new Map<string, boolean>()
  readonly #sent = new Set<string>()
  readonly #faults = new Set<FaultKind>()

  constructor(layout: Layout) {
    this.#layout = layout
  }

  ran(handler: string, fired: boolean): void {
    const known = this.#ran.get(handler)
    if (known === true || known === fired) return
    this.#ran.set(handler, fired)
  }

  sent(type: string): void {
    this.#sent.add(type)
  }

  fault(kind: FaultKind): void {
    this.#faults.add(kind)
  }

  /**
   * By name (`server.on.vote`, `server.timers.election`, `client.operations.put`, `fault drop`, `message vote`): `fired`, `ignored only` or `never` for handlers,
   * `fired` or `never` for the kinds of fault that the budgets allow, `received`, `never received` or `never sent` for types of messages.
   */
  report(): { readonly [name: string]: string } {
    const report: Record<string, string> = {}
    for (const [name, role] of Object.entries(this.#layout.definition.roles))
      for (const group of ['on', 'timers', 'operations'] as const)
        for (const key of Object.keys(role[group] ?? {})) {
          const fired = this.#ran.get(`${name}.${group}.${key}`)
          report[`${name}.${group}.${key}`] = fired === undefined ? 'never' : fired ? 'fired' : 'ignored only'
        }
    const { budgets, crashes, restarts } = this.#layout.faults
    const possible = (kind: FaultKind) =>
      budgets.has(kind) || (kind === 'crash' && crashes.size > 0) || (kind === 'restart' && restarts.size > 0)
    for (const kind of faultKinds) if (possible(kind)) report[`fault ${kind}`] = this.#faults.has(kind) ? 'fired' : 'never'
    const roles = Object.keys(this.#layout.definition.roles)
    for (const type of this.#layout.handled)
      report[`message ${type}`] = roles.some((role) => this.#ran.get(`${role}.on.${type}`) === true)
        ? 'received'
        : this.#sent.has(type)
          ? 'never received'
          : 'never sent'
    return report
  }
}
