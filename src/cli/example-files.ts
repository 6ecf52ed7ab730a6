const spec = `/**
 * Two workers share something that only one of them may use at a time, and have nothing but variables that both can read (Peterson's
 * lock, 1981). Each step below is atomic; the checker tries every order of them.
 *
 *   faultline check specs/mutex.ts                      holds
 *   faultline check specs/mutex.ts --mutant lookFirst   shows how the obvious version fails
 */
import { choose, machine, recordOf, spec } from 'faultline'

const WORKERS = ['ann', 'bob'] as const
type Worker = (typeof WORKERS)[number]
type Phase = 'idle' | 'wanting' | 'waiting' | 'critical'

const other = (worker: Worker): Worker => (worker === 'ann' ? 'bob' : 'ann')

export default spec(
  'mutex',
  {},
  (_parameters, mutant) => {
    // Raise the flag before or after looking at the other's flag? After looks tidier ("only ask when it is free"), and lets both look
    // before either asks.
    const looksFirst = mutant === 'lookFirst'
    return machine({
      init: {
        phase: recordOf(WORKERS, 'idle' as Phase),
        wants: recordOf(WORKERS, false as boolean),
        turn: 'ann' as Worker,
      },
      // An action returns only what changes, or false where it is not enabled. \`choose\` makes one step for each worker.
      actions: {
        ask: (s) =>
          choose(WORKERS, (w) => s.phase[w] === 'idle' && { phase: { [w]: 'wanting' }, wants: { [w]: !looksFirst } }),
        giveWay: (s) => choose(WORKERS, (w) => s.phase[w] === 'wanting' && { phase: { [w]: 'waiting' }, turn: other(w) }),
        enter: (s) =>
          choose(
            WORKERS,
            (w) =>
              s.phase[w] === 'waiting' && (!s.wants[other(w)] || s.turn === w) && { phase: { [w]: 'critical' }, wants: { [w]: true } },
          ),
        leave: (s) => choose(WORKERS, (w) => s.phase[w] === 'critical' && { phase: { [w]: 'idle' }, wants: { [w]: false } }),
      },
      // True in every state that can be reached.
      invariants: {
        mutualExclusion: (s) => !WORKERS.every((w) => s.phase[w] === 'critical'),
      },
      // Must be true in some state, so that the spec does not hold only because nothing happens in it.
      sometimes: {
        bothWant: (s) => WORKERS.every((w) => s.phase[w] === 'waiting'),
        bobEnters: (s) => s.phase.bob === 'critical',
      },
    })
  },
  // A mutant is a mistake put in on purpose: a check of it must find the property violated.
  { mutants: { lookFirst: { violates: 'mutualExclusion' } } },
)
`

const test = `import { expect, test } from 'vitest'
import 'faultline/vitest'
import mutex from '../specs/mutex.js'

test('the lock keeps the workers apart', async () => {
  await expect(mutex).toHold()
})

test('looking before asking lets both in', async () => {
  await expect(mutex.mutant('lookFirst')).toViolate('mutualExclusion')
})
`

/** What \`faultline init\` writes, by path from the directory that it is given. */
export const exampleFiles: Readonly<Record<string, string>> = { 'specs/mutex.ts': spec, 'test/mutex.test.ts': test }
