import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { blocksIn, root } from './blocks.js'

const sessions = blocksIn('console').map(({ place, text }) => {
  const [command = '', ...lines] = text.trimEnd().split('\n')
  return { place, command, printed: lines.join('\n') }
})

/** Without what differs from run to run (seconds, and states per second), and when a line is added to a spec. */
const lasting = (text: string) =>
  text
    .replace(/[\d.]+ m?s, [\d.,]+[kM]? states\/s/g, '(time)')
    .replace(/\.ts:\d+:\d+/g, '.ts:(place)')
    .trimEnd()

function run(command: string): Promise<string> {
  const [npx, name, ...args] = command.replace(/^\$ /, '').split(' ')
  expect([npx, name]).toEqual(['npx', 'faultline'])
  return new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: '1' }
    execFile(process.execPath, [join(root, 'bin/faultline.js'), ...args], { cwd: root, env }, (_, stdout) => resolve(stdout))
  })
}

test('there is one to read', () => expect(sessions).not.toEqual([]))

test.each(sessions)('$place: `$command` prints what is shown there', async ({ command, printed }) => {
  expect(lasting(await run(command))).toBe(lasting(printed))
})
