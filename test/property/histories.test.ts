import { test as property } from '@fast-check/vitest'
import fc from 'fast-check'
import {
  compareAndSet,
  type Explanation,
  linearizable,
  log,
  monotonicReads,
  possibilities,
  queue,
  readYourWrites,
  register,
  type SequentialModel,
  sequentiallyConsistent,
} from 'faultline'
import { describe, expect, test } from 'vitest'
import { Recorder } from '../unit/histories/recorder.js'

const CLIENTS = ['c1', 'c2', 'c3'] as const
type Client = (typeof CLIENTS)[number]

/** An operation as an observer with a clock saw it. */
interface Observed<Operation, Result> {
  readonly client: Client
  readonly operation: Operation
  readonly invokedAt: number
  returnedAt: number
  result?: Result
}

/** A choice for each event: whose it is, and which operation is invoked or which result returned. */
type Event<Operation, Result> = { readonly client: Client; readonly operation: Operation; readonly result: Result }

/** What happens, as it is recorded and as an observer sees it: a client that is idle invokes, else its operation returns. */
function happen<S, Operation, Result>(model: SequentialModel<S, Operation, Result>, events: readonly Event<Operation, Result>[]) {
  const recorder = new Recorder(CLIENTS, model)
  const observed: Observed<Operation, Result>[] = []
  const prefixes = [recorder.history]
  for (const [time, { client, operation, result }] of events.entries()) {
    const open = observed.find((other) => other.client === client && other.returnedAt === Infinity)
    if (open === undefined) {
      recorder.invoke(client, operation)
      observed.push({ client, operation, invokedAt: time, returnedAt: Infinity })
    } else {
      recorder.return(client, result)
      Object.assign(open, { returnedAt: time, result })
    }
    prefixes.push(recorder.history)
  }
  return { history: recorder.history, observed, prefixes }
}

/** All orders of all selections that leave out only what is in flight: slow, and nothing to get wrong. */
function explainable<S, Operation, Result>(
  model: SequentialModel<S, Operation, Result>,
  observed: readonly Observed<Operation, Result>[],
  before: (a: Observed<Operation, Result>, b: Observed<Operation, Result>) => boolean,
): boolean {
  const pending = observed.filter(({ returnedAt }) => returnedAt === Infinity)
  const done = observed.filter((operation) => !pending.includes(operation))
  const selections = pending.reduce<Observed<Operation, Result>[][]>(
    (all, operation) => all.flatMap((selection) => [selection, [...selection, operation]]),
    [done],
  )
  return selections.some((selection) => permutations(selection).some((order) => respects(order, before) && replays(model, order)))
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]))
}

function respects<T>(order: readonly T[], before: (a: T, b: T) => boolean): boolean {
  return order.every((later, index) => order.slice(0, index).every((earlier) => !before(later, earlier)))
}

function replays<S, Operation, Result>(
  model: SequentialModel<S, Operation, Result>,
  order: readonly Observed<Operation, Result>[],
): boolean {
  let state = model.init
  return order.every(({ operation, returnedAt, result }) => {
    const applied = model.apply(state, operation)
    state = applied.state
    return returnedAt === Infinity || JSON.stringify(applied.result) === JSON.stringify(result)
  })
}

const realTime = (a: Observed<unknown, unknown>, b: Observed<unknown, unknown>) => a.returnedAt < b.invokedAt
const programOrder = (a: Observed<unknown, unknown>, b: Observed<unknown, unknown>) =>
  a.client === b.client && a.invokedAt < b.invokedAt

/** Results are drawn from those that are likely: with any at all, hardly a history would be consistent. */
const events = <Operation, Result>(operations: readonly Operation[], results: readonly Result[]) =>
  fc.array(
    fc.record({
      client: fc.constantFrom(...CLIENTS),
      operation: fc.constantFrom(...operations),
      result: fc.constantFrom(...results),
    }),
    { maxLength: 10, size: 'max' },
  )

const read = { type: 'read' } as const
const numRuns = 400

/** What is said of a history that forgets, before each event and after the last. */
function forgetting<S, Operation, Result>(
  model: SequentialModel<S, Operation, Result>,
  drawn: readonly Event<Operation, Result>[],
): readonly (true | Explanation)[] {
  const { atFirst, invoked, returned, linearizable } = possibilities(CLIENTS, model)
  const open = new Set<Client>()
  let history = atFirst
  return [
    linearizable(history),
    ...drawn.map(({ client, operation, result }) => {
      history = open.has(client) ? returned(history, client, result) : invoked(history, client, operation)
      if (!open.delete(client)) open.add(client)
      return linearizable(history)
    }),
  ]
}

function agreesWithBruteForce<S, Operation, Result>(
  model: SequentialModel<S, Operation, Result>,
  operations: readonly NoInfer<Operation>[],
  results: readonly NoInfer<Result>[],
) {
  const verdicts = { consistent: 0, inconsistent: 0 }
  const arbitrary = events(operations, results)
  property.prop([arbitrary], { numRuns })('linearizability is what a search of all orders says', (drawn) => {
    const { history, observed } = happen(model, drawn)
    const expected = explainable(model, observed, realTime)
    verdicts[expected ? 'consistent' : 'inconsistent']++
    expect(linearizable(model)(history) === true).toBe(expected)
  })
  property.prop([arbitrary], { numRuns })('sequential consistency is what a search of all orders says', (drawn) => {
    const { history, observed } = happen(model, drawn)
    expect(sequentiallyConsistent(model)(history) === true).toBe(explainable(model, observed, programOrder))
  })
  property.prop([arbitrary], { numRuns })(
    'linearizability is the same with a history that forgets, which names what returned last',
    (drawn) => {
      const { prefixes } = happen(model, drawn)
      const remembered = prefixes.map(linearizable(model))
      const forgotten = forgetting(model, drawn)
      expect(forgotten.map((verdict) => verdict === true)).toEqual(remembered.map((verdict) => verdict === true))
      const first = remembered.findIndex((verdict) => verdict !== true)
      const verdict = forgotten[first]
      if (typeof verdict === 'object')
        expect(verdict.because).toMatch(new RegExp(`^${drawn[first - 1]?.client}: .* fits nowhere`))
    },
  )
  test('there were histories of both kinds', () => {
    expect(verdicts.consistent).toBeGreaterThan(numRuns / 20)
    expect(verdicts.inconsistent).toBeGreaterThan(numRuns / 20)
  })
}

