import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { faultKinds } from '../../src/model/protocol/fault-plan.js'
import type { ProtocolDefinition } from '../../src/spec/protocol.js'
import { root } from './blocks.js'

const guide = readFileSync(join(root, 'docs/writing-protocols.md'), 'utf8')

/** The code in the first column of the table that follows a text. */
function firstColumn(after: string): string[] {
  const from = guide.indexOf(after)
  const table = guide.slice(guide.indexOf('\n|', from) + 1).split('\n\n')[0] as string
  const rows = table.split('\n').slice(2)
  return rows.flatMap((row) => [...(row.split('|')[1] as string).matchAll(/`([^`]+)`/g)].map(([, code]) => code as string))
}

test('the guide tells of every kind of fault', () => {
  expect(firstColumn('Each is a step, with a label of its own').sort()).toEqual([...faultKinds].sort())
})

test('the guide tells of every part of a role', () => {
  const parts: Record<Extract<keyof ProtocolDefinition['roles'][string], string>, true> = {
    nodes: true,
    init: true,
    durable: true,
    sync: true,
    armed: true,
    start: true,
    on: true,
    timers: true,
    operations: true,
  }
  expect(firstColumn('## Roles').sort()).toEqual(Object.keys(parts).sort())
})
