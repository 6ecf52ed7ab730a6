import { check, choose, ids, machine, possibilities, queue, register, SpecError, spec } from 'faultline'
import { describe, expect, test } from 'vitest'

const seen = possibilities(['c1', 'c2'], register('none' as string))
const write = (value: string) => ({ type: 'write', value }) as const
const read = { type: 'read' } as const

describe('a history that forgets', () => {
  test('is the same whatever was done before, where all of that is over', () => {
    const once = seen.answeredAtOnce(seen.atFirst, 'c1', write('A'), 'ok')
    const often = ['B', 'C', 'A'].reduce((history, value) => seen.answeredAtOnce(history, 'c2', write(value), 'ok'), once)
    expect([...often.possible]).toEqual([...once.possible])
    expect(often.inFlight.size).toBe(0)
  })

  test('knows that what is in flight may have taken effect, or not', () => {
    const writing = seen.invoked(seen.atFirst, 'c1', write('A'))
    for (const value of ['none', 'A']) expect(seen.linearizable(seen.answeredAtOnce(writing, 'c2', read, value))).toBe(true)
    const after = seen.answeredAtOnce(writing, 'c2', read, 'A')
    expect(seen.linearizable(seen.answeredAtOnce(after, 'c2', read, 'none'))).toEqual({
      because: 'c2: read → "none" fits nowhere in an order that agrees with real time',
      possibleResults: ['"A"'],
    })
  })

  test('stays violated, and records nothing more', () => {
    const broken = seen.answeredAtOnce(seen.atFirst, 'c1', read, 'A')
    const later = seen.returned(seen.invoked(broken, 'c2', read), 'c2', 'none')
    expect(later).toEqual(broken)
    expect(seen.linearizable(later)).not.toBe(true)
  })

  test('begins the next operation in the step in which one returned', () => {
    const reading = seen.returned(seen.invoked(seen.atFirst, 'c1', write('A')), 'c1', 'ok', read)
    expect(reading.inFlight.get('c1')).toEqual({ operation: read })
    expect(seen.linearizable(seen.returned(reading, 'c1', 'none'))).not.toBe(true)
  })

  test('refuses what a client cannot do', () => {
    const writing = seen.invoked(seen.atFirst, 'c1', write('A'))
    expect(() => seen.invoked(writing, 'c1', read)).toThrow(/'c1' invokes read while its write\(value: "A"\) is in flight/)
    expect(() => seen.returned(seen.atFirst, 'c1', 'ok')).toThrow(/has no operation in flight/)
    expect(() => seen.invoked(seen.atFirst, 'c3', read)).toThrow(SpecError)
  })
})

test('clients that go on for ever make finitely many states', async () => {
  const CLIENTS = ids('c', 2)
  const jobs = possibilities(CLIENTS, queue([] as number[]))
  const endless = (lifo: boolean) =>
    spec('endless', {}, () =>
      machine({
        init: { held: [] as readonly number[], history: jobs.atFirst },
        actions: {
          put: (s) =>
            choose(CLIENTS, (c) =>
              choose(
                [1, 2],
                (value) =>
                  s.held.length < 2 && {
                    held: [...s.held, value],
                    history: jobs.answeredAtOnce(s.history, c, { type: 'enqueue', value }, 'ok'),
                  },
              ),
            ),
          take: (s) =>
            choose(CLIENTS, (c) => {
              const value = (lifo ? s.held.at(-1) : s.held[0]) ?? null
              const held = lifo ? s.held.slice(0, -1) : s.held.slice(1)
              return { held, history: jobs.answeredAtOnce(s.history, c, { type: 'dequeue' }, value) }
            }),
        },
        invariants: { linearizable: (s) => jobs.linearizable(s.history) },
      }),
    )
  const first = await check(endless(false))
  expect([first.verdict, first.states.distinct]).toEqual(['holds', 7])
  expect((await check(endless(true))).counterexamples.map(({ length }) => length)).toEqual([3])
})
