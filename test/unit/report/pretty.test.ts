import { describe, expect, test } from 'vitest'
import type { CommandParts } from '../../../src/report/command.js'
import { formatResult, pretty } from '../../../src/report/pretty.js'
import { deadlock, failure, holds, incomplete, mutant, protocol, transition, unreached, violated } from './fixtures.js'

const plain = { color: false, width: 100, cwd: '/home/user/project' }

describe('a violation', () => {
  test('is printed as verdict, property with its source, counterexample with what each step changes, figures and command', () => {
    expect(formatResult(mutant, plain)).toBe(
      `
two-phase-commit (mutant commitWithoutAll, rms=2): violated
  invariant consistent is violated after 3 steps  specs/two-phase-commit.ts:48:9

  counterexample to invariant consistent, 3 steps
  because both outcomes
    committed: ['rm1']
    aborted: ['rm2']
  initial
     rm: {rm1: 'working', rm2: 'working'}
     tm: 'init'
     prepared: []
     messages: []
  1  tmCommit
     tm: 'init' → 'committed'
     messages + 'commit'
  2  rmReceiveCommit(rm1)
     rm.rm1: 'working' → 'committed'
  3  rmChooseToAbort(rm2)
     rm.rm2: 'working' → 'aborted'
  final
     rm: {rm1: 'committed', rm2: 'aborted'}
     tm: 'committed'
     prepared: []
     messages: ['commit']

  34 states, 94 generated, depth 3, 0.00 s
  incomplete (--continue goes on past a violation): sometimes allCommitted, deadlock
  see it again: faultline check specs/two-phase-commit.ts --mutant commitWithoutAll --set rms=2`.trimStart(),
    )
  })

  test('by a deadlock tells faults from steps of the protocol, and which of several outcomes was taken', () => {
    const text = formatResult(deadlock, plain)
    expect(text).toContain('deadlock after 2 steps with 1 fault (crash): no action is enabled, and the state is not terminal')
    expect(text).toContain('counterexample: a deadlock, 2 steps, 1 fault (crash)\n')
    expect(text).toContain("1  fault: crash p1\n     held.a + {by: 'p1'}")
    expect(text).toContain('2  take  outcome 2\n     queue[0] − 3')
  })

  test('of several properties has a counterexample for each, an initial state without steps among them', () => {
    const text = formatResult(transition, plain)
    expect(text).toContain('transition property termGrows is violated by step 3  specs/two-phase-commit.ts:60:3')
    expect(text).toContain('invariant fresh is violated in an initial state  specs/two-phase-commit.ts:61:3')
    expect(text).toContain("because: 'term went from 2 to 1'")
    expect(text.match(/counterexample to/g)).toHaveLength(2)
  })

  test('gives no command where the file of the spec is not known', () => {
    expect(formatResult(transition, plain)).not.toContain('faultline check')
  })

  test('of several properties goes on past the first in the command to see it again', () => {
    expect(formatResult({ ...transition, file: 'a.ts' }, plain)).toContain(
      'faultline check a.ts --spec two-phase-commit --set rms=2 --continue',
    )
  })

  test('names the spec in the command unless the file is named after it', () => {
    expect(formatResult({ ...violated, file: 'specs/two-phase-commit.ts' }, plain)).not.toContain('--spec')
    expect(formatResult({ ...violated, file: 'specs/commit.ts' }, plain)).toContain(
      'faultline check specs/commit.ts --spec two-phase-commit --set rms=2',
    )
  })

  test('leaves out of the command what goes without saying, where that is known', () => {
    const result = { ...violated, file: 'specs/commit.ts', mutant: 'hasty', parameters: { rms: 2, slow: true } }
    const command = (parts: CommandParts) =>
      formatResult(result, { ...plain, commandParts: () => parts }).match(/see it again: (.*)/)?.[1]
    expect(command({ spec: null, mutant: null, parameters: {} })).toBe('faultline check specs/commit.ts')
    expect(command({ spec: 'second', mutant: 'hasty', parameters: { rms: 2 } })).toBe(
      'faultline check specs/commit.ts --spec second --mutant hasty --set rms=2',
    )
  })

  test('quotes the command for the shell', () => {
    expect(formatResult(deadlock, plain)).toContain(
      `faultline check 'specs/two locks.ts' --spec two-locks --set 'order=don'\\''t'`,
    )
  })
})

