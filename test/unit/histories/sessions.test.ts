import { type Consistency, compareAndSet, monotonicReads, readYourWrites, register, SpecError, type Versions } from 'faultline'
import { describe, expect, test } from 'vitest'
import { Recorder } from './recorder.js'

const CLIENTS = ['c1', 'c2', 'c3'] as const
const read = { type: 'read' } as const
const because = (truth: ReturnType<Consistency<never, never>>) => (truth === true ? undefined : truth.because)

describe('by values that are written once', () => {
  type Value = 'none' | 'A' | 'B' | 'C'
  const model = register('none' as Value)
  const recorder = () => new Recorder(CLIENTS, model)
  const write = (value: Value) => ({ type: 'write', value }) as const
  const ownWrites = readYourWrites(model)
  const monotonic = monotonicReads(model)

  test('a client that reads what was there before its own write has lost it', () => {
    expect(ownWrites(recorder().run('c1', write('A'), 'ok').run('c1', read, 'none').history)).toEqual({
      because: 'c1: read → "none" is older than its own write(value: "A")',
    })
    const { history } = recorder().run('c1', write('A'), 'ok').run('c1', write('B'), 'ok').run('c1', read, 'A')
    expect(because(ownWrites(history))).toBe('c1: read → "A" is older than its own write(value: "B")')
  })

  test('another client may read what is older, and a client a write that came after its own', () => {
    expect(ownWrites(recorder().run('c1', write('A'), 'ok').run('c2', read, 'none').history)).toBe(true)
    expect(ownWrites(recorder().run('c1', write('A'), 'ok').run('c2', write('B'), 'ok').run('c1', read, 'B').history)).toBe(true)
  })

  test('a write of another client that had returned before is older than the own', () => {
    const { history } = recorder().run('c2', write('A'), 'ok').run('c1', write('B'), 'ok').run('c1', read, 'A')
    expect(because(ownWrites(history))).toBe('c1: read → "A" is older than its own write(value: "B")')
  })

  test('of concurrent writes neither is older: a client may read either', () => {
    const { history } = recorder().invoke('c2', write('A')).run('c1', write('B'), 'ok').run('c1', read, 'A')
    expect(ownWrites(history)).toBe(true)
  })

  test('a client that reads back in time is named, with what it had read', () => {
    const written = () => recorder().run('c1', write('A'), 'ok').run('c1', write('B'), 'ok')
    expect(monotonic(written().run('c2', read, 'A').run('c2', read, 'B').history)).toBe(true)
    expect(monotonic(written().run('c2', read, 'B').run('c2', read, 'A').history)).toEqual({
      because: 'c2: read → "A" is older than what it had read before, "B"',
    })
    expect(monotonic(written().run('c2', read, 'B').run('c3', read, 'A').history)).toBe(true)
  })

  test('a client that returns to a value which it had seen replaced has read back in time, whatever the order', () => {
    const concurrent = () => recorder().invoke('c1', write('A')).invoke('c2', write('B'))
    expect(monotonic(concurrent().run('c3', read, 'A').run('c3', read, 'B').history)).toBe(true)
    expect(monotonic(concurrent().run('c3', read, 'A').run('c3', read, 'A').history)).toBe(true)
    const { history } = concurrent().run('c3', read, 'A').run('c3', read, 'B').run('c3', read, 'A')
    expect(because(monotonic(history))).toBe('c3: read → "A" is older than what it had read before, "B"')
  })

  test('values that do not tell the writes apart are an error, not an answer', () => {
    const twice = recorder().run('c1', write('A'), 'ok').invoke('c2', write('A')).history
    expect(() => ownWrites(twice)).toThrow(SpecError)
    expect(() => monotonic(twice)).toThrow(/c2: write\(value: "A"\) writes what c1 wrote/)
    expect(() => monotonic(recorder().invoke('c2', write('none')).history)).toThrow(/writes the initial value/)
  })
})

describe('by versions', () => {
  type Operation = { readonly type: 'put' } | { readonly type: 'get' } | { readonly type: 'increment' }
  const versions: Versions<Operation, number> = {
    wrote: ({ type }, version) => (type === 'get' ? undefined : version),
    read: ({ type }, version) => (type === 'put' ? undefined : type === 'increment' ? version - 1 : version),
  }
  const counter = { init: 0, apply: (state: number, _: Operation) => ({ state: state + 1, result: state + 1 }) }
  const recorder = () => new Recorder(CLIENTS, counter)

  test('the smaller version is the older, also of concurrent writes', () => {
    const { history } = recorder().invoke('c2', { type: 'put' }).run('c1', { type: 'put' }, 2).run('c1', { type: 'get' }, 1)
    expect(because(readYourWrites(versions)(history))).toBe('c1: get → 1 is older than its own put')
    const { history: reads } = recorder().run('c1', { type: 'get' }, 2).run('c1', { type: 'get' }, 1)
    expect(because(monotonicReads(versions)(reads))).toBe('c1: get → 1 is older than what it had read before, 2')
  })

  test('an operation that reads and writes has read before it wrote', () => {
    const increments = recorder().run('c1', { type: 'increment' }, 1).run('c1', { type: 'increment' }, 2)
    expect(readYourWrites(versions)(increments.history)).toBe(true)
    expect(monotonicReads(versions)(increments.history)).toBe(true)
    const lost = recorder().run('c1', { type: 'increment' }, 3).run('c1', { type: 'increment' }, 3).history
    expect(because(readYourWrites(versions)(lost))).toBe('c1: increment → 3 is older than its own increment')
  })
})

test('what is no register is not judged by its values', () => {
  const swapping = compareAndSet('none' as string)
  const { history } = new Recorder(CLIENTS, swapping).run('c1', { type: 'compareAndSet', expected: 'none', value: 'A' }, true)
  const byValues = readYourWrites as unknown as (model: unknown) => Consistency<never, never>
  expect(() => byValues(swapping)(history as never)).toThrow(/c1: compareAndSet\(.*\) is no operation of a register/)
})
