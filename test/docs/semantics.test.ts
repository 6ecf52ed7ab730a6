import { type Faults, type NetworkKind, protocol, type Role, spec } from 'faultline'
import { describe, expect, test } from 'vitest'
import { explore } from '../../src/trace/explore.js'

type Message = { readonly type: 'ping' | 'noise'; readonly n: number }

interface Own {
  readonly kept: number
  readonly lost: number
}

interface Setting {
  readonly network?: NetworkKind | { readonly toCrashed: 'lost' }
  readonly faults?: Faults<'node', Message>
  readonly timeouts?: 'any' | 'idle'
  readonly drift?: number
}

/** Node a sends two messages to b as it starts, and one as it starts again. */
const node: Role<Own, Message> = {
  nodes: ['a', 'b'],
  init: { kept: 0, lost: 0 },
  durable: ['kept'],
  armed: ['alarm'],
  start: (_self, { id, restarted }) => ({
    send: (id === 'a' ? (restarted ? [3] : [1, 2]) : []).map((n) => ({ to: 'b', type: 'ping', n })),
  }),
  on: { ping: (_self, { n }) => n !== 2 && { state: { kept: n, lost: n } }, noise: () => ({}) },
  timers: { alarm: () => ({}) },
}

/** Walks along steps by their labels, and tells what is there then. */
function walk({ network = 'unordered', timeouts = 'any', faults = {}, drift = 0 }: Setting, ...labels: string[]) {
  const clocked = { max: 2, drift }
  const { initial, enabled } = explore(
    spec('pings', {}, () => protocol({ roles: { node }, network, timeouts, faults, clock: clocked, terminal: true })),
  )
  const start = initial[0]
  if (start === undefined) throw new Error('there is no initial state')
  const world = labels.reduce((at, label) => {
    const step = enabled(at).find((other) => other.label === label)
    if (step === undefined)
      throw new Error(
        `${label} is not enabled, but ${enabled(at)
          .map((other) => other.label)
          .join(', ')}`,
      )
    return step.state
  }, start)
  return { world, steps: enabled(world).map(({ label }) => label), numbers: world.messages.map(({ message }) => message.n) }
}

const first = 'ping{n=1} a -> b'

describe('messages', () => {
  test('that are ignored stay in flight, but on a fifo channel they are consumed', () => {
    expect(walk({}, `deliver ${first}`).steps).not.toContain('deliver ping{n=2} a -> b')
    expect(walk({}, `deliver ${first}`).numbers).toEqual([2])
    expect(walk({ network: 'fifo' }, `deliver ${first}`, 'deliver ping{n=2} a -> b').numbers).toEqual([])
  })

  test('of a set network are never consumed', () => {
    expect(walk({ network: 'set' }, `deliver ${first}`).numbers).toEqual([1, 2])
  })

  test('are dropped, on a fifo channel the oldest', () => {
    expect(walk({ faults: { drop: 1 } }, 'drop ping{n=2} a -> b').numbers).toEqual([1])
    expect(walk({ faults: { drop: 1 }, network: 'set' }, `drop ${first}`).numbers).toEqual([2])
    expect(walk({ faults: { drop: 1 }, network: 'fifo' }).steps).not.toContain('drop ping{n=2} a -> b')
  })

  test('are duplicated, on a fifo channel next to themselves', () => {
    for (const network of ['unordered', 'fifo'] as const)
      expect(walk({ faults: { duplicate: 1 }, network }, `duplicate ${first}`).numbers).toEqual([1, 1, 2])
  })

  test('that are corrupted keep their way', () => {
    const faults: Faults<'node', Message> = { corrupt: { budget: 1, forms: ({ n }) => [{ type: 'noise', n: n + 4 }] } }
    const { world } = walk({ faults, network: 'fifo' }, `corrupt ${first} into noise{n=5}`)
    expect(world.messages[0]).toEqual({ from: 'a', to: 'b', message: { type: 'noise', n: 5 } })
  })
})

describe('a crash', () => {
  const faults = { crash: 1, restart: 1 } as const

  test('leaves durable fields and messages in flight, and takes the rest', () => {
    const { world, steps, numbers } = walk({ faults }, `deliver ${first}`, 'crash b')
    expect(world.node.b).toEqual({ kept: 1, lost: 0 })
    expect(world.up).toEqual({ a: true, b: false })
    expect(numbers).toEqual([2])
    expect(steps).toContain('timeout alarm a')
    expect(steps).not.toContain('timeout alarm b')
  })

  test('stops what arrives at the node, which may be lost where the network says so', () => {
    expect(walk({ faults }, 'crash b').steps).not.toContain(`deliver ${first}`)
    const { world, numbers } = walk({ faults, network: { toCrashed: 'lost' } }, 'crash b', `lose ${first}`)
    expect([world.node.b, numbers]).toEqual([{ kept: 0, lost: 0 }, [2]])
  })

  test('ends with a restart, which starts the node and arms its timers', () => {
    const { world, steps, numbers } = walk({ faults }, 'timeout alarm a', 'crash a', 'restart a')
    expect(world.up.a).toBe(true)
    expect(numbers).toEqual([1, 2, 3])
    expect(steps).toContain('timeout alarm a')
  })

  test('and its restart are one step where there is no crash', () => {
    const { world, numbers } = walk({ faults: { restart: 1 } }, `deliver ${first}`, 'restart b')
    expect([world.node.b, numbers]).toEqual([{ kept: 1, lost: 0 }, [2]])
  })
})

describe('a partition', () => {
  const faults = { partition: 1, heal: 1, drop: 1, duplicate: 1 } as const

  test('lets messages wait, not timers, and other faults go on', () => {
    const { steps } = walk({ faults }, 'partition b | a')
    expect(steps).not.toContain(`deliver ${first}`)
    expect(steps).toEqual(
      expect.arrayContaining(['timeout alarm a', 'timeout alarm b', `drop ${first}`, `duplicate ${first}`, 'heal']),
    )
  })

  test('ends with a heal', () => {
    expect(walk({ faults }, 'partition b | a', 'heal').steps).toContain(`deliver ${first}`)
  })

  test('that is one-way stops what leaves the isolated side', () => {
    const oneWay = (side: string) => walk({ faults: { partition: { budget: 1, oneWay: true } } }, side).steps
    expect(oneWay('partition a -/-> b')).not.toContain(`deliver ${first}`)
    expect(oneWay('partition b -/-> a')).toContain(`deliver ${first}`)
  })
})

describe('time', () => {
  test('goes on to its end, with drift for each node by itself', () => {
    expect(walk({}, 'tick', 'tick').world.now).toEqual({ a: 2, b: 2 })
    expect(walk({}, 'tick', 'tick').steps).not.toContain('tick')
    expect(walk({ drift: 1 }, 'tick a').steps).toContain('tick b')
    expect(walk({ drift: 1 }, 'tick a').steps).not.toContain('tick a')
  })

  test('jumps by skew, beyond drift and end', () => {
    expect(walk({ faults: { skew: { budget: 1, by: [-1, 3] } } }, 'tick', 'skew b by +3').world.now).toEqual({ a: 1, b: 4 })
  })

  test('waits for messages where timeouts are idle, and faults do not', () => {
    const { steps } = walk({ timeouts: 'idle', faults: { drop: 1 } })
    expect(steps).toContain(`drop ${first}`)
    expect(steps.filter((label) => /timeout|tick/.test(label))).toEqual([])
    const later = walk({ timeouts: 'idle' }, `deliver ${first}`).steps
    expect(later).toEqual(expect.arrayContaining(['timeout alarm a', 'tick']))
  })
})
