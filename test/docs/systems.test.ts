import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from './blocks.js'

/** All topics, in the order of the index, and what they are about. */
const topics = new Map([
  ['riddles', 'Puzzles whose counterexample is the answer: what a model checker does, before any protocol.'],
  ['mutual exclusion', 'Processes that share something, and must not use it at the same time.'],
  [
    'delivery',
    'Messages that are lost, repeated or late, and must arrive once and in order; data that is damaged on its way or on disk.',
  ],
  ['clocks', 'What happened before what, where no two clocks agree.'],
  ['failure detection', 'Who is down, and who is only slow.'],
  ['membership', 'Who belongs to a group, and which node keeps which key.'],
  ['elections', 'One leader, and who knows that it is one.'],
  ['locks', 'Locks and leases that are held across a network.'],
  ['atomic commit', 'All take part, or none does.'],
  ['transactions', 'Several transactions at once, and what they may see of each other.'],
  ['registers', 'One value on several replicas, and what a reader may see.'],
  ['replication', 'Copies of a log or of a service, and who may take over.'],
  ['consensus', 'Nodes agree on one value, or on one log of values.'],
  ['checkpoints', 'The state of a whole system, taken while it runs, and what one can go back to.'],
])

const fields = ['Topic', 'Granularity', 'Source', 'Parameters', 'Expected', 'What a newcomer learns']

interface Header {
  /** Beside `specs/`: `paxos.ts`, `seeds/w02-paxos-without-adoption.ts`. */
  readonly file: string
  /** The first paragraph: what the spec models. */
  readonly title: string
  /** The lines that begin with a word and a colon, by that word, in order. */
  readonly fields: ReadonlyMap<string, string>
}

function headerOf(file: string): Header {
  const [, comment = ''] = /^\/\*\*\n([\s\S]*?)\*\//.exec(readFileSync(join(root, 'specs', file), 'utf8')) ?? []
  const text = comment.replaceAll(/^ \* ?/gm, '').trim()
  const parts = text.split(
    /\n+(?=(?:Claim|Why it is wrong|Faults|Topic|Granularity|Source|Parameters|Expected|What a newcomer learns): )/,
  )
  const [title = '', ...rest] = parts.map((part) => part.replaceAll(/\s+/g, ' ').trim())
  const named = rest.map((part) => [part.slice(0, part.indexOf(':')), part.slice(part.indexOf(':') + 2)] as const)
  return { file, title, fields: new Map(named) }
}

const headers = readdirSync(join(root, 'specs'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .sort()
  .map(headerOf)
const isClaim = ({ file }: Header) => file.startsWith('seeds/')

const cell = (text = '') => text.charAt(0).toUpperCase() + text.slice(1).replaceAll('|', '\\|')
const table = (column: string, rows: readonly Header[]) => {
  const row = ({ file, title, fields }: Header) => {
    const name = file.replace(/^.*\//, '').replace(/\.ts$/, '')
    return `| [${name}](../specs/${file}) | ${cell(title)} | ${cell(fields.get(column))} |`
  }
  return [`| spec | what it models | ${column.toLowerCase()} |`, '| --- | --- | --- |', ...rows.map(row)].join('\n')
}
const ofTopic = (topic: string) => headers.filter((header) => header.fields.get('Topic') === topic && !isClaim(header))

const index = [
  '# Systems',
  'Every spec in [specs](../specs), by topic. Each file opens with what it models and how finely, its source, its parameters and what they cost. Most have mutants: the same with a mistake, which a property catches. `faultline check specs --expected` checks them all.',
  ...[...topics].flatMap(([topic, about]) => [`## ${cell(topic)}`, about, table('What a newcomer learns', ofTopic(topic))]),
  '## Claims that do not hold',
  'What five articles on faults in distributed systems (in Chinese) say, modelled as it is written. A check of each shows why it is wrong.',
  table('Why it is wrong', headers.filter(isClaim)),
]

describe.each(headers.map((header) => [header.file, header] as const))('the header of %s', (_, header) => {
  test('opens with what the spec models', () => {
    expect(header.title).toMatch(/^[A-Z].{20,}[.?]$/)
  })
  test('has all that a reader looks for, in order', () => {
    expect([...header.fields.keys()].filter((name) => fields.includes(name))).toEqual(fields)
  })
  test('names a topic of the index', () => {
    expect([...topics.keys()]).toContain(header.fields.get('Topic'))
  })
})

test.each([...topics.keys()])('there is a spec about %s', (topic) => {
  expect(ofTopic(topic)).not.toEqual([])
})

test('docs/systems.md is what the headers of the specs say; `npm run docs` writes it', async () => {
  await expect(`${index.join('\n\n')}\n`).toMatchFileSnapshot(join(root, 'docs/systems.md'))
})
