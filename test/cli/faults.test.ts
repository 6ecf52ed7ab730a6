import { expect, test } from 'vitest'
import { faultline } from './faultline.js'
import { project } from './project.js'

/** A server grants a lock to whoever asks while it is free, and forgets in a crash that it is not. */
const lock = `import { ids, protocol, spec, type Role } from 'faultline'

type Message = { type: 'acquire' } | { type: 'granted' }
const C = ids('c', 2)

export default spec('lock', {}, () => {
  const server: Role<{ held: boolean }, Message> = {
    nodes: ['s'],
    init: { held: false },
    on: { acquire: (self, _, { from }) => !self.held && { state: { held: true }, send: [{ to: from, type: 'granted' }] } },
  }
  const client: Role<{ phase: 'idle' | 'waiting' | 'holding' }, Message> = {
    nodes: C,
    init: { phase: 'idle' },
    durable: ['phase'],
    operations: { acquire: (self) => self.phase === 'idle' && { state: { phase: 'waiting' }, send: [{ to: 's', type: 'acquire' }] } },
    on: { granted: () => ({ state: { phase: 'holding' } }) },
  }
  return protocol({
    roles: { server, client },
    faults: { crash: { server: 1 }, restart: true },
    terminal: true,
    invariants: { exclusive: (w) => C.filter((c) => w.client[c]?.phase === 'holding').length < 2 },
  })
})
`

/** The last sentence, however it is broken into lines. */
const frontierOf = (stdout: string) =>
  stdout
    .replace(/\s+/g, ' ')
    .match(/(?:holds with|breaks with|no counter)[^()]*\([^()]*\) $/)?.[0]
    .trim()

test('the faults of the spec are explored unless the command line says otherwise', async () => {
  const cwd = project({ 'lock.ts': lock })
  const asWritten = await faultline(['check', 'lock.ts'], { cwd })
  expect([asWritten.code, asWritten.stderr]).toEqual([1, ''])
  expect(asWritten.stdout).toContain('invariant exclusive is violated after 8 steps with 2 faults (crash, restart)')
  expect(asWritten.stdout).toContain('fault: crash s\n')
  expect(frontierOf(asWritten.stdout)).toBe(
    'holds with 0 faults and with any 1 fault; breaks with crash=1, restart=1 (budget: crash.server=1, any restart)',
  )
  const none = await faultline(['check', 'lock.ts', '--faults', 'none'], { cwd })
  expect([none.code, frontierOf(none.stdout)]).toEqual([0, 'holds with 0 faults (budget: no faults)'])
  const dropped = await faultline(['check', 'lock.ts', '--faults', 'drop=1'], { cwd })
  expect([dropped.code, frontierOf(dropped.stdout)]).toEqual([0, 'holds with 0 faults and with any 1 fault (budget: drop=1)'])
  const ofRole = await faultline(['check', 'lock.ts', '--faults', 'crash.client=1,drop=any'], { cwd })
  expect([ofRole.code, frontierOf(ofRole.stdout)]).toEqual([
    0,
    'holds with all faults that the budget allows (budget: any drop, crash.client=1, any restart)',
  ])
  const one = await faultline(['check', 'lock.ts', '--faults', 'total=1'], { cwd })
  expect(one.code).toBe(0)
})

test('the command to see it again finds it again', async () => {
  const cwd = project({ 'lock.ts': lock })
  const first = await faultline(['check', 'lock.ts', '--faults', 'crash.server=2,drop=any', '--minimize', 'steps'], { cwd })
  const command = first.stdout.match(/see it again: faultline (.*)/)?.[1]
  expect(command).toBe('check lock.ts --faults crash.server=2,drop=any --minimize steps')
  const again = await faultline((command as string).split(' '), { cwd })
  const lasting = (text: string) => text.replace(/[\d.]+ m?s(, [\d.,]+[kM]? states\/s)?\n/, '')
  expect(lasting(again.stdout)).toBe(lasting(first.stdout))
})

test('a fault that the spec does not describe is an error of the spec, at its place', async () => {
  const { code, stderr, stdout } = await faultline(['check', 'lock.ts', '--faults', 'corrupt=1'], {
    cwd: project({ 'lock.ts': lock }),
  })
  expect(code).toBe(2)
  expect(stdout + stderr).toMatch(/nothing says what corrupted messages look like {2}lock\.ts:\d+:\d+/)
})

test('completion offers what can be minimized', async () => {
  const { stdout } = await faultline(['--get-yargs-completions', 'faultline', 'check', 'lock.ts', '--minimize', ''], {
    cwd: project({}),
  })
  expect(stdout.split('\n')).toEqual(expect.arrayContaining(['faults', 'steps']))
})
