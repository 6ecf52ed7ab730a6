import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import twoPhaseCommit from '../../specs/two-phase-commit.js'
import { check } from '../../src/check/check.js'
import { root } from './blocks.js'

const checking = readFileSync(join(root, 'docs/checking.md'), 'utf8')

test('the documented keys of a JSON result are those that it has', async () => {
  const table = checking.slice(checking.indexOf('| key | value |')).split('\n\n')[0] as string
  const documented = table
    .split('\n')
    .slice(2)
    .flatMap((row) => [...(row.split('|')[1] as string).matchAll(/`(\w+)`/g)].map(([, key]) => key))
  expect(documented.sort()).toEqual(Object.keys(await check(twoPhaseCommit)).sort())
})

test('the documented keys within a JSON result are all that it has', async () => {
  const result = await check(twoPhaseCommit)
  for (const key of ['faults', 'states', 'coverage', 'engine'] as const) {
    const row = checking.split('\n').find((line) => line.startsWith(`| \`${key}\``))
    for (const inner of Object.keys(result[key])) expect(row).toContain(`\`${inner}\``)
  }
})

test('the documented options of the command are those that its help lists', () => {
  const synopsis = checking.split('\n\n')[1] as string
  const help = execFileSync(process.execPath, [join(root, 'bin/faultline.js'), 'check', '--help'], { encoding: 'utf8' })
  const listed = help.slice(help.indexOf('Options:'), help.indexOf('Examples:'))
  const options = (text: string) =>
    [...text.matchAll(/--[a-z-]+/g)].map(([option]) => option).filter((option) => !/help|version/.test(option))
  expect(options(synopsis).sort()).toEqual(options(listed).sort())
})
