import { describe, expect, test } from 'vitest'
import type { DiagramLayout, MessagePath } from '../../../../../src/report/viewer/diagram/geometry.js'
import { layoutDiagram } from '../../../../../src/report/viewer/diagram/layout.js'
import { allSteps, BehaviourBuilder } from '../../../../report/fixtures/behaviour-builder.js'

const NODES = ['c', 'p1', 'p2']

const layoutOf = (builder: BehaviourBuilder): DiagramLayout => {
  const behaviour = builder.build()
  return layoutDiagram(behaviour, allSteps(behaviour))
}

const lane = (layout: DiagramLayout, id: string | null): number =>
  layout.columns.find((column) => column.id === id)?.x ?? Number.NaN
const row = (layout: DiagramLayout, step: number): number => layout.rows.find((each) => each.step === step)?.y ?? Number.NaN
const only = (paths: readonly MessagePath[]): MessagePath => {
  const [first, ...more] = paths
  if (first === undefined || more.length > 0) throw new Error(`${paths.length} paths`)
  return first
}
const start = (path: MessagePath) => path.points[0] ?? { x: Number.NaN, y: Number.NaN }
const end = (path: MessagePath) => path.points.at(-1) ?? { x: Number.NaN, y: Number.NaN }

describe('lanes and rows', () => {
  test('every node has a column of its own, from left to right, and every state a row, downwards', () => {
    const { columns, rows, width, height } = layoutOf(new BehaviourBuilder(NODES).step('begin', 'c').step('vote', 'p1'))
    expect(columns.map(({ id }) => id)).toEqual(NODES)
    expect(rows.map(({ step }) => step)).toEqual([0, 1, 2])
    for (const places of [columns.map(({ x }) => x), rows.map(({ y }) => y)])
      expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(new Set(columns.map(({ x }) => x)).size).toBe(3)
    expect(Math.max(...columns.map(({ x }) => x))).toBeLessThan(width)
    expect(Math.max(...rows.map(({ y }) => y))).toBeLessThan(height)
  })

  test('steps that no node takes have a column, but only where there are such steps', () => {
    const machine = layoutOf(new BehaviourBuilder(['rm1'], null).step('rmPrepare', 'rm1').step('tmCommit', null))
    expect(machine.columns.map(({ id }) => id)).toEqual([null, 'rm1'])
    expect(machine.marks.at(-1)?.at.x).toBe(lane(machine, null))
    const protocol = layoutOf(new BehaviourBuilder(NODES).inFlight('c', ['vote', 'p1']).drop(0).partition(['c']).heal())
    expect(protocol.columns.map(({ id }) => id)).toEqual(NODES)
  })

  test('a machine without processes has one column', () => {
    const layout = layoutOf(new BehaviourBuilder([], null).step('fill', null).step('pour', null))
    expect(layout.columns.map(({ id }) => id)).toEqual([null])
    expect(layout.marks.map(({ at }) => at)).toEqual([1, 2].map((step) => ({ x: lane(layout, null), y: row(layout, step) })))
  })

  test('steps left out have no row, and the next row says how many they are', () => {
    const behaviour = new BehaviourBuilder(NODES).step('a', 'c').step('b', 'p1').step('c', 'p2').step('d', 'c').build()
    const { rows, marks } = layoutDiagram(behaviour, [0, 3, 4])
    expect(rows.map(({ step, skipped }) => [step, skipped])).toEqual([
      [0, 0],
      [3, 2],
      [4, 0],
    ])
    expect(marks.map(({ step }) => step)).toEqual([0, 0, 0, 3, 4])
    expect(rows[1]?.top).toBe((rows[0]?.top ?? 0) + (rows[0]?.height ?? 0))
  })

  test('a lane is down from the crash to the restart, and to the end without one', () => {
    const layout = layoutOf(new BehaviourBuilder(NODES).crash('p1').step('a', 'c').restart('p1').crash('p2').step('b', 'c'))
    const downOf = (id: string) => layout.columns.find((column) => column.id === id)?.down
    expect(downOf('c')).toEqual([])
    expect(downOf('p1')).toEqual([{ top: row(layout, 1), bottom: row(layout, 3) }])
    expect(downOf('p2')).toEqual([{ top: row(layout, 4), bottom: layout.height }])
  })

  test('the lanes that a partition isolates are marked from it to the heal', () => {
    const layout = layoutOf(new BehaviourBuilder(NODES).partition(['p1', 'p2']).step('a', 'c').heal().partition(['c']))
    const isolatedOf = (id: string) => layout.columns.find((column) => column.id === id)?.isolated
    expect(isolatedOf('p1')).toEqual([{ top: row(layout, 1), bottom: row(layout, 3) }])
    expect(isolatedOf('p2')).toEqual(isolatedOf('p1'))
    expect(isolatedOf('c')).toEqual([{ top: row(layout, 4), bottom: layout.height }])
  })
})

