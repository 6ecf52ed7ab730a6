import { check, choose, ids, machine, recordOf, spec } from 'faultline'
import { Set } from 'immutable'
import { describe, expect, test } from 'vitest'
import lamportMutex from '../../../specs/lamport-mutex.js'
import paxos from '../../../specs/paxos.js'
import twoPhaseCommit from '../../../specs/two-phase-commit.js'
import { Search } from '../../../src/explore/search.js'
import { compile } from '../../../src/model/model.js'
import type { Spec } from '../../../src/spec/spec.js'

function searched(of: Spec, options: { hashMask?: number; maxStates?: number; maxDepth?: number } = {}): Search {
  const search = new Search(compile(of), {
    endsAt: () => false,
    maxStates: Number.POSITIVE_INFINITY,
    maxDepth: Number.POSITIVE_INFINITY,
    fewestFaultsFirst: true,
    ...options,
  })
  search.start()
  while (search.advance(1000));
  return search
}

describe('no state is lost to a hash collision', () => {
  for (const [name, of] of Object.entries({ twoPhaseCommit: twoPhaseCommit.with({ rms: 4 }), lamportMutex, paxos }))
    test.each([0, 0b1, 0b1111])(`${name}, with hashes narrowed to the bits %i`, (hashMask) => {
      const { distinct, generated, depth } = searched(of)
      const colliding = searched(of, { hashMask })
      expect(colliding).toMatchObject({ distinct, generated, depth, end: 'exhausted' })
      expect(colliding.watch.violations.size).toBe(0)
    })
})

const counter = spec('counter', { max: 1000 }, ({ max }) =>
  machine({
    init: { n: 0 },
    actions: { up: (s) => s.n < max && { n: s.n + 1 }, down: (s) => s.n > 0 && { n: s.n - 1 } },
  }),
)

describe('limits', () => {
  test('a limit on states is kept to the state', () => {
    for (const maxStates of [1, 2, 255, 256, 257, 1000])
      expect(searched(counter, { maxStates })).toMatchObject({ distinct: maxStates, end: 'states' })
  })

  test('a space of just so many states is exhausted', () => {
    expect(searched(counter, { maxStates: 1001 })).toMatchObject({ distinct: 1001, queue: 0, end: 'exhausted' })
  })

  test('nothing is explored beyond the limit on depth', () => {
    expect(searched(counter, { maxDepth: 0 })).toMatchObject({ distinct: 1, depth: 0, end: 'depth' })
    expect(searched(counter, { maxDepth: 10 })).toMatchObject({ distinct: 11, depth: 10, queue: 1, end: 'depth' })
  })

  test('a limit on depth that the space does not reach leaves it exhausted', () => {
    expect(searched(counter, { maxDepth: 1001 })).toMatchObject({ distinct: 1001, depth: 1000, end: 'exhausted' })
  })
})

describe('a deadlock is found before a longer violation of the same level', () => {
  const N = ids('n', 600)
  const of = spec('wide', {}, () =>
    machine({
      // 600 states at depth 1; the first of them leads to a violation at depth 2, the last is a deadlock at depth 1.
      init: { at: 'start', bad: false },
      actions: {
        go: (s) => s.at === 'start' && choose(N, (at) => ({ at })),
        stay: (s) => s.at !== 'start' && s.at !== 'n600' && { bad: s.at === 'n1' },
      },
      invariants: { good: (s) => !s.bad },
    }),
  )

  test('and alone reported', async () => {
    const result = await check(of)
    expect(result.counterexamples.map(({ property, length }) => [property, length])).toEqual([['deadlock', 1]])
  })

  test('and both with `continue`, the shorter first', async () => {
    const result = await check(of, { continue: true })
    expect(result.counterexamples.map(({ property, length }) => [property, length])).toEqual([
      ['deadlock', 1],
      ['good', 2],
    ])
  })
})

