import { join } from 'node:path'
import { expect, test } from 'vitest'
import { start } from './faultline.js'
import { counter, project, write } from './project.js'

const times = (text: string, part: string) => text.split(part).length - 1

test('--watch checks again when the spec or what it imports changes, goes on after an error, and leaves with 0 on Ctrl-C', async () => {
  const limit = (n: number) => `export const limit: number = ${n}\n`
  const cwd = project({
    'counter.ts': counter
      .replace("from 'faultline'\n", "from 'faultline'\nimport { limit } from './limit.js'\n")
      .replace('<= max', '<= limit'),
    'limit.ts': limit(3),
  })
  const { child, ended, until } = start(['check', 'counter.ts', '--watch'], { cwd })
  const resting = (count: number) => until(({ stderr }) => times(stderr, 'watching counter.ts (Ctrl-C leaves)') === count)
  await resting(1)
  write(join(cwd, 'limit.ts'), limit(2))
  await resting(2)
  write(join(cwd, 'limit.ts'), 'export const limit: number = \n')
  await resting(3)
  write(join(cwd, 'limit.ts'), limit(4))
  await resting(4)
  child.kill('SIGINT')
  const { code, stdout, stderr } = await ended
  expect(code).toBe(0)
  expect(stdout.match(/^counter \(max=3\): \w+/gm)).toEqual([
    'counter (max=3): holds',
    'counter (max=3): violated',
    'counter (max=3): holds',
  ])
  expect(stderr).toContain('error: syntax error: Unexpected end of file  limit.ts:')
  expect(times(stderr, '──── counter.ts  ')).toBe(4)
})
