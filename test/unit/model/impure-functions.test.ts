import { check, choose, machine, spec } from 'faultline'
import { Set } from 'immutable'
import { describe, expect, it } from 'vitest'
import { explore } from '../../reference/naive-explorer.js'

const N = ['a', 'b', 'c'] as const
type Counts = Readonly<Record<(typeof N)[number], number>>
const init = { counts: { a: 0, b: 0, c: 0 }, busy: false }
const up = (s: typeof init) => choose(N, (n) => s.counts[n] < 2 && { counts: { [n]: s.counts[n] + 1 } })

describe('a result that is kept and not worked out again is noticed, before it is taken for that of another state', () => {
  it('in what the branches of a choice share', async () => {
    const of = spec('shared', {}, () =>
      machine({
        init: { started: false, n: 0, hit: false },
        actions: {
          up: (s) => s.started && s.n < 3 && { n: s.n + 1 },
          act: (s) => {
            let kept: number | undefined
            const n = () => {
              kept ??= s.n
              return kept
            }
            return choose(['start', 'hit'], (what) =>
              what === 'start' ? !s.started && n() === 0 && { started: true } : s.started && n() > 0 && { hit: true },
            )
          },
        },
        invariants: { never: (s) => !s.hit },
        terminal: true,
      }),
    )
    await expect(check(of)).rejects.toThrow(/'act'.* did two different things in the same state/)
  })

  it('by the record of the state that it was worked out for', async () => {
    const sums = new WeakMap<object, number>()
    const sum = (counts: Counts) => {
      const known = sums.get(counts) ?? counts.a + counts.b + counts.c
      sums.set(counts, known)
      return known
    }
    const of = spec('kept', {}, () =>
      machine({
        init,
        actions: { up },
        invariants: { few: (s) => s.counts.a + s.counts.b < 3 || sum(s.counts) < 6 },
        terminal: true,
      }),
    )
    await expect(check(of)).rejects.toThrow(/'few'.* gave two answers for the same state/)
  })
})

it('a function may catch what the search throws to itself where a set gets too many elements', async () => {
  const of = spec('catching', {}, () =>
    machine({
      init: { seen: Set<number>(), n: 0 },
      actions: {
        up: (s) => s.n < 1100 && { n: s.n + 1, seen: Set([0, 1, 2]) },
        odd: (s) => {
          try {
            return s.seen.has(s.n) && { seen: Set<number>() }
          } catch {
            return { n: -1 }
          }
        },
      },
      terminal: true,
    }),
  )
  const { distinct, generated, depth } = explore(of)
  expect((await check(of)).states).toMatchObject({ distinct, generated, depth })
})
