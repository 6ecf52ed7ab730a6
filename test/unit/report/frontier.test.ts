import { describe, expect, test } from 'vitest'
import { check } from '../../../src/check/check.js'
import type { CheckOptions, Result } from '../../../src/check/result.js'
import { frontierText } from '../../../src/report/frontier.js'
import { protocol } from '../../../src/spec/protocol.js'
import type { Role } from '../../../src/spec/protocol-role.js'
import { spec } from '../../../src/spec/spec.js'
import { holds } from './fixtures.js'

interface Message {
  readonly type: 'ask' | 'answer'
}

/** A client asks once; a server answers unless it forgot how after a crash, or the question is lost. */
const asking = (bad: 'stopped' | 'both' | 'nothing', total?: number) => {
  const client: Role<{ readonly asked: boolean; readonly answered: boolean }, Message> = {
    nodes: ['c'],
    init: { asked: false, answered: false },
    durable: ['asked', 'answered'],
    operations: { ask: (self) => !self.asked && { state: { asked: true }, send: [{ to: 's', type: 'ask' }] } },
    on: { answer: () => ({ state: { answered: true } }) },
  }
  const server: Role<{ readonly seen: number }, Message> = {
    nodes: ['s'],
    init: { seen: 0 },
    on: { ask: (self, _, { from }) => ({ state: { seen: self.seen + 1 }, send: [{ to: from, type: 'answer' }] }) },
  }
  return spec('asking', {}, () =>
    protocol({
      roles: { client, server },
      faults: { drop: 2, crash: { server: 1 }, ...(total === undefined ? {} : { total }) },
      terminal: true,
      invariants: {
        fine: ({ up, messages, client: { c } }) => {
          const lost = c?.asked === true && !c.answered && messages.length === 0
          return bad === 'nothing' || !(up.s === false && (bad === 'stopped' || lost))
        },
      },
    }),
  )
}

async function frontier(spec: ReturnType<typeof asking>, options: CheckOptions = {}): Promise<string | undefined> {
  return frontierText(await check(spec, options))
}

describe('the robustness frontier', () => {
  test('of a protocol that holds is every fault in the budget', async () => {
    expect(await frontier(asking('nothing'))).toBe('holds with up to 3 faults (budget: drop=2, crash.server=1)')
    expect(await frontier(asking('nothing', 1))).toBe(
      'holds with 0 faults and with any 1 fault (budget: drop=2, crash.server=1, total=1)',
    )
    expect(await frontier(asking('nothing'), { faults: 'none' })).toBe('holds with 0 faults (budget: no faults)')
  })

  test('lies between the faults that it stands and those that break it', async () => {
    expect(await frontier(asking('stopped'))).toBe('holds with 0 faults; breaks with crash=1 (budget: drop=2, crash.server=1)')
    expect(await frontier(asking('both'))).toBe(
      'holds with 0 faults and with any 1 fault; breaks with drop=1, crash=1 (budget: drop=2, crash.server=1)',
    )
  })

  test('is not claimed of the shortest counterexample, which may have more faults than it takes', async () => {
    expect(await frontier(asking('stopped'), { minimize: 'steps' })).toBe(
      'breaks with crash=1, maybe with fewer (budget: drop=2, crash.server=1)',
    )
  })

  test('of a check that a limit ended tells what is complete from what is not', async () => {
    expect(await frontier(asking('nothing'), { maxStates: 6 })).toBe(
      'holds with 0 faults; incomplete with 1 fault (budget: drop=2, crash.server=1)',
    )
  })

  test('is not called holding where a sometimes was not reached', async () => {
    const result = await check(asking('nothing', 1))
    const properties = [...result.properties, { name: 'x', kind: 'sometimes' as const, verdict: 'unreached' as const }]
    expect(frontierText({ ...result, verdict: 'violated', properties })).toMatch(/^no counterexample with 0 faults and/)
  })

  test('names all least budgets that break one property or another, where they are known', async () => {
    const result = await check(asking('stopped'), { continue: true })
    const least = [
      { property: 'one', spent: { drop: 2 } },
      { property: 'one', spent: { crash: 1, drop: 1 } },
      { property: 'other', spent: { drop: 2 } },
      { property: 'other', spent: { crash: 1, drop: 2 } },
    ]
    expect(frontierText(result)).toContain('; breaks with crash.server=1 (')
    expect(frontierText({ ...result, faults: { ...result.faults, breaks: least } })).toContain(
      '; breaks with drop=2 or with crash=1, drop=1 (',
    )
  })

  test('names every set of faults that breaks it with as few, where no more is known', async () => {
    const known = await check(asking('stopped'), { continue: true })
    const result = { ...known, faults: { ...known.faults, breaks: null } }
    const [crashed] = result.counterexamples
    const dropped = { ...crashed, steps: crashed?.steps.map((step) => (step.fault ? { ...step, fault: 'drop' } : step)) }
    const both = { ...result, counterexamples: [crashed, dropped] } as Result
    expect(frontierText(both)).toContain('; breaks with crash=1 or drop=1 (')
  })

  test('of kinds without a bound is any number of them', async () => {
    const result = await check(asking('nothing', 1))
    expect(frontierText({ ...result, faults: { ...result.faults, budget: {} } })).toBe(
      'holds with all faults that the budget allows (budget: any drop, any crash)',
    )
  })

  test('is nothing for a machine, which has no faults of its own', () => {
    expect(frontierText(holds)).toBeUndefined()
  })
})
