import type { AnyMessage, Envelope } from '../../spec/protocol-role.js'
import { formatValue } from '../../values/format.js'
import { isPlainRecord } from '../shape.js'
import { faultKinds } from './fault-plan.js'
import type { Layout } from './layout.js'

/** Columns that a value may take in the name of a step. */
const valueWidth = 24

/** A step in words, and whose it is. */
export interface Label {
  readonly label: string
  readonly node: string | null
}

/** Whether each step of an action is about a message. */
export function aboutMessages(action: string): boolean {
  return ['deliver', 'lose', 'drop', 'duplicate', 'corrupt'].includes(action)
}

/** The message that a step is about, or `null`. */
export function envelopeIn(action: string, args: readonly unknown[]): Envelope | null {
  if (!aboutMessages(action)) return null
  return (args.slice(0, 2).find((arg) => isPlainRecord(arg) && 'message' in arg && 'to' in arg) ?? null) as Envelope | null
}

/** The kind of fault that an action is, or `null`. */
export function faultOf(action: string): string | null {
  return faultKinds.find((kind) => kind === action) ?? null
}

/** What a step is called: `deliver vote{yes=true} s1 -> s2`, `timeout election s2`, `crash s1`, `put c1`. */
export function labelOf({ nodes, faults }: Layout, action: string, args: readonly unknown[]): Label {
  const envelope = envelopeIn(action, args)
  if (envelope !== null) {
    const rest = args.slice(args.indexOf(envelope) + 1)
    const way = `${action} ${envelopeText(envelope, valueWidth)}`
    if (action !== 'corrupt') return { label: way + chosen(rest), node: action === 'deliver' ? envelope.to : null }
    return { label: `${way} into ${messageText(rest[0] as AnyMessage)}`, node: null }
  }
  const [first, second, ...rest] = args
  if (action === 'partition' && Array.isArray(first)) {
    const others = nodes.map(({ id }) => id).filter((id) => !first.includes(id))
    return { label: `partition ${first.join(' ')} ${faults.oneWay ? '-/->' : '|'} ${others.join(' ')}`, node: null }
  }
  const node = typeof first === 'string' && nodes.some(({ id }) => id === first) ? first : null
  if (node === null) return { label: action + chosen(args), node }
  if (action === 'timeout') return { label: `timeout ${String(second)} ${node}${chosen(rest)}`, node }
  if (action === 'skew') return { label: `skew ${node} by ${Number(second) > 0 ? '+' : ''}${String(second)}`, node }
  return { label: `${action} ${node}${chosen(args.slice(1))}`, node }
}

/** A message on its way: `vote{yes=true} rm1 -> tm`. */
export function envelopeText({ from, to, message }: Envelope, width = Number.POSITIVE_INFINITY): string {
  return `${messageText(message, width)} ${from} -> ${to}`
}

function chosen(args: readonly unknown[]): string {
  return args.length === 0 ? '' : ` (${args.map((arg) => short(arg)).join(', ')})`
}

/** A message as steps name it: `vote{yes=true}`. */
export function messageText({ type, ...payload }: AnyMessage, width = valueWidth): string {
  const fields = Object.entries(payload).map(([name, value]) => `${name}=${short(value, width)}`)
  return fields.length === 0 ? type : `${type}{${fields.join(' ')}}`
}

function short(value: unknown, width = valueWidth): string {
  return typeof value === 'string' && /^[\w.-]+$/.test(value) ? value : formatValue(value, { width })
}
