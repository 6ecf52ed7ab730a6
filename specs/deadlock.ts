/**
 * Deadlock: transactions lock what they need one by one, and keep all of it until they commit.
 *
 * Topic: transactions
 * Granularity: one step takes one lock, commits a transaction, or aborts one, which then begins anew.
 * Source: E. G. Coffman, M. J. Elphick, A. Shoshani, "System deadlocks", 1971; D. J. Rosenkrantz, R. E. Stearns, P. M. Lewis, "System level
 * concurrency control for distributed database systems", 1978, for wait-die.
 * Parameters: `transactions`, as many as there are items; each needs two neighbours in a ring of them; `policy`, what is done about deadlock:
 * locks are taken in an order that is the same for all (`ordered`: 12 states for 2, 42 for 3); `detect` aborts transactions that wait for each
 * other; with `waitDie` a transaction aborts where it would wait for an older one.
 * Faults: none.
 * Expected: no deadlock, and all can always commit in the end. Mutant: each locks its items in its own order, and nothing is done about it.
 *
 * What a newcomer learns: a state in which nothing can happen is found without a property that says what to look for.
 */
import { choose, ids, integer, machine, oneOf, recordOf, spec } from 'faultline'

export default spec(
  'deadlock',
  {
    transactions: integer(2, { min: 2, max: 5 }),
    policy: oneOf('ordered', ['ordered', 'detect', 'waitDie']),
  },
  ({ transactions, policy }, mutant) => {
    const TRANSACTIONS = ids('t', transactions)
    const ITEMS = ids('x', transactions)
    type Transaction = (typeof TRANSACTIONS)[number]
    const init = {
      owner: recordOf(ITEMS, 'nobody' as Transaction | 'nobody'),
      committed: recordOf(TRANSACTIONS, false as boolean),
    }
    type State = typeof init

    /** What a transaction needs, in the order in which it locks. */
    const needs = recordOf(TRANSACTIONS, (t) => {
      const index = TRANSACTIONS.indexOf(t)
      const own = ITEMS.filter((_, item) => item === index || item === (index + 1) % transactions)
      const isOrdered = policy === 'ordered' && mutant === null
      return isOrdered || index + 1 < transactions ? own : own.reverse()
    })
    const next = (s: State, t: Transaction) => (s.committed[t] ? undefined : needs[t].find((x) => s.owner[x] !== t))
    /** Who has what a transaction needs next. */
    const waitsFor = (s: State, t: Transaction) => {
      const item = next(s, t)
      const owner = item === undefined ? 'nobody' : s.owner[item]
      return owner === 'nobody' ? undefined : owner
    }
    const isInCycle = (s: State, t: Transaction) => {
      let other = waitsFor(s, t)
      for (let steps = 1; other !== undefined && other !== t && steps < transactions; steps++) other = waitsFor(s, other)
      return other === t
    }
    const mustAbort = (s: State, t: Transaction) => {
      const owner = waitsFor(s, t)
      if (policy === 'waitDie') return owner !== undefined && TRANSACTIONS.indexOf(owner) < TRANSACTIONS.indexOf(t)
      return policy === 'detect' && isInCycle(s, t)
    }
    const released = (s: State, t: Transaction) =>
      recordOf(
        ITEMS.filter((x) => s.owner[x] === t),
        'nobody' as const,
      )

    return machine({
      init,
      actions: {
        lock: (s) =>
          choose(TRANSACTIONS, (t) => {
            const item = next(s, t)
            return item !== undefined && s.owner[item] === 'nobody' && { owner: { [item]: t } }
          }),
        commit: (s) =>
          choose(
            TRANSACTIONS,
            (t) => !s.committed[t] && next(s, t) === undefined && { owner: released(s, t), committed: { [t]: true } },
          ),
        // Its locks are taken from it, and it begins anew.
        ...(policy !== 'ordered' && {
          abort: (s: State) => choose(TRANSACTIONS, (t) => mustAbort(s, t) && { owner: released(s, t) }),
        }),
      },
      sometimes: {
        waiting: (s) => TRANSACTIONS.some((t) => waitsFor(s, t) !== undefined),
      },
      alwaysPossible: { allCommit: (s) => TRANSACTIONS.every((t) => s.committed[t]) },
      terminal: (s) => TRANSACTIONS.every((t) => s.committed[t]),
    })
  },
  {
    expected: { states: 12, depth: 6 },
    mutants: {
      oppositeOrder: { violates: 'deadlock', steps: 2 },
    },
  },
)
