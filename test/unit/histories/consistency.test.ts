import {
  type Consistency,
  compareAndSet,
  linearizable,
  log,
  queue,
  register,
  type SequentialModel,
  sequentiallyConsistent,
} from 'faultline'
import { Map as ImmutableMap, Set as ImmutableSet, List } from 'immutable'
import { describe, expect, test } from 'vitest'
import { Recorder } from './recorder.js'

const CLIENTS = ['c1', 'c2', 'c3'] as const
const read = { type: 'read' } as const

const because = (truth: ReturnType<Consistency<never, never>>) => (truth === true ? undefined : truth.because)

describe('a register', () => {
  type Value = 'none' | 'A' | 'B' | 'C'
  const model = register('none' as Value)
  const recorder = () => new Recorder(CLIENTS, model)
  const write = (value: Value) => ({ type: 'write', value }) as const
  const atomic = linearizable(model)
  const sequential = sequentiallyConsistent(model)

  test('no operation at all is consistent', () => {
    expect(atomic(recorder().history)).toBe(true)
    expect(sequential(recorder().history)).toBe(true)
  })

  test('a stale read is not linearizable: the read is named, with the order that there is without it', () => {
    const { history } = recorder().run('c1', write('A'), 'ok').run('c2', write('B'), 'ok').run('c3', read, 'A')
    expect(atomic(history)).toEqual({
      because: 'c3: read → "A" fits nowhere in an order that agrees with real time',
      orderWithoutIt: ['c1: write(value: "A") → "ok"', 'c2: write(value: "B") → "ok"'],
    })
  })

  test('a stale read of another client is sequentially consistent, one of the writer is not', () => {
    expect(sequential(recorder().run('c1', write('A'), 'ok').run('c2', read, 'none').history)).toBe(true)
    expect(sequential(recorder().run('c1', write('A'), 'ok').run('c1', read, 'none').history)).toEqual({
      because: `c1: read → "none" fits nowhere in an order that keeps each client's own order`,
      orderWithoutIt: ['c1: write(value: "A") → "ok"'],
    })
  })

  test('a read during a write may see the old or the new value', () => {
    for (const value of ['none', 'A'] as const)
      expect(atomic(recorder().invoke('c1', write('A')).run('c2', read, value).return('c1', 'ok').history)).toBe(true)
  })

  test('a new value and then the old one, both read during the write, are an inversion', () => {
    const { history } = recorder().invoke('c1', write('A')).run('c2', read, 'A').run('c3', read, 'none')
    expect(because(atomic(history))).toContain('c3: read → "none" fits nowhere')
    expect(sequential(history)).toBe(true)
  })

  test('a write in flight may take effect, even after reads that did not see it, or never', () => {
    const crashed = recorder().invoke('c1', write('A')).run('c2', read, 'none')
    expect(atomic(crashed.history)).toBe(true)
    expect(atomic(crashed.run('c2', read, 'A').history)).toBe(true)
    expect(because(atomic(crashed.run('c2', read, 'none').history))).toContain('c2: read → "none" fits nowhere')
  })

  test('a value that nobody wrote fits nowhere', () => {
    expect(because(atomic(recorder().invoke('c1', write('A')).run('c2', read, 'B').history))).toContain('c2: read → "B"')
  })

  test('two clients that saw two writes in different orders are not sequentially consistent', () => {
    const { history } = recorder()
      .invoke('c3', write('C'))
      .run('c1', write('A'), 'ok')
      .run('c2', write('B'), 'ok')
      .run('c1', read, 'B')
      .run('c2', read, 'A')
    expect(because(sequential(history))).toContain('fits nowhere')
  })

  test('of several faults the earliest is named, and nothing after it stands in the order', () => {
    const { history } = recorder()
      .run('c1', write('A'), 'ok')
      .run('c2', read, 'B')
      .run('c1', write('C'), 'ok')
      .run('c2', read, 'A')
    expect(atomic(history)).toEqual({
      because: 'c2: read → "B" fits nowhere in an order that agrees with real time',
      orderWithoutIt: ['c1: write(value: "A") → "ok"'],
    })
  })

  test('the operation whose return is one too many is named, though one invoked later is at odds with it', () => {
    // c1 reads for the whole time; when it gets A, c2 has long seen B.
    const { history } = recorder()
      .run('c3', write('A'), 'ok')
      .run('c3', write('B'), 'ok')
      .invoke('c1', read)
      .run('c2', read, 'B')
      .run('c2', write('C'), 'ok')
      .return('c1', 'A')
    expect(because(atomic(history))).toContain('c1: read → "A" fits nowhere')
  })
})

describe('a register with compare-and-set', () => {
  const model = compareAndSet(0 as number)
  const recorder = () => new Recorder(CLIENTS, model)
  const swap = (expected: number, value: number) => ({ type: 'compareAndSet', expected, value }) as const
  const atomic = linearizable(model)

  test('of two that expect the same value at the same time, one succeeds', () => {
    const both = (first: boolean, second: boolean) =>
      recorder().invoke('c1', swap(0, 1)).invoke('c2', swap(0, 2)).return('c1', first).return('c2', second).history
    expect(atomic(both(true, false))).toBe(true)
    expect(atomic(both(false, true))).toBe(true)
    expect(because(atomic(both(true, true)))).toContain('fits nowhere')
    expect(because(atomic(both(false, false)))).toContain('fits nowhere')
  })
})

