/**
 * A ledger in one Immutable Map: three units of money that wander along a ring of accounts, one transfer a step.
 *
 * The state is one value of 100 entries, and every step makes a new one: nothing about it can be learned field by field. The invariant reads
 * every entry. This is the worst case for an engine that learns, so it is measured: it must not be slower than calling the functions directly.
 *
 * Parameters: `open` accounts on the ring, of 100. With 48 there are C(50, 3) = 19,600 states.
 */
import { choose, ids, integer, machine, spec } from 'faultline'
import { Map } from 'immutable'

const units = 3

export default spec('big-value', { open: integer(48, { min: 2, max: 100 }) }, ({ open }) => {
  const ACCOUNT = ids('account', 100)
  const ring = ACCOUNT.slice(0, open)
  const after = (account: (typeof ring)[number]) => ring[(ring.indexOf(account) + 1) % open]
  return machine({
    init: Map<string, number>(ACCOUNT.map((account, index) => [account, index === 0 ? units : 0])),
    actions: {
      transfer: (ledger) =>
        choose(ring, (from) => {
          const balance = ledger.get(from, 0)
          return balance > 0 && ledger.set(from, balance - 1).update(after(from), 0, (other) => other + 1)
        }),
    },
    invariants: { moneyIsKept: (ledger) => ledger.reduce((sum, balance) => sum + balance, 0) === units },
  })
})