describe('messages', () => {
  test('a delivered message goes from the row that sent it to the row that delivers it', () => {
    const layout = layoutOf(
      new BehaviourBuilder(NODES)
        .step('begin', 'c', [['prepare', 'p1']])
        .step('other', 'p2')
        .deliver(0),
    )
    const path = only(layout.messages)
    expect(path).toMatchObject({ ids: [0], style: 'sent', end: 'delivered', sentAt: 1, endedAt: 3 })
    // Up to the marks, which have a radius.
    expect(start(path).x).toBeCloseTo(lane(layout, 'c'), -1.5)
    expect(start(path).y).toBeCloseTo(row(layout, 1), -1.5)
    expect(end(path).x).toBeCloseTo(lane(layout, 'p1'), -1.5)
    expect(end(path).y).toBeCloseTo(row(layout, 3), -1.5)
  })

  test('what is in flight before the first step starts at the initial state', () => {
    const layout = layoutOf(new BehaviourBuilder(NODES).inFlight('c', ['prepare', 'p1']).deliver(0))
    expect(start(only(layout.messages)).y).toBeCloseTo(row(layout, 0), -1.5)
  })

  test('a message on a set network has an arrow for each time that it is delivered', () => {
    const layout = layoutOf(
      new BehaviourBuilder(NODES)
        .step('begin', 'c', [['prepare', 'p1']])
        .deliver(0)
        .deliver(0),
    )
    expect(layout.messages.map(({ ids, endedAt }) => [...ids, endedAt])).toEqual([
      [0, 2],
      [0, 3],
    ])
  })

  test('a dropped message ends between the lanes, at the mark of the step that drops it', () => {
    const layout = layoutOf(new BehaviourBuilder(NODES).step('begin', 'c', [['prepare', 'p2']]).drop(0))
    const path = only(layout.messages)
    expect(path.end).toBe('dropped')
    expect(end(path).x).toBeGreaterThan(lane(layout, 'p1'))
    expect(end(path).x).toBeLessThan(lane(layout, 'p2'))
    expect(layout.marks.at(-1)).toMatchObject({ kind: 'drop', at: end(path) })
  })

  test('a message that a crashed node loses ends before its lane', () => {
    const layout = layoutOf(
      new BehaviourBuilder(NODES)
        .step('begin', 'p2', [['ack', 'c']])
        .crash('c')
        .lose(0),
    )
    const path = only(layout.messages)
    expect(path.end).toBe('lost')
    expect(end(path).x).toBeGreaterThan(lane(layout, 'c'))
    expect(end(path).x).toBeLessThan(lane(layout, 'p1'))
    expect(layout.marks.at(-1)).toMatchObject({ kind: 'lost', at: end(path) })
  })

  test('a duplicate parts from the original where it is made', () => {
    const layout = layoutOf(
      new BehaviourBuilder(NODES)
        .step('begin', 'c', [['prepare', 'p1']])
        .duplicate(0)
        .deliver(0)
        .deliver(1),
    )
    const [original, copy, ...more] = layout.messages
    expect(more).toEqual([])
    expect([original?.style, copy?.style]).toEqual(['sent', 'duplicated'])
    const fork = layout.marks.find(({ kind }) => kind === 'duplicate')?.at
    expect(original?.points[1]).toEqual(fork)
    expect(copy?.points[0]).toEqual(fork)
  })

  test('a corrupted message goes on from where it was corrupted', () => {
    const layout = layoutOf(
      new BehaviourBuilder(NODES)
        .step('begin', 'c', [['yes', 'p1']])
        .corrupt(0, 'no')
        .deliver(1),
    )
    const [before, after] = layout.messages
    expect([before?.end, after?.style, after?.end]).toEqual(['corrupted', 'corrupted', 'delivered'])
    const at = layout.marks.find(({ kind }) => kind === 'corrupt')?.at
    expect(before?.points.at(-1)).toEqual(at)
    expect(after?.points[0]).toEqual(at)
  })

  test('messages in flight that leave together are one line with an open end, which names the receivers', () => {
    const layout = layoutOf(
      new BehaviourBuilder(NODES)
        .step('begin', 'c', [
          ['prepare', 'p1'],
          ['prepare', 'p2'],
        ])
        .step('answer', 'p1', [
          ['yes', 'c'],
          ['hello', 'p2'],
        ]),
    )
    expect(layout.messages.map(({ ids, end: how, label }) => [ids, how, label.text])).toEqual([
      [[0, 1], 'in-flight', 'prepare → p1 p2'],
      [[2], 'in-flight', 'yes → c'],
      [[3], 'in-flight', 'hello → p2'],
    ])
    const [, left, right] = layout.messages
    expect(left && end(left).x).toBeLessThan(lane(layout, 'p1'))
    expect(right && end(right).x).toBeGreaterThan(lane(layout, 'p1'))
  })

  test('where there is no room for the names of all receivers, their number is given', () => {
    const nodes = Array.from({ length: 9 }, (_, index) => `node${index}`)
    const layout = layoutOf(
      new BehaviourBuilder(nodes).step(
        'begin',
        'node0',
        nodes.slice(1).map((to) => ['prepare', to] as const),
      ),
    )
    expect(only(layout.messages).label.text).toBe('prepare ×8')
    for (const id of nodes.slice(1)) expect(only(layout.messages).title).toContain(`node0 → ${id}`)
  })

  test('a message to the sender itself leaves its lane and comes back', () => {
    const layout = layoutOf(
      new BehaviourBuilder(NODES)
        .step('note', 'p2', [['self', 'p2']])
        .step('a', 'c')
        .deliver(0),
    )
    const path = only(layout.messages)
    expect(path.points).toHaveLength(3)
    expect(path.points[1]?.x).toBeGreaterThan(lane(layout, 'p2'))
    expect(path.points[1]?.x).toBeLessThan(layout.width)
  })

  test('where steps are left out, messages from or to them and messages in flight are too', () => {
    const behaviour = new BehaviourBuilder(NODES)
      .step('begin', 'c', [
        ['prepare', 'p1'],
        ['prepare', 'p2'],
      ])
      .deliver(0, [['yes', 'c']])
      .deliver(1)
      .step('end', 'c')
      .build()
    expect(layoutDiagram(behaviour, allSteps(behaviour)).messages).toHaveLength(3)
    expect(layoutDiagram(behaviour, [0, 1, 3, 4]).messages.map(({ ids }) => ids)).toEqual([[1]])
  })

  test('labels of deliveries never meet: each is in the row of its own', () => {
    const many = new BehaviourBuilder(NODES).inFlight('c', ...Array.from({ length: 20 }, () => ['prepare', 'p2'] as const))
    for (let id = 0; id < 20; id++) many.deliver(id)
    const ys = layoutOf(many).messages.map(({ label }) => label.y)
    expect(new Set(ys).size).toBe(20)
  })

  test('a label is cut to the room between two lanes, and the title is not', () => {
    const payload = { value: 'a value that no gap between two lanes has the room for' }
    const path = only(layoutOf(new BehaviourBuilder(NODES).inFlight('c', ['prepare', 'p1', payload]).deliver(0)).messages)
    expect(path.label.text).toBe('prepare')
    expect(path.title).toContain(payload.value)
  })
})

