/** `expect(spec)` knows the names of that spec's properties. */
import { expect } from 'vitest'
import 'faultline/vitest'
import twoPhaseCommit from '../../specs/two-phase-commit.js'

export async function matchers(): Promise<void> {
  await expect(twoPhaseCommit).toHold()
  await expect(twoPhaseCommit.with({ rms: 2 })).toHold({ maxDepth: 3 })
  await expect(twoPhaseCommit.mutants.commitWithoutAll).toViolate('consistent')
  await expect(twoPhaseCommit.mutant('commitWithoutAll')).not.toViolate('deadlock', { steps: 3, faults: 0, maxStates: 10 })
  await expect(twoPhaseCommit).toReach('allCommitted', { steps: 11, maxSeconds: 5 })

  // @ts-expect-error a property that the spec does not have
  await expect(twoPhaseCommit).toViolate('consistant')
  // @ts-expect-error a property that the spec does not have, negated
  await expect(twoPhaseCommit).not.toViolate('consistant')
  // @ts-expect-error a state to reach that the spec does not have
  await expect(twoPhaseCommit).toReach('allComitted')
  // @ts-expect-error a deadlock is violated, not reached
  await expect(twoPhaseCommit).toReach('deadlock')
  // @ts-expect-error an option that there is not
  await expect(twoPhaseCommit).toHold({ maxState: 3 })
  // @ts-expect-error a length is a number
  await expect(twoPhaseCommit).toViolate('consistent', { steps: 'seven' })
  // @ts-expect-error a spec's name is not the spec
  await expect('two-phase-commit').toViolate('consistent')
  // @ts-expect-error the module is not the spec: its default export is
  await expect(await import('../../specs/two-phase-commit.js')).toViolate('consistent')
  // @ts-expect-error toViolate always goes on past other violations
  await expect(twoPhaseCommit).toViolate('consistent', { continue: false })
  // @ts-expect-error a promise is to be awaited, not a boolean
  const done: boolean = expect(twoPhaseCommit).toHold()
  void done
}
