import { expect, test } from 'vitest'
import { describeSteps } from '../../../../../src/report/viewer/diagram/describe.js'
import { BehaviourBuilder } from '../../../../report/fixtures/behaviour-builder.js'
import { everyKind } from '../../../../report/fixtures/every-kind.js'

const words = (builder: BehaviourBuilder) =>
  describeSteps(builder.build()).map(({ name, details }) => `${name}. ${details}`.trim())

test('a sending step says what it sent, to whom, and what became of each message', () => {
  const [, first] = words(
    new BehaviourBuilder(['c', 'p1', 'p2'])
      .step('begin', 'c', [
        ['prepare', 'p1', { round: 1 }],
        ['prepare', 'p2'],
        ['note', 'c'],
      ])
      .deliver(0)
      .drop(2),
  )
  expect(first).toBe(
    'begin c. Sends prepare{round=1} to p1, delivered at step 2; prepare to p2, still in flight at the end; note to c, dropped at step 3.',
  )
})

test('a delivery says when its message was sent', () => {
  const texts = words(
    new BehaviourBuilder(['c', 'p1'])
      .inFlight('c', ['hello', 'p1'])
      .step('begin', 'c', [['prepare', 'p1']])
      .deliver(0)
      .deliver(1)
      .step('end', 'c'),
  )
  expect(texts[2]).toBe('deliver hello c → p1. The message was in flight from the start.')
  expect(texts[3]).toBe('deliver prepare c → p1. The message was sent at step 1.')
})

test('faults are called faults, and say what they leave behind', () => {
  const texts = words(
    new BehaviourBuilder(['c', 'p1'])
      .step('begin', 'c', [['prepare', 'p1']])
      .duplicate(0)
      .corrupt(0, 'abort')
      .crash('p1')
      .lose(2)
      .restart('p1')
      .deliver(1)
      .step('end', 'c'),
  )
  expect(texts.slice(2, 7)).toEqual([
    'duplicate prepare c → p1. A fault. The copy prepare is delivered at step 7.',
    'corrupt prepare c → p1 into abort. A fault. The message was sent at step 1. The corrupted message abort is lost at step 5.',
    'crash p1. A fault. p1 is down from here on.',
    'deliver abort c → p1. The message was corrupted at step 3.',
    'restart p1. A fault. p1 is up again.',
  ])
})

test('the last text says what the behaviour comes to, and why', () => {
  expect(words(new BehaviourBuilder(['c']).step('begin', 'c')).at(-1)).toBe(
    'begin c. Here agreement is violated: two nodes decided differently.',
  )
  const { because: _, ...witness } = new BehaviourBuilder(['c']).step('begin', 'c').build()
  expect(describeSteps({ ...witness, kind: 'sometimes' }).at(-1)?.details).toBe('Here agreement is reached.')
  expect(describeSteps({ ...witness, kind: 'deadlock' }).at(-1)?.details).toBe('Here deadlock.')
})

test('a step that the violation did not need says so', () => {
  const texts = words(new BehaviourBuilder(['c', 'p1']).step('chat', 'p1').aside().step('begin', 'c'))
  expect(texts[1]).toBe('chat p1. Not in the past of the violation. Not essential.')
})

test('there is a text for every state', () => {
  const behaviour = everyKind()
  const texts = describeSteps(behaviour)
  expect(texts.map(({ name }) => name)).toEqual([
    'initial state',
    ...behaviour.steps.map(({ label }) => label.replace('->', '→')),
  ])
})
