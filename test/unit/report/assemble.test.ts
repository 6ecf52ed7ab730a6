import { machine, spec } from 'faultline'
import { describe, expect, test } from 'vitest'
import lock from '../../../specs/lock-lease-fencing.js'
import rpcRetry from '../../../specs/rpc-retry.js'
import twoPhaseCommit from '../../../specs/two-phase-commit.js'
import { check } from '../../../src/check/check.js'
import type { Result } from '../../../src/check/result.js'
import { type ReportedCheck, reportData } from '../../../src/report/html/assemble.js'
import type { Spec } from '../../../src/spec/spec.js'
import type { Counterexample } from '../../../src/trace/counterexample.js'
import { behaviourFor, follow } from '../../../src/trace/follow.js'
import type { Trace } from '../../../src/trace/walk.js'
import { root } from '../../docs/blocks.js'
import { compileErrors } from '../../docs/compile.js'
import { violated } from './fixtures.js'

function behaviourOf(written: Spec, property: string, steps: Trace['steps']): Counterexample {
  const behaviour = behaviourFor(follow(written, { steps }), property)
  if (behaviour === undefined) throw new Error(`the steps do not decide ${property}`)
  return behaviour
}

/** The result of a check that found these behaviours. */
function resultOf(written: Spec, file: string | null, behaviours: readonly Counterexample[], more: Partial<Result> = {}): Result {
  return {
    ...violated,
    spec: written.name,
    file,
    mutant: written.mutantName,
    parameters: written.parameters as Result['parameters'],
    counterexamples: behaviours.filter(({ kind }) => kind !== 'sometimes'),
    witnesses: behaviours.filter(({ kind }) => kind === 'sometimes'),
    ...more,
  }
}

const message = (from: string, to: string, type: string, fields: object = {}) =>
  ({ from, to, message: { type, ...fields } }) as never

const staleWrite = behaviourOf(lock.mutants.noFence, 'noStaleWrite', [
  { action: 'timeout', args: ['locks', 'lease'] },
  { action: 'deliver', args: [message('c2', 'locks', 'acquire')] },
  { action: 'deliver', args: [message('locks', 'c2', 'granted', { token: 2 })] },
  { action: 'deliver', args: [message('c2', 'storage', 'write', { token: 2 })] },
  { action: 'deliver', args: [message('c1', 'storage', 'write', { token: 1 })] },
])
const lockCheck: ReportedCheck = {
  spec: lock.mutants.noFence,
  result: resultOf(lock.mutants.noFence, 'specs/lock-lease-fencing.ts', [staleWrite]),
  parts: { spec: null, mutant: 'noFence', parameters: {} },
}

function onlyBehaviour(check: ReportedCheck) {
  const [run] = reportData([check], { cwd: root }).runs
  const [behaviour, ...others] = run?.behaviours ?? []
  if (run === undefined || behaviour === undefined || others.length > 0) throw new Error('there is one behaviour')
  return { run, behaviour }
}

describe('the data of a report', () => {
  const { run, behaviour } = onlyBehaviour(lockCheck)

  test('names places in the source relative to the folder where it was made', () => {
    expect(behaviour.stepNotes[0]?.site).toMatch(/^specs\/lock-lease-fencing\.ts:\d+:\d+$/)
    expect(behaviour.properties[0]?.site).toMatch(/^specs\/lock-lease-fencing\.ts:\d+:\d+$/)
    expect(JSON.stringify(reportData([lockCheck], { cwd: root }))).not.toContain(`${root}/specs`)
  })

  test('has the command that checks again, and no behaviour twice', () => {
    expect(run.command).toBe('faultline check specs/lock-lease-fencing.ts --mutant noFence')
    expect(run.result).not.toHaveProperty('counterexamples')
    expect(behaviour).toMatchObject({ role: 'counterexample', property: 'noStaleWrite', length: 5 })
  })

  test('has the command that replays, with the behaviour in it', () => {
    const [first, json, last] = behaviour.command?.split('\n') ?? []
    expect(first).toBe("faultline replay specs/lock-lease-fencing.ts --mutant noFence <<'END'")
    expect(JSON.parse(json ?? '').steps[0]).toEqual({ action: 'timeout', args: ['locks', 'lease'] })
    expect(last).toBe('END')
  })

  test('has no commands where nobody knows the file', () => {
    const unknown = onlyBehaviour({ ...lockCheck, result: { ...lockCheck.result, file: null } })
    expect([unknown.run.command, unknown.behaviour.command]).toEqual([null, null])
  })
})

