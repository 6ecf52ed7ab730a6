import { faultKinds } from '../model/protocol/fault-plan.js'
import { nearest } from '../spec/nearest.js'
import type { Budget, FaultOverrides } from '../spec/protocol-network.js'
import { SpecError } from '../spec/spec-error.js'
import { parseCount } from './quantities.js'

const kinds: readonly string[] = [...faultKinds, 'total']
/** `crash.server`: of the nodes of one role. */
const ofRole = /^(crash|restart)\..+$/su

/**
 * What `--faults` asks for: `none`, or budgets such as `crash=1,drop=2`, `crash.server=1`, `drop=any`.
 *
 * @throws SpecError that names the flag, and the kind of fault that is unknown or without a number.
 */
export function parseFaults(text: string): FaultOverrides {
  if (text.trim() === 'none') return 'none'
  const budgets: { [kind: string]: Budget } = {}
  for (const assignment of text.split(',')) {
    const [kind = '', count, ...more] = assignment.split('=').map((part) => part.trim())
    if (!kinds.includes(kind.replace(ofRole, '$1'))) throw unknownKind(text, kind)
    if (count === undefined || count === '' || more.length > 0)
      throw new SpecError(`--faults ${text}: ${kind} needs a number`, {
        hint: `write it as --faults ${kind}=1, or --faults none`,
      })
    if (budgets[kind] !== undefined)
      throw new SpecError(`--faults ${text}: ${kind} is given twice`, { hint: 'give each kind once' })
    budgets[kind] = count === 'any' ? true : parseCount(`faults ${kind}`, count, 0)
  }
  return budgets
}

function unknownKind(text: string, kind: string): SpecError {
  return new SpecError(`--faults ${text}: ${kind === '' ? 'a kind of fault is missing' : `there is no fault '${kind}'`}`, {
    hint: nearest(kind, [...kinds, ...(kind === 'none' ? [] : ['none'])], {
      found: (other) => `did you mean ${other === 'none' ? other : `${other}=1`}?`,
      none: () => `the kinds are ${kinds.join(', ')}`,
    }),
  })
}