test('a spec that holds takes a few lines: figures, what was checked, how soon each sometimes is reached', () => {
  expect(formatResult(holds, plain)).toBe(
    `
two-phase-commit (rms=7): holds
  296,448 states, 2,744,706 generated, depth 22, 0.61 s, 486k states/s
  holds: invariant consistent, sometimes allCommitted (reached in 11 steps), no deadlock`.trimStart(),
  )
})

test('a spec that holds only within constraints says so, and how many states they cut off', () => {
  const constrained = { ...holds, coverage: { ...holds.coverage, constraints: { shortLog: 1, fewTerms: 1204 } } }
  expect(formatResult(constrained, plain)).toContain(
    'exhaustive only within: shortLog (1 state outside), fewTerms (1,204 states outside)',
  )
})

test('a constraint that cut nothing off is no reservation', () => {
  const constrained = { ...holds, coverage: { ...holds.coverage, constraints: { shortLog: 0, fewTerms: 4 } } }
  expect(formatResult(constrained, plain)).toContain('exhaustive only within: fewTerms (4 states outside)')
  const unconstrained = { ...holds, coverage: { ...holds.coverage, constraints: { shortLog: 0 } } }
  expect(formatResult(unconstrained, plain)).not.toContain('within')
})

test('a list of properties is broken between them, not within', () => {
  expect(formatResult(holds, { ...plain, width: 60 })).toContain(
    'holds: invariant consistent,\n    sometimes allCommitted (reached in 11 steps),\n    no deadlock',
  )
})

test('an incomplete check says which limit it hit, what is covered all the same, and what to do', () => {
  const text = formatResult(incomplete, plain)
  expect(text).toMatch(/^two-phase-commit \(rms=7\): incomplete\n/)
  expect(text).toContain('stopped at the limit on memory: depth 12 complete, 1,204 states waiting')
  expect(text).toContain('raise --max-memory')
  expect(text).toContain('incomplete: invariant consistent, sometimes allCommitted, deadlock\n')
  expect(text).toContain('never fired: tmAbort')
  expect(text).toContain('explored only within: shortLog (88 states outside)')
  expect(text).not.toContain('holds')
  expect(text).not.toContain('see it again')
})

test('a check limited in depth has covered that depth', () => {
  expect(formatResult({ ...incomplete, limit: 'depth' }, plain)).toContain('depth 13 complete, 1,204 states waiting')
})

test('an unreached sometimes is the first thing that is said, with the actions that never fired', () => {
  const text = formatResult(unreached, plain)
  expect(text).toMatch(/: violated\n {2}sometimes allCommitted is unreached: true in none of 296,448 states/)
  expect(text).toContain('specs/two-phase-commit.ts:50:20')
  expect(text).toContain('never fired: tmCommit, rmReceiveCommit')
})

