import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import 'faultline/vitest'
import { machine, spec } from 'faultline'
import { lamp } from './lamp.js'

/** A spec that no check gets to the end of. */
const endless = spec('endless', {}, () =>
  machine({ init: { n: 0 }, actions: { up: (s) => ({ n: s.n + 1 }) }, invariants: { natural: (s) => s.n >= 0 } }),
)

/** What a failing expectation says. */
async function messageOf(expectation: Promise<void>): Promise<string> {
  const error = await expectation.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Error)) throw new Error('the expectation did not fail')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colour depends on where the tests run
  return error.message.replace(/\u001b\[\d+m/g, '')
}

describe('toHold', () => {
  test('passes for a spec that holds, and fails negated', async () => {
    await expect(lamp).toHold()
    expect(await messageOf(expect(lamp).not.toHold())).toMatch(
      /^expected spec 'lamp' not to hold: it holds\n\nlamp \(max=3\): holds\n/,
    )
  })

  test('fails with the counterexample for a violation, and passes negated', async () => {
    await expect(lamp.mutants.overshoots).not.toHold()
    const message = await messageOf(expect(lamp.mutants.overshoots).toHold())
    expect(message).toMatch(
      /^expected spec 'lamp' to hold: it is violated: bounded\n\nlamp \(mutant overshoots, max=3\): violated\n/,
    )
    expect(message).toContain('because 4 is over 3')
    expect(message).toContain('  4  up\n     n: 3 → 4\n')
  })

  test('names the report of a failure, one for each, which is written where it says', async () => {
    const messages = [
      await messageOf(expect(lamp.mutants.overshoots).toHold()),
      await messageOf(expect(lamp.mutants.overshoots).toHold()),
    ]
    const files = messages.map(
      (message) => message.match(/\n {2}report: (\.faultline\/tohold-names-the-report\S+\.html)$/)?.[1] ?? '',
    )
    expect(new Set(files).size).toBe(2)
    for (const file of files) expect(readFileSync(file, 'utf8')).toMatch(/^<!doctype html>/)
  })

  test('fails for an unreached sometimes', async () => {
    expect(await messageOf(expect(lamp.with({ max: 10 })).toHold())).toContain('it is violated: overfull (unreached)')
  })

  test('passes within a limit that the options set', async () => {
    await expect(lamp).toHold({ maxDepth: 1 })
  })

  test('decides neither way when a check is cut short by what the options do not set', async () => {
    const signal = AbortSignal.abort()
    expect(await messageOf(expect(endless).toHold({ signal }))).toContain('the search is incomplete: it was interrupted')
    expect(await messageOf(expect(endless).not.toHold({ signal }))).toContain('the search is incomplete: it was interrupted')
  })

  test('names the command that shows it again where the spec is in a file of its own', async () => {
    const file = fileURLToPath(new URL('./lamp.ts', import.meta.url))
    expect(await messageOf(expect(lamp.mutants.sticks).toHold())).toContain(`faultline check ${file} --mutant sticks --set max=3`)
  })

  test('names no command where the spec is in the test itself', async () => {
    const local = spec('local', {}, () => machine({ init: { n: 0 }, actions: { stop: () => false } }))
    expect(await messageOf(expect(local).toHold())).not.toContain('faultline check')
  })
})

describe('toViolate', () => {
  test.each([
    ['an invariant', 'overshoots', 'bounded', 4],
    ['a transition property', 'falls', 'upOrReset', 3],
    ['a deadlock', 'sticks', 'deadlock', 3],
  ] as const)('passes for %s with a counterexample of that length', async (_, mutant, property, steps) => {
    await expect(lamp.mutant(mutant)).toViolate(property)
    await expect(lamp.mutant(mutant)).toViolate(property, { steps, faults: 0 })
    await expect(lamp).not.toViolate(property)
  })

  test('fails when the shortest counterexample has another length', async () => {
    const message = await messageOf(expect(lamp.mutants.overshoots).toViolate('bounded', { steps: 5 }))
    expect(message).toMatch(
      /^expected spec 'lamp' to violate 'bounded' in 5 steps: the shortest counterexample to 'bounded' has 4 steps\n/,
    )
    await expect(lamp.mutants.overshoots).not.toViolate('bounded', { steps: 5 })
    await expect(lamp.mutants.overshoots).not.toViolate('bounded', { steps: 4, faults: 1 })
  })

  test('finds a violation behind a shorter one of another property', async () => {
    const both = spec('both', {}, () =>
      machine({
        init: { n: 0 },
        actions: { up: (s) => s.n < 5 && { n: s.n + 1 } },
        invariants: { belowTwo: (s) => s.n < 2, belowFour: (s) => s.n < 4 },
      }),
    )
    await expect(both).toViolate('belowTwo', { steps: 2 })
    await expect(both).toViolate('belowFour', { steps: 4 })
    await expect(both).toViolate('deadlock', { steps: 5 })
  })

  test('fails for a property that holds', async () => {
    expect(await messageOf(expect(lamp).toViolate('bounded'))).toContain(
      "to violate 'bounded': 'bounded' holds\n\nlamp (max=3): holds",
    )
  })

  test('passes for a sometimes that is unreached, which has no length', async () => {
    await expect(lamp.with({ max: 10 })).toViolate('overfull')
    await expect(lamp.with({ max: 10 })).not.toViolate('overfull', { steps: 3 })
  })

  test('is not sure that a property is not violated when the check is cut short', async () => {
    await expect(lamp.mutants.overshoots).not.toViolate('bounded', { maxDepth: 3 })
    const signal = AbortSignal.abort()
    expect(await messageOf(expect(endless).toViolate('natural', { signal }))).toContain('interrupted')
    expect(await messageOf(expect(endless).not.toViolate('natural', { signal }))).toContain('interrupted')
  })
})