describe('sets kept by element', () => {
  test('a set may grow past every word and chunk, read as a whole and by element', async () => {
    const E = Array.from({ length: 70 }, (_, index) => index)
    const of = spec('growing', {}, () =>
      machine({
        init: { held: Set<number>(), size: 0, last: -1 },
        actions: {
          add: (s) =>
            choose(E, (e) => e === s.held.size && !s.held.has(e) && { held: s.held.add(e), size: s.held.size + 1, last: e }),
          drop: (s) =>
            s.held.size === 70 && choose(s.held, (e) => e > 66 && { held: s.held.delete(e), size: s.size - 1, last: e }),
        },
        invariants: { sizeIsRight: (s) => s.held.size === s.size && s.held.count() === s.size },
        terminal: true,
      }),
    )
    const result = await check(of)
    expect(result.verdict).toBe('holds')
    // 0..70 elements, then one of the last three gone.
    expect(result.states).toMatchObject({ distinct: 71 + 3, depth: 71 })
  })

  test('a field that was a set may become something else', async () => {
    const of = spec('turning', {}, () =>
      machine({
        init: { held: Set<string>() as Set<string> | null, n: 0 },
        actions: {
          add: (s) => s.held !== null && choose(['a', 'b'], (e) => ({ held: s.held?.add(e) ?? null })),
          lose: (s) => s.held?.size === 2 && { held: null },
        },
        terminal: true,
      }),
    )
    expect((await check(of)).states).toMatchObject({ distinct: 5, depth: 3 })
  })

  test('a set of more elements than are kept by element is kept as a value', async () => {
    const of = spec('huge', {}, () =>
      machine({
        init: { held: Set<number>(), n: 0 },
        actions: { add: (s) => s.n < 1500 && { held: s.held.clear().add(s.n), n: s.n + 1 } },
        invariants: { one: (s) => s.held.size <= 1 },
        terminal: true,
      }),
    )
    expect(await check(of)).toMatchObject({ verdict: 'holds', states: { distinct: 1501, depth: 1500 } })
  })
})

test('values that need ever more bits are told apart in every layout', async () => {
  const RM = ids('rm', 5)
  const of = spec('bits', {}, () =>
    machine({
      init: { rm: recordOf(RM, 0), turns: 0 },
      actions: {
        up: (s) =>
          choose(
            RM,
            (r) =>
              s.rm[r] === Math.min(...RM.map((q) => s.rm[q] ?? 0)) && (s.rm[r] ?? 0) < 40 && { rm: { [r]: (s.rm[r] ?? 0) + 1 } },
          ),
      },
      terminal: true,
    }),
  )
  // Round by round, any subset of the five has had its turn.
  expect((await check(of)).states).toMatchObject({ distinct: 40 * (2 ** 5 - 1) + 1, depth: 200 })
})

test('a property that is false in one of many states alike is found there, whatever else differs', async () => {
  const rare = spec('rare', {}, () =>
    machine({
      init: { n: 0, m: 0, other: 0 },
      actions: {
        n: ({ n }) => n < 30 && { n: n + 1 },
        m: ({ m }) => m < 30 && { m: m + 1 },
        other: ({ other }) => other < 5 && { other: other + 1 },
      },
      invariants: { never: ({ n, m }) => n !== 17 || m !== 21, late: ({ n, other }) => n !== 30 || other !== 5 },
      sometimes: { both: ({ m, other }) => m === 30 && other === 5 },
      terminal: true,
    }),
  )
  const { counterexamples, witnesses, states } = await check(rare, { continue: true })
  expect(states.distinct).toBe(31 * 31 * 6)
  expect(counterexamples.map(({ property, length }) => [property, length])).toEqual([
    ['late', 35],
    ['never', 38],
  ])
  expect(witnesses.map(({ property, length }) => [property, length])).toEqual([['both', 35]])
})

test('an aborted signal ends a check before it begins', async () => {
  const result = await check(counter, { signal: AbortSignal.abort() })
  expect(result).toMatchObject({ verdict: 'incomplete', limit: 'interrupt', states: { distinct: 0 } })
})

test('what cannot be learned is called directly, with the same answer', async () => {
  const of = spec('unlearnable', {}, () =>
    machine({
      init: { x: 1, y: 1 },
      actions: {
        mix: (s) => ({ x: (s.x * 1103 + s.y) % 30011 }),
        shift: (s) => s.y < 3 && { y: s.y + 1 },
      },
      invariants: { inRange: (s) => s.x < 30011 },
    }),
  )
  const result = await check(of)
  expect(result.engine.direct).toContain('mix')
  const seen = new globalThis.Set<string>()
  let level = [[1, 1]]
  let depth = -1
  for (; level.length > 0; depth++) {
    const next: number[][] = []
    for (const [x = 0, y = 0] of level) {
      if (seen.has(`${x},${y}`)) continue
      seen.add(`${x},${y}`)
      next.push([(x * 1103 + y) % 30011, y], ...(y < 3 ? [[x, y + 1]] : []))
    }
    level = next.filter(([x, y]) => !seen.has(`${x},${y}`))
  }
  expect(result.states).toMatchObject({ distinct: seen.size, depth })
})