describe('a protocol', () => {
  test('that is violated is printed with its faults marked, messages in words, and what it stands on the last line', () => {
    expect(formatResult(protocol, plain)).toBe(
      `
lock: violated
  invariant exclusive is violated after 3 steps with 2 faults (drop, crash)

  counterexample to invariant exclusive, 3 steps, 2 faults (drop, crash)
  initial
     s: {holder: null}
     messages: [acquire{by=['c', 1] urgent=true} c1 -> s]
  1  deliver acquire c1 -> s
     messages + granted s -> c1
  2  fault: drop granted s -> c1
     messages − granted s -> c1
  3  fault: crash s
     up.s: true → false
  final
     s: {holder: null}
     messages: []

  34 states, 94 generated, depth 3, 0.00 s
  never fired: tick
  never sent: renew
  sent, and accepted by nobody: ping
  never ran: client.timers.giveUp, client.operations.ask
  ran, and never did anything: server.timers.expire
  see it again: faultline check specs/lock.ts
  holds with 0 faults and with any 1 fault; breaks with drop=1, crash=1 (budget: drop=2,
    crash.server=1, total=2)`.trimStart(),
    )
  })

  test('that stopped at a violation says nothing about what it did not try', () => {
    const stopped = { ...protocol, properties: [...protocol.properties, { ...holds.properties[0], verdict: 'incomplete' }] }
    expect(formatResult(stopped as typeof protocol, plain)).not.toMatch(/never|accepted/)
    // Also where its only property is the one that fails: there were states left to explore.
    const waiting = { ...protocol, states: { ...protocol.states, queue: 3 } }
    expect(formatResult(waiting, plain)).not.toMatch(/never|accepted/)
  })

  test('whose check was cut short says which numbers of faults are complete, not which depth', () => {
    const { explored } = protocol.faults
    const cut = (layers: typeof explored) =>
      formatResult({ ...incomplete, coverage: protocol.coverage, faults: { ...protocol.faults, explored: layers } }, plain)
    const open = (faults: number) => ({ faults, states: 1, verdict: 'incomplete' as const })
    expect(cut([open(0)])).toContain('depth 12 with 0 faults complete, 1,204 states waiting')
    expect(cut([...explored.slice(0, 1), open(1)])).toContain('all with 0 faults complete, 1,204 states waiting')
    expect(cut([...explored.slice(0, 2), open(2)])).toContain('all with up to 1 fault complete, 1,204 states waiting')
  })

  test('gives the faults asked for in the command to see it again, and what was minimized', () => {
    const command = (faults: Partial<typeof protocol.faults>) =>
      formatResult({ ...protocol, faults: { ...protocol.faults, ...faults } }, plain).match(/see it again: (.*)/)?.[1]
    expect(command({ overrides: { crash: 1, drop: 2 } })).toBe('faultline check specs/lock.ts --faults crash=1,drop=2')
    expect(command({ overrides: 'none' })).toBe('faultline check specs/lock.ts --faults none')
    expect(command({ overrides: {} })).toBe('faultline check specs/lock.ts --faults none')
    expect(command({ minimize: 'steps' })).toBe('faultline check specs/lock.ts --minimize steps')
  })
})

test('several checks end in a count by verdict', () => {
  const text = pretty.format([holds, violated, mutant, incomplete, failure], plain)
  expect(text).toMatch(/\n\n5 checks: 1 holds, 2 violated, 1 incomplete, 1 error\n$/)
})

test('without colour there is no escape sequence, with colour nothing but colour is added', () => {
  for (const result of [holds, mutant, incomplete, unreached, deadlock, transition, protocol]) {
    const colored = formatResult(result, { ...plain, color: true })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is escape sequences that are looked for
    expect(colored).toMatch(/\u001b\[/)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is escape sequences that are looked for
    expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(formatResult(result, plain))
  }
})

describe('a big state', () => {
  const big = {
    ...violated,
    counterexamples: violated.counterexamples.map((counterexample) => ({
      ...counterexample,
      initial: {
        log: Array.from({ length: 150 }, (_, index) => `entry ${index}`),
        nodes: Object.fromEntries(['n1', 'n2', 'n3'].map((n) => [n, { phase: 'follower', votes: ['n1', 'n2'], log: [] }])),
      },
      steps: counterexample.steps.map((step) => ({
        ...step,
        changes: [{ path: ['log'], before: Array.from({ length: 40 }, (_, i) => i * 1000), after: [] }],
      })),
    })),
  }

  test('is nested and folded into lines that fit the width', () => {
    const lines = formatResult(big, { ...plain, width: 60 }).split('\n')
    expect(lines.filter((line) => line.length > 60 && !line.includes('see it again'))).toEqual([])
    expect(lines).toContain("       n1: {log: [], phase: 'follower', votes: ['n1', 'n2']}")
  })

  test('shows how many items of a long collection are left out', () => {
    expect(formatResult(big, plain)).toContain('… 50 more')
  })

  test('shows both values of a long change in full, one below the other', () => {
    const text = formatResult(big, { ...plain, width: 60 })
    expect(text).toMatch(/log:\n +− 0, 1000, 2000/)
    expect(text).toMatch(/8000,\n +9000, /)
    expect(text).toMatch(/38000, 39000\n +\+ \[\]/)
  })
})