describe('marks', () => {
  test('every kind of step has its own', () => {
    const { marks } = layoutOf(
      new BehaviourBuilder(NODES)
        .step('begin', 'c', [
          ['prepare', 'p1'],
          ['prepare', 'p2'],
        ])
        .deliver(0)
        .timeout('doubt', 'p1')
        .duplicate(1)
        .corrupt(2, 'abort')
        .drop(1)
        .crash('p2')
        .lose(3)
        .restart('p2')
        .partition(['c'])
        .heal()
        .skew('c', 1)
        .step('tick', null),
    )
    expect(marks.map(({ kind }) => kind)).toEqual(
      [
        'start',
        'start',
        'start',
        'local',
        'deliver',
        'timeout',
        'duplicate',
        'corrupt',
        'drop',
        'crash',
        'lost',
        'restart',
      ].concat(['partition', 'heal', 'skew', 'tick']),
    )
  })

  test('what a machine calls timeout or deliver is an action like any other', () => {
    const { marks } = layoutOf(new BehaviourBuilder(['p1'], null).step('timeout', 'p1').step('deliver', 'p1'))
    expect(marks.map(({ kind }) => kind)).toEqual(['start', 'local', 'local'])
  })

  test('the last step is the violating one; without steps it is the initial state', () => {
    const { marks } = layoutOf(new BehaviourBuilder(NODES).step('a', 'c').step('b', 'p1'))
    expect(marks.flatMap(({ step, end: how }) => (how === null ? [] : [[step, how]]))).toEqual([[2, 'violated']])
    expect(layoutOf(new BehaviourBuilder(NODES)).marks.map(({ end: how }) => how)).toEqual(['violated', 'violated', 'violated'])
    const witness = { ...new BehaviourBuilder(NODES).step('a', 'c').build(), kind: 'sometimes' as const }
    expect(layoutDiagram(witness, allSteps(witness)).marks.at(-1)?.end).toBe('reached')
  })
})

describe('causes', () => {
  test('of a machine a line says what a step needed of another process, without what goes without saying', () => {
    const machine = new BehaviourBuilder(['a', 'b', 'c'], null)
      .step('one', 'a')
      .step('two', 'b', [], [1])
      .step('three', 'c', [], [1, 2])
      .step('four', 'c', [], [3])
    expect(layoutOf(machine).causes.map(({ cause, step }) => [cause, step])).toEqual([
      [1, 2],
      [2, 3],
    ])
  })

  test('of a protocol the messages say it', () => {
    expect(layoutOf(new BehaviourBuilder(NODES).step('begin', 'c', [['prepare', 'p1']]).deliver(0)).causes).toEqual([])
  })
})