describe('a queue', () => {
  const model = queue([] as string[])
  const recorder = () => new Recorder(CLIENTS, model)
  const enqueue = (value: string) => ({ type: 'enqueue', value }) as const
  const dequeue = { type: 'dequeue' } as const
  const atomic = linearizable(model)

  test('elements leave in the order in which they came, each once', () => {
    const filled = () => recorder().run('c1', enqueue('x'), 'ok').run('c2', enqueue('y'), 'ok')
    expect(atomic(filled().run('c3', dequeue, 'x').run('c3', dequeue, 'y').run('c3', dequeue, null).history)).toBe(true)
    expect(because(atomic(filled().run('c3', dequeue, 'y').history))).toContain('c3: dequeue → "y" fits nowhere')
    expect(because(atomic(filled().run('c3', dequeue, 'x').run('c1', dequeue, 'x').history))).toContain('c1: dequeue → "x"')
    expect(because(atomic(filled().run('c3', dequeue, null).history))).toContain('c3: dequeue → null')
  })

  test('elements that came at the same time leave in either order', () => {
    const { history } = recorder()
      .invoke('c1', enqueue('x'))
      .run('c2', enqueue('y'), 'ok')
      .run('c3', dequeue, 'x')
      .return('c1', 'ok')
    expect(atomic(history)).toBe(true)
  })

  test('a queue may hold null: it is an element until it is taken', () => {
    const nullable = queue([] as (string | null)[])
    const twice = new Recorder(CLIENTS, nullable).run('c1', { type: 'enqueue', value: null }, 'ok').run('c1', enqueue('x'), 'ok')
    expect(linearizable(nullable)(twice.run('c1', dequeue, null).run('c1', dequeue, 'x').history)).toBe(true)
  })
})

describe('a log', () => {
  const model = log([] as number[])
  const recorder = () => new Recorder(CLIENTS, model)
  const append = (value: number) => ({ type: 'append', value }) as const
  const atomic = linearizable(model)

  test('a read gives all that was appended, in one order for all', () => {
    const both = () => recorder().invoke('c1', append(1)).run('c2', append(2), 'ok').return('c1', 'ok')
    expect(atomic(both().run('c3', read, [1, 2]).run('c1', read, [1, 2]).history)).toBe(true)
    expect(because(atomic(both().run('c3', read, [1, 2]).run('c1', read, [2, 1]).history))).toContain('c1: read → [2,1]')
    expect(because(atomic(both().run('c3', read, [1]).history))).toContain('c3: read → [1] fits nowhere')
  })
})

describe('a model of one own', () => {
  type Operation = { readonly type: 'add'; readonly member: object } | { readonly type: 'members' }
  const members: SequentialModel<ImmutableSet<object>, Operation, ImmutableSet<object> | null> = {
    init: ImmutableSet(),
    apply: (state, operation) =>
      operation.type === 'add' ? { state: state.add(operation.member), result: null } : { state, result: state },
  }
  const add = (member: object) => ({ type: 'add', member }) as const

  test('results are compared by value, whatever they were built of', () => {
    const results = (found: ImmutableSet<object>) =>
      linearizable(members)(
        new Recorder(CLIENTS, members)
          .run('c1', add({ id: 1, tags: ['a'] }), null)
          .run('c1', add(ImmutableMap({ list: List([{ deep: 1n }]) })), null)
          .run('c2', { type: 'members' }, found).history,
      )
    const map = (deep: unknown) => ImmutableMap({ list: List([{ deep }]) })
    expect(results(ImmutableSet<object>([map(1n), { tags: ['a'], id: 1 }]))).toBe(true)
    expect(because(results(ImmutableSet<object>([map(2n), { tags: ['a'], id: 1 }])))).toContain('fits nowhere')
    expect(because(results(ImmutableSet<object>([map(1n), { tags: ['a', 'b'], id: 1 }])))).toContain('fits nowhere')
    expect(because(results(ImmutableSet<object>([map(1n)])))).toContain('fits nowhere')
  })

  test('a search that meets the same operations in another order does not go wrong by remembering', () => {
    // Appending does not commute, so the same operations lead to different states: only the state tells dead ends apart.
    const model = log([] as number[])
    const recorder = new Recorder(['c1', 'c2', 'c3', 'c4'] as const, model)
    for (const [index, client] of (['c1', 'c2', 'c3'] as const).entries())
      recorder.invoke(client, { type: 'append', value: index })
    for (const client of ['c1', 'c2', 'c3'] as const) recorder.return(client, 'ok')
    expect(linearizable(model)(recorder.run('c4', read, [2, 1, 0]).history)).toBe(true)
  })
})
