import { integer, machine, spec } from 'faultline'
import { describe, expect, test } from 'vitest'
import lock from '../../specs/lock-lease-fencing.js'
import { check } from '../../src/check/check.js'
import { errorReport } from '../../src/report/error-report.js'
import { reportData } from '../../src/report/html/assemble.js'
import { SpecError } from '../../src/spec/spec-error.js'
import { checkedReport } from './checked-report.js'
import { reportsInChromium } from './report-page.js'

const open = reportsInChromium()

const section = async (report: Parameters<typeof open>[0], name: string, fragment = '#run=1') => {
  const { page } = await open(report, { fragment })
  const texts = await page.getByRole('region', { name }).locator('tbody tr, p, li').allTextContents()
  return texts.map((text) => text.replace(/\s+/g, ' ').trim())
}

describe('a run that holds', () => {
  test('opens with what was checked, and what became of every property', async () => {
    const { page } = await open(await checkedReport([lock]))
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('lock-lease-fencing holds')
    const properties = await page.getByRole('region', { name: 'Properties' }).locator('tbody tr').allTextContents()
    expect(properties).toEqual([
      '✓invariant noStaleWrite',
      '○invariant mutualExclusionOfBelief violated, as expected (3 steps)',
      '✓sometimes allDone (reached in 7 steps)',
      '✓alwaysPossible free',
      '✓no deadlock',
    ])
  })

  test('says under which faults', async () => {
    const report = await checkedReport([lock])
    expect(await section(report, 'How much this says')).toEqual([
      'Every reachable state was explored, and every order of steps that leads to it, under at most these faults: crash.client=1.',
    ])
    expect(await section(report, 'Faults')).toEqual([
      'holds with 0 faults and with any 1 fault (budget: crash.client=1)',
      '058✓ holds',
      '1116✓ holds',
    ])
  })

  test('shows what was made use of, and opens the witness of what is reached', async () => {
    const report = await checkedReport([lock])
    const coverage = await section(report, 'Coverage')
    expect(coverage.slice(0, 4)).toEqual(['deliver235', 'timeout75', 'crash116', 'client.on.grantedfired'])
    expect(coverage.at(-1)).toBe('message writereceived')
    const { page } = await open(report)
    await page.getByRole('link', { name: /reached: allDone/ }).click()
    await page.getByRole('heading', { name: 'allDone is reached in 7 steps' }).waitFor()
    expect(await page.locator('#state-heading').textContent()).toBe('Initial state')
  })
})

test('keys that walk steps elsewhere scroll a run, which has none', async () => {
  const { page } = await open(await checkedReport([lock]), { fragment: '#run=1', viewport: { width: 800, height: 300 } })
  await page.keyboard.press('End')
  await page.waitForFunction(() => scrollY > 0)
})

test('what a search did not cover is said', async () => {
  const counter = spec('counter', { max: integer(9, { min: 1, max: 99 }) }, ({ max }) =>
    machine({
      init: { n: 0 },
      actions: { up: (s) => s.n < max && { n: s.n + 1 }, leap: (s) => s.n > max && { n: 0 } },
      invariants: { small: (s) => s.n <= max },
    }),
  )
  const report = await checkedReport([counter], { maxDepth: 3 })
  expect(await section(report, 'How much this says')).toEqual([
    'stopped at the limit on depth: depth 3 complete, 1 state waiting',
    'to go on: raise --max-depth, or check smaller parameters',
    'never fired: leap',
  ])
  expect(await section(report, 'Coverage')).toEqual(['up3', 'leapnever fired'])
})

test('a check against what is expected opens where it differs, and says so', async () => {
  const spec = lock.mutant('noFence')
  const run = async (violates: 'noStaleWrite' | 'allDone') => {
    const result = await check(spec)
    const differences = violates === 'noStaleWrite' ? [] : ['allDone is not violated']
    return { spec, result: { ...result, expectation: { expected: { violates }, differences } } }
  }
  const { page } = await open(reportData([await run('noStaleWrite'), await run('allDone')]))
  await page.getByRole('heading', { level: 1, name: 'violated not as expected' }).waitFor()
  const links = await page.getByRole('navigation', { name: 'Checks' }).getByRole('link').allTextContents()
  expect(links).toEqual(['✗ noFence', '✗ noFence not as expected'])
})

test('what could not be checked stands above all else', async () => {
  const error = new SpecError('the action <b>up</b> throws', { hint: 'let it return nothing', site: 'counter.ts:3:5' })
  const { runs } = await checkedReport([lock])
  const failed = [errorReport(error, { spec: 'counter', file: 'counter.ts' })]
  const { page } = await open({ ...reportData([], { errors: failed }), runs })
  expect(await page.locator('.errors h2, .errors pre').allTextContents()).toEqual([
    'Not checked: counter',
    'the action <b>up</b> throws',
    'let it return nothing',
    'counter.ts:3:5',
  ])
  const alone = await open(reportData([], { errors: failed }))
  expect(await alone.page.getByRole('heading', { level: 1 }).textContent()).toBe('Nothing could be checked')
})