describe('the test to take away', () => {
  test('asserts that a check finds the behaviour, and that it ends in the violation', () => {
    expect(onlyBehaviour(lockCheck).behaviour.test).toMatch(
      /^import \{ replay, type Trace \} from 'faultline'\nimport \{ expect, test \} from 'vitest'\nimport 'faultline\/vitest'\nimport lockLeaseFencing from '\.\/specs\/lock-lease-fencing\.js'\n/,
    )
    const { test: text } = onlyBehaviour(lockCheck).behaviour
    expect(text).toContain("const spec = lockLeaseFencing.mutant('noFence')\n")
    expect(text).toContain("  await expect(spec).toViolate('noStaleWrite', { steps: 5 })\n")
    expect(text).toContain("      // timeout lease locks\n      { action: 'timeout', args: ['locks', 'lease'] },\n")
  })

  const duplicated = behaviourOf(rpcRetry.mutants.noDedupe, 'atMostOnce', [
    { action: 'call', args: ['c1'] },
    { action: 'timeout', args: ['c1', 'patience'] },
    { action: 'deliver', args: [message('c1', 's1', 'request')] },
    { action: 'deliver', args: [message('c1', 's1', 'request')] },
  ])
  const prepared = behaviourOf(twoPhaseCommit.with({ rms: 1 }), 'allCommitted', [
    { action: 'rmPrepare', args: ['rm1'] },
    { action: 'tmReceivePrepared', args: ['rm1'] },
    { action: 'tmCommit', args: [] },
    { action: 'rmReceiveCommit', args: ['rm1'] },
  ])
  const strange = spec('switch', {}, () =>
    machine({
      init: { "it's": { n: 0, text: 'a\n"b"' } },
      actions: { 'a step': () => [{ "it's": { n: 1 } }, { "it's": { n: 2, text: '\u2028' } }] },
      invariants: { 'never 2': (s) => s["it's"].n < 2 },
    }),
  )
  const strangeStep = behaviourOf(strange, 'never 2', [{ action: 'a step', args: [], outcome: 1 }])

  test('compiles, whatever the names and values', () => {
    const checks: readonly ReportedCheck[] = [
      lockCheck,
      {
        spec: rpcRetry.mutants.noDedupe,
        result: resultOf(rpcRetry.mutants.noDedupe, 'specs/rpc-retry.ts', [duplicated], {
          faults: { ...violated.faults, overrides: { duplicate: 1, restart: 2 }, minimize: 'steps' },
        }),
        parts: { spec: null, mutant: 'noDedupe', parameters: {} },
        exported: 'default',
      },
      {
        spec: twoPhaseCommit.with({ rms: 1 }),
        result: resultOf(twoPhaseCommit.with({ rms: 1 }), 'specs/two-phase-commit.ts', [prepared]),
      },
    ]
    const texts = new Map(checks.map((check, at) => [`${root}/taken-away-${at}.test.ts`, onlyBehaviour(check).behaviour.test]))
    const odd = onlyBehaviour({ spec: strange, result: resultOf(strange, 'odd.ts', [strangeStep]), exported: 'odd.one' })
    texts.set(`${root}/odd.ts`, "import { type Spec } from 'faultline'\nexport declare const odd: { one: Spec }\n")
    texts.set(`${root}/odd.test.ts`, odd.behaviour.test)
    expect(odd.behaviour.test).toContain("import { odd } from './odd.js'\n")
    expect([...compileErrors(texts)].filter(([, errors]) => errors.length > 0)).toEqual([])
  })
})

describe('the Mermaid diagram to take away', () => {
  test('has a participant for each node, and an arrow for each message', () => {
    expect(onlyBehaviour(lockCheck).behaviour.mermaid).toBe(`sequenceDiagram
  participant p1 as c1
  participant p2 as c2
  participant p3 as locks
  participant p4 as storage
  Note over p3: 1. timeout lease locks
  p2-)p3: 2. acquire
  p3-)p2: 3. granted{token=2}
  p2-)p4: 4. write{token=2}
  p1-)p4: 5. write{token=1}
  p4--)p2: written (in flight)
  p4--)p1: written (in flight)
  Note over p1,p4: noStaleWrite is violated
`)
  })

  test('ends with what became of a goal', async () => {
    const stuck = spec('stuck', {}, () =>
      machine({ init: { n: 0 }, actions: { stop: () => ({ n: 1 }) }, alwaysPossible: { zero: (s) => s.n === 0 } }),
    )
    expect(onlyBehaviour({ spec: stuck, result: await check(stuck) }).behaviour.mermaid).toContain('Note over p1: zero is lost')
  })

  test('shows what Mermaid would take for its own syntax as it is', () => {
    const odd = spec('odd', {}, () =>
      machine({ init: { n: 0 }, actions: { 'a;b #1 <script>': () => ({ n: 1 }) }, invariants: { zero: (s) => s.n === 0 } }),
    )
    const steps = behaviourOf(odd, 'zero', [{ action: 'a;b #1 <script>', args: [] }])
    expect(onlyBehaviour({ spec: odd, result: resultOf(odd, null, [steps]) }).behaviour.mermaid).toBe(
      'sequenceDiagram\n  participant p1 as state\n  Note over p1: 1. a#59;b #35;1 #60;script#62;\n  Note over p1: zero is violated\n',
    )
  })
})