describe('a register', () => {
  const model = register('none' as 'none' | 'A' | 'B')
  agreesWithBruteForce(
    model,
    [{ type: 'write', value: 'A' }, { type: 'write', value: 'B' }, read],
    ['ok', 'ok', 'none', 'A', 'B'],
  )
})

describe('a register with compare-and-set', () => {
  const model = compareAndSet(0 as number)
  const swap = (expected: number, value: number) => ({ type: 'compareAndSet', expected, value }) as const
  agreesWithBruteForce(model, [swap(0, 1), swap(1, 0), swap(1, 2)], [true, false])
})

describe('a queue', () => {
  const model = queue([] as string[])
  agreesWithBruteForce(
    model,
    [{ type: 'enqueue', value: 'x' }, { type: 'enqueue', value: 'y' }, { type: 'dequeue' }],
    ['ok', 'ok', 'x', 'y', null],
  )
})

describe('a log', () => {
  const model = log([] as number[])
  agreesWithBruteForce(
    model,
    [{ type: 'append', value: 1 }, { type: 'append', value: 2 }, read],
    ['ok', 'ok', [], [1], [1, 2], [2, 1]],
  )
})

describe('what one property says, another cannot deny', () => {
  const model = register(0)
  const arbitrary = events([read, { type: 'write', value: 0 } as const], [0, 1, 2, 3, 4] as ('ok' | number)[])
  /** Each write has a value of its own, counted up. A read gives a value that was written before: none comes from the future. */
  const distinct = (drawn: readonly Event<{ type: 'read' } | { type: 'write'; value: number }, 'ok' | number>[]) => {
    const open = new Map<Client, string>()
    let writes = 0
    return drawn.map((event) => {
      const type = open.get(event.client)
      if (type !== undefined) {
        open.delete(event.client)
        return { ...event, result: type === 'write' ? ('ok' as const) : Number(event.result) % (writes + 1) }
      }
      open.set(event.client, event.operation.type)
      return event.operation.type === 'read' ? event : { ...event, operation: { type: 'write' as const, value: ++writes } }
    })
  }

  property.prop([arbitrary], { numRuns })('a linearizable history is consistent in every weaker sense', (drawn) => {
    const { history } = happen(model, distinct(drawn))
    fc.pre(linearizable(model)(history) === true)
    expect(sequentiallyConsistent(model)(history)).toBe(true)
    expect(readYourWrites(model)(history)).toBe(true)
    expect(monotonicReads(model)(history)).toBe(true)
  })

  property.prop([arbitrary], { numRuns })('a history that is not consistent never becomes so again', (drawn) => {
    const { prefixes } = happen(model, distinct(drawn))
    for (const consistent of [linearizable(model), sequentiallyConsistent(model), readYourWrites(model), monotonicReads(model)]) {
      const verdicts = prefixes.map((history) => consistent(history) === true)
      expect(verdicts).toEqual(verdicts.toSorted((a, b) => Number(b) - Number(a)))
    }
  })

  property.prop([arbitrary], { numRuns })(
    'all operations but the one that is named have their places in the order without it',
    (drawn) => {
      const { prefixes } = happen(model, distinct(drawn))
      const at = prefixes.findIndex((history) => linearizable(model)(history) !== true)
      fc.pre(at > 0)
      const verdict = linearizable(model)(prefixes[at] as (typeof prefixes)[number])
      const placed = verdict === true ? [] : (verdict.orderWithoutIt as string[])
      const completed = Object.values(prefixes[at] ?? {}).flatMap((client) => client.completed.toArray())
      expect(placed.filter((line) => !line.endsWith('?'))).toHaveLength(completed.length - 1)
    },
  )
})

property.prop([
  fc.array(fc.record({ client: fc.constantFrom(...CLIENTS), write: fc.boolean() }), { maxLength: 24, size: 'max' }),
])('a real object that takes each operation at one moment is linearizable, however its clients overlap', (drawn) => {
  const model = log([] as number[])
  const recorder = new Recorder(CLIENTS, model)
  const phases = new Map<Client, { readonly operation: Parameters<typeof model.apply>[1]; result?: readonly number[] | 'ok' }>()
  let state = model.init
  for (const [time, { client, write }] of drawn.entries()) {
    const current = phases.get(client)
    if (current === undefined) {
      const operation = write ? ({ type: 'append', value: time } as const) : read
      recorder.invoke(client, operation)
      phases.set(client, { operation })
    } else if (current.result === undefined) {
      const applied = model.apply(state, current.operation)
      state = applied.state
      current.result = applied.result
    } else {
      recorder.return(client, current.result)
      phases.delete(client)
    }
  }
  expect(linearizable(model)(recorder.history)).toBe(true)
})
