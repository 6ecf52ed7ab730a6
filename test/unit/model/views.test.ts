import { inspect } from 'node:util'
import { check, choose, machine, replay, spec } from 'faultline'
import { fromJS, Map, Seq, Set } from 'immutable'
import { describe, expect, it } from 'vitest'
import { withTraps } from '../../../src/model/purity.js'

const N = ['a', 'b'] as const

describe('a record of the state', () => {
  it('has its fields alone where Immutable makes a collection of it', async () => {
    const of = spec('collected', {}, () =>
      machine({
        init: { votes: { a: 0, b: 0 } },
        actions: { vote: (s) => choose(N, (n) => s.votes[n] === 0 && { votes: { [n]: 1 } }) },
        invariants: {
          two: (s) => Map(s.votes).size === 2 && Seq(s.votes).count() === 2 && Reflect.ownKeys(s.votes).length === 2,
          json: (s) => JSON.stringify(fromJS(s.votes)) === JSON.stringify(s.votes),
        },
        sometimes: { all: (s) => Seq(s.votes).every((vote) => vote === 1) },
        terminal: true,
      }),
    )
    expect((await check(of)).verdict).toBe('holds')
  })

  it('is printed with what its fields hold', async () => {
    const printed: string[] = []
    const of = spec('printed', {}, () =>
      machine({
        init: { votes: { a: 5 } },
        actions: { vote: (s) => printed.push(inspect(s)) < 0 && {} },
        terminal: true,
      }),
    )
    await check(of)
    expect(printed[0]).toMatch(/votes.*a: .*5/s)
    expect(withTraps(() => inspect.defaultOptions.getters)).toBe(true)
    expect(inspect.defaultOptions.getters).toBe(false)
  })
})

describe('a Set tells plain objects by value', () => {
  const counting = (most: number) =>
    spec('counting', {}, () =>
      machine({
        init: { sent: Set<{ n: number }>(), n: 0, got: false },
        actions: {
          // The set stays small, but past 1024 different elements it is no longer kept by element.
          send: (s) => s.n < most && !s.got && { sent: (s.n % 3 === 0 ? s.sent.clear() : s.sent).add({ n: s.n }), n: s.n + 1 },
          get: (s) => !s.got && s.sent.has({ n: s.n - 1 }) && { got: true, sent: s.sent.delete({ n: s.n - 1 }) },
        },
        invariants: { gone: (s) => !s.got || !s.sent.has({ n: s.n - 1 }), small: (s) => s.sent.add({ n: s.n - 1 }).size <= 3 },
        sometimes: { last: (s) => s.got && s.n === most },
        terminal: true,
      }),
    )

  it.each([10, 1100])('however it is kept, with %i elements in all', async (most) => {
    const result = await check(counting(most))
    expect(result.verdict).toBe('holds')
    expect(result.coverage.actions).toEqual({ send: most, get: most })
  })

  it('also where a behaviour is replayed', async () => {
    const result = await check(counting(10))
    const trace = result.witnesses[0] ?? { steps: [] }
    expect(replay(counting(10), trace).states.at(-1)).toMatchObject({ got: true, n: 10 })
  })
})