describe('toReach', () => {
  test('passes for a sometimes that is reached, in exactly so many steps', async () => {
    await expect(lamp).toReach('full')
    await expect(lamp).toReach('full', { steps: 3 })
    await expect(lamp).toReach('off', { steps: 0 })
    await expect(lamp).not.toReach('full', { steps: 2 })
  })

  test('fails with how soon it is reached', async () => {
    expect(await messageOf(expect(lamp).toReach('full', { steps: 2 }))).toMatch(
      /^expected spec 'lamp' to reach 'full' in 2 steps: 'full' is reached in 3 steps\n/,
    )
  })

  test('finds a state behind a violation', async () => {
    await expect(lamp.mutants.breaks).toReach('full', { steps: 3 })
  })

  test('fails for an unreached sometimes', async () => {
    expect(await messageOf(expect(lamp.with({ max: 10 })).toReach('overfull'))).toContain("'overfull' is unreached")
    await expect(lamp.with({ max: 10 })).not.toReach('overfull')
  })

  test('takes no invariant for a sometimes', async () => {
    expect(await messageOf(expect(lamp).toReach('bounded'))).toContain("spec 'lamp' has no sometimes 'bounded'")
  })
})

describe('a mistake in the test fails it, negated or not', () => {
  const misspelt = 'bonded'
  const property: 'bounded' = JSON.parse(`"${misspelt}"`)

  test('a property that the spec does not have, with the nearest that it has', async () => {
    for (const expectation of [expect(lamp).toViolate(property), expect(lamp).not.toViolate(property)]) {
      const message = await messageOf(expectation)
      expect(message).toContain("spec 'lamp' has no property 'bonded'")
      expect(message).toContain("did you mean 'bounded'?")
    }
  })

  test.each([
    ['nothing', undefined, 'undefined'],
    ['a name', 'lamp', 'the string lamp'],
    ['a module', { default: lamp }, 'an object that holds specs (default)'],
    ['a function', () => lamp, 'a function'],
  ])('%s instead of a spec, with what to import', async (_, subject, text) => {
    for (const expectation of [expect(subject).toHold(), expect(subject).not.toHold()]) {
      const message = await messageOf(expectation)
      expect(message).toContain(`toHold needs a spec, and got ${text}`)
      expect(message).toContain("import the spec file's default export")
    }
  })

  test('a machine instead of a spec, with what to wrap it in', async () => {
    const bare = machine({ init: { n: 0 }, actions: {} })
    expect(await messageOf(expect(bare).toHold())).toContain("spec('name', {}, () => machine({ ... }))")
  })

  test('a mistake in the spec is told as the command tells it', async () => {
    const throwing = spec('throwing', {}, () => machine({ init: { n: 0 }, actions: { up: (s) => ({ n: missing(s.n) }) } }))
    const message = await messageOf(expect(throwing).not.toHold())
    expect(message).not.toContain('error: ')
    expect(message).toContain('matchers.test.ts')
    expect(message).not.toContain('src/model')
  })
})

test('a mistake in the spec leads to the line of the test, not into faultline', async () => {
  const throwing = spec('throwing', {}, () => machine({ init: { n: 0 }, actions: { up: (s) => ({ n: missing(s.n) }) } }))
  const stack = await expect(throwing)
    .toHold()
    .catch((error: Error) => error.stack ?? '')
  const frames = String(stack)
    .split('\n')
    .filter((line) => /^ {4}at .*:\d+\)?$/.test(line))
  expect(frames.join('\n')).toContain('matchers.test.ts')
  expect(frames.filter((frame) => /\/src\/(?:vitest|check|model|explore)/.test(frame))).toEqual([])
})

function missing(n: number): number {
  throw new TypeError(`no next for ${n}`)
}
