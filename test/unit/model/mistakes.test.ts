import { randomInt } from 'node:crypto'
import { check, choose, machine, type SpecError, same, spec, whole } from 'faultline'
import { Range, Set } from 'immutable'
import { describe, expect, test } from 'vitest'

async function mistakeOf(run: () => Promise<unknown>): Promise<SpecError> {
  try {
    await run()
  } catch (error) {
    return error as SpecError
  }
  throw new Error('nothing was refused')
}

const oneField = (action: (s: { n: number }) => { n: number } | false) =>
  spec('one-field', {}, () => machine({ init: { n: 0 }, actions: { act: (s) => s.n < 5 && action(s) }, terminal: true }))

function loop(): object {
  const record: { next?: object } = {}
  record.next = record
  return record
}

describe('a breach of purity is reported', () => {
  test('also when the function catches what was thrown', async () => {
    const swallowing = oneField((s) => {
      try {
        return { n: Math.random() < 0.5 ? s.n + 1 : s.n }
      } catch {
        return false
      }
    })
    const { message, site } = await mistakeOf(() => check(swallowing))
    expect(message).toContain("action 'act': a function of the spec used Math.random")
    expect(site).toMatch(/mistakes\.test\.ts:\d+:\d+$/)
    // And is forgotten afterwards.
    expect(await check(oneField((s) => ({ n: s.n + 1 })))).toMatchObject({ verdict: 'holds', states: { distinct: 6 } })
  })

  test('when an action that reads nothing is random', async () => {
    const spec6 = spec('dice', {}, () =>
      machine({ init: { n: 0 }, actions: { roll: () => ({ n: randomInt(1_000_000) }) }, terminal: true }),
    )
    expect((await mistakeOf(() => check(spec6))).message).toContain("action 'roll': did two different things in the same state")
  })

  test('when an action would end the process', async () => {
    const { message } = await mistakeOf(() => check(oneField(() => process.exit(0))))
    expect(message).toContain('process.exit')
  })
})

test('an action without a name is refused', async () => {
  const nameless = spec('nameless', {}, () => machine({ init: { n: 0 }, actions: { '': (s) => ({ n: 1 - s.n }) } }))
  const { message, site } = await mistakeOf(() => check(nameless))
  expect(message).toBe("spec 'nameless': there is an empty name in actions")
  expect(site).toMatch(/mistakes\.test\.ts:\d+:\d+$/)
})

test('a choice among endlessly many is refused', async () => {
  const endless = spec('endless', {}, () =>
    machine({ init: { n: 0 }, actions: { pick: () => choose(Range(0, Number.POSITIVE_INFINITY), (n) => ({ n })) } }),
  )
  expect((await mistakeOf(() => check(endless))).message).toContain(
    "action 'pick': choose(...) was given more than 1048576 elements",
  )
})

test('a check that explores nothing does not hold', async () => {
  const nothing = spec('nothing', {}, () =>
    machine({ init: { n: 0 }, actions: { up: (s) => ({ n: s.n + 1 }) }, constraints: { positive: (s) => s.n > 0 } }),
  )
  expect((await mistakeOf(() => check(nothing))).message).toContain(
    "every initial state is outside its state constraints ('positive')",
  )
})

test('a value that an initial state cannot hold is named with its path and the place of the spec', async () => {
  const broken = spec('broken', {}, () =>
    machine({ init: { ok: 1, deep: { list: [{ x: 1 }, { x: Number.NaN }] } }, actions: { stay: () => ({ ok: 1 }) } }),
  )
  const { message, site } = await mistakeOf(() => check(broken))
  expect(message).toBe("spec 'broken', initial state: 'deep.list[1].x' would hold NaN")
  expect(site).toMatch(/mistakes\.test\.ts:\d+:\d+$/)
})

test.each<[what: string, init: object | readonly object[], message: string]>([
  ['that contains itself', loop(), 'a record is nested too deeply, or contains itself'],
  ['that is missing', [], 'the machine has no initial state'],
  ['with other fields than the first', [{ a: 1 }, { b: 1 }], "the initial states have different fields: not all have 'b'"],
])('an initial state %s is refused at the place of the spec, with what to do', async (_, init, reason) => {
  const broken = spec('broken', {}, () => machine({ init, actions: { stay: () => ({}) } }))
  const { message, hint, site } = await mistakeOf(() => check(broken))
  expect(message).toBe(`spec 'broken', initial state: ${reason}`)
  expect(hint).toBeDefined()
  expect(site).toMatch(/mistakes\.test\.ts:\d+:\d+$/)
})

test('an option that a check does not have is refused, with the nearest', async () => {
  const misspelt = { maxState: 3 } as object
  const { message, hint } = await mistakeOf(() =>
    check(
      oneField((s) => ({ n: s.n + 1 })),
      misspelt,
    ),
  )
  expect(`${message}; ${hint}`).toBe("check(...) has no option 'maxState'; did you mean 'maxStates'?")
})

test('a record marked as whole is replaced, and may have other fields in every state', async () => {
  type Lock = { readonly kind: 'free' } | { readonly kind: 'held'; readonly by: string }
  const lock = spec('lock', {}, () =>
    machine({
      init: { lock: whole({ kind: 'free' } as Lock) },
      actions: {
        take: (s) => s.lock.kind === 'free' && choose(['a', 'b'], (by) => ({ lock: { kind: 'held', by } })),
        release: (s) => s.lock.kind === 'held' && { lock: { kind: 'free' } },
      },
      invariants: { freeHasNoHolder: (s) => s.lock.kind === 'held' || !('by' in s.lock) },
    }),
  )
  expect(await check(lock)).toMatchObject({ verdict: 'holds', states: { distinct: 3, depth: 1 } })
})

test('records and sets before and after a step are the same by value', async () => {
  const steady = spec('steady', {}, () =>
    machine({
      init: { config: { epoch: 0 }, members: Set(['a']), n: 0 },
      actions: { up: (s) => s.n < 3 && { n: s.n + 1, members: s.members.add('a') } },
      transitions: { configStays: (before, after) => same(before.config, after.config) && same(before.members, after.members) },
      terminal: true,
    }),
  )
  expect((await check(steady)).verdict).toBe('holds')
})
