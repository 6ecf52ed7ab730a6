import { check, explore, replay } from 'faultline'
import { describe, expect, test } from 'vitest'
import rpcRetry from '../../../specs/rpc-retry.js'
import twoPhaseCommit from '../../../specs/two-phase-commit.js'

describe('looking around in a machine', () => {
  const { initial, enabled } = explore(twoPhaseCommit.with({ rms: 2 }))
  const [first] = initial

  test('begins in its initial states, with values as the spec gave them', () => {
    expect(initial).toHaveLength(1)
    expect(first?.rm).toEqual({ rm1: 'working', rm2: 'working' })
    expect(first?.messages.size).toBe(0)
  })

  test('lists the enabled steps with their arguments, and where they lead', () => {
    if (first === undefined) throw new Error('there is an initial state')
    const steps = enabled(first)
    expect(steps.map(({ label }) => label)).toEqual([
      'tmAbort',
      'rmPrepare(rm1)',
      'rmPrepare(rm2)',
      'rmChooseToAbort(rm1)',
      'rmChooseToAbort(rm2)',
    ])
    expect(steps[1]?.state.rm).toEqual({ rm1: 'prepared', rm2: 'working' })
    expect(steps[1]?.state.messages.has('prepared rm1')).toBe(true)
  })

  test('goes on from a state made by hand, and refuses one with other fields', () => {
    if (first === undefined) throw new Error('there is an initial state')
    expect(enabled({ ...first, tm: 'aborted' }).map(({ action }) => action)).not.toContain('tmAbort')
    const { tm: _, ...less } = first
    expect(() => enabled({ ...less, rn: 1 } as never)).toThrow('the state does not have the fields of the initial states')
  })
})

describe('looking around in a protocol', () => {
  const { initial, enabled } = explore(rpcRetry)
  const [first] = initial

  test('shows worlds, from which it goes on', () => {
    if (first === undefined) throw new Error('there is an initial state')
    const [call] = enabled(first).filter(({ action }) => action === 'call')
    expect(call?.state.client.c1?.phase).toBe('waiting')
    expect(call?.state.messages).toHaveLength(1)
    if (call === undefined) throw new Error('the client may call')
    expect(enabled(call.state).map(({ label, fault }) => [label, fault])).toEqual([
      ['deliver request c1 -> s1', null],
      ['timeout patience c1', null],
      ['drop request c1 -> s1', 'drop'],
      ['duplicate request c1 -> s1', 'duplicate'],
      ['restart s1', 'restart'],
    ])
    // The world that was left is still what it was.
    expect(first.client.c1?.phase).toBe('idle')
  })

  test('refuses a world that it did not make', () => {
    expect(() => enabled({ ...first } as never)).toThrow('did not come from this exploration')
  })

  test('has the faults that it is given', () => {
    const calm = explore(rpcRetry, { faults: 'none' })
    expect(calm.enabled(calm.initial[0] as never).every(({ fault }) => fault === null)).toBe(true)
  })
})

test('a counterexample found under other budgets is replayed under them', async () => {
  const spec = rpcRetry.mutants.volatileDedupe
  const faults = { duplicate: 1, restart: 2 }
  const { counterexamples } = await check(spec, { faults })
  const [trace] = counterexamples
  if (trace === undefined) throw new Error('the mutant is caught')
  const { states, properties } = replay(spec, trace, { faults })
  expect(states).toHaveLength(trace.length + 1)
  expect(properties.find(({ name }) => name === 'atMostOnce')?.truth.at(-1)).toBe(false)
  expect(() => replay(spec, trace, { faults: 'none' })).toThrow('is not enabled')
})
