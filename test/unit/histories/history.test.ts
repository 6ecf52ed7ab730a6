import { answeredAtOnce, emptyHistory, invoked, register, returned, SpecError } from 'faultline'
import { is, List } from 'immutable'
import { expect, test } from 'vitest'
import { Recorder } from './recorder.js'

type Value = 'none' | 'A' | 'B'
const model = register('none' as Value)
const CLIENTS = ['c1', 'c2', 'c3'] as const
const recorder = () => new Recorder(CLIENTS, model)
const read = { type: 'read' } as const
const write = (value: Value) => ({ type: 'write', value }) as const

test('an operation records how many operations of the others had returned when it was invoked', () => {
  const { history } = recorder().run('c2', write('A'), 'ok').run('c2', read, 'A').run('c1', read, 'A').invoke('c2', read)
  expect(history.c1.completed.toArray()).toEqual([{ operation: read, result: 'A', after: { c2: 2 } }])
  expect(history.c2.inFlight.toArray()).toEqual([{ operation: read, after: { c1: 1 } }])
})

test('operations that overlap are not after one another', () => {
  const { history } = recorder().invoke('c1', write('A')).invoke('c2', read).return('c1', 'ok').return('c2', 'none')
  expect(history.c1.completed.first()?.after).toEqual({})
  expect(history.c2.completed.first()?.after).toEqual({})
})

test('behaviours in which the same came before the same have one history', () => {
  const one = recorder().invoke('c1', write('A')).invoke('c2', read).return('c1', 'ok').return('c2', 'A').history
  const other = recorder().invoke('c2', read).invoke('c1', write('A')).return('c2', 'A').return('c1', 'ok').history
  expect(one).toEqual(other)
})

test('an event writes the field of its client alone', () => {
  const { history } = recorder().invoke('c1', write('A')).invoke('c2', read)
  expect(invoked(history, 'c3', read)).toEqual({ c3: { inFlight: List([{ operation: read, after: {} }]) } })
  const patch = returned(history, 'c1', 'ok')
  expect(Object.keys(patch)).toEqual(['c1'])
  expect(patch.c1?.inFlight?.size).toBe(0)
  expect(
    is(
      patch.c1?.completed?.map(({ result }) => result),
      List(['ok']),
    ),
  ).toBe(true)
})

test('a client that goes on at once invokes its next operation in the step in which the last one returns', () => {
  const { history } = recorder().run('c2', write('B'), 'ok').invoke('c1', write('A'))
  const patch = returned(history, 'c1', 'ok', read)
  expect(patch.c1?.completed?.size).toBe(1)
  expect(patch.c1?.inFlight?.toArray()).toEqual([{ operation: read, after: { c2: 1 } }])
})

test('a client that is answered at once has invoked and returned, with nothing in between', () => {
  const events = recorder().run('c2', write('B'), 'ok').invoke('c3', read)
  const { history } = events
  const inTwoSteps = events.run('c1', write('A'), 'ok').history
  expect({ ...history.c1, ...answeredAtOnce(history, 'c1', write('A'), 'ok').c1 }).toEqual(inTwoSteps.c1)
})

test('what a client cannot have done is refused, with what to do instead', () => {
  const { history } = recorder().invoke('c1', write('A'))
  const refused = (event: () => unknown) => {
    try {
      event()
    } catch (error) {
      if (error instanceof SpecError) return [error.message, error.hint]
    }
    return undefined
  }
  expect(refused(() => invoked(history, 'c1', read))).toEqual([
    `client 'c1' invokes read while its write(value: "A") is in flight`,
    expect.stringContaining('a retry is not recorded'),
  ])
  expect(refused(() => answeredAtOnce(history, 'c1', read, 'A'))).toEqual(refused(() => invoked(history, 'c1', read)))
  expect(refused(() => returned(history, 'c2', 'none'))).toEqual([
    "client 'c2' gets a result, but has no operation in flight",
    expect.stringContaining('a response that the client ignores is not recorded'),
  ])
  const strings = emptyHistory(['client1'] as string[], model)
  expect(refused(() => invoked(strings, 'clent1', read))).toEqual([
    "the history has no client 'clent1'",
    "did you mean 'client1'?",
  ])
})
