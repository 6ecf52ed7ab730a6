import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import lock from '../../specs/lock-lease-fencing.js'
import twoPhaseCommit from '../../specs/two-phase-commit-faults.js'
import { checkedReport } from './checked-report.js'
import { reportsInChromium } from './report-page.js'

const open = reportsInChromium()
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds against WCAG 2.2 A and AA and its own best practices: each rule, and where it is broken. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe)
  const found: AxeResults = await page.evaluate('axe.run()')
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

const reported = () => checkedReport([lock, twoPhaseCommit.mutant('lostDecision')])

describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
  const options = { colorScheme, bypassCSP: true }

  test('a counterexample has no violation that axe finds', async () => {
    const { page } = await open(await reported(), { ...options, fragment: '#run=2&behaviour=1&step=3' })
    await page
      .getByRole('button', { name: /^Watch .* over all steps$/ })
      .first()
      .click()
    await page.keyboard.press('/')
    await page.keyboard.type('deliver')
    expect(await violations(page)).toEqual([])
  })

  test('nor has a run as a whole', async () => {
    const { page } = await open(await reported(), { ...options, fragment: '#run=1' })
    expect(await violations(page)).toEqual([])
  })

  test('nor has the list of keys', async () => {
    const { page } = await open(await reported(), options)
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    expect(await violations(page)).toEqual([])
  })
})

test('the theme that is chosen overrules that of the system, and stays', async () => {
  const { page } = await open(await reported(), { colorScheme: 'light' })
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const light = await background()
  const theme = page.getByRole('button', { name: /^Theme/ })
  await theme.click()
  expect(await background()).toBe(light)
  await theme.click()
  expect(await theme.textContent()).toBe('Theme: dark')
  expect(await background()).not.toBe(light)
  await page.reload()
  expect(await theme.textContent()).toBe('Theme: dark')
})

test('print is light, and leaves out what only a screen can do', async () => {
  const { page } = await open(await reported(), { colorScheme: 'dark' })
  await page.emulateMedia({ media: 'print' })
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)')
  for (const name of ['.bar', '.take-away', '.filters', '.runs']) expect(await page.locator(name).isVisible()).toBe(false)
  expect(await page.locator('.state').isVisible()).toBe(true)
})

test('paper has what every step changed', async () => {
  const { page } = await open(await reported())
  const changes = page.getByRole('region', { name: 'What each step changed' })
  expect(await changes.count()).toBe(0)
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  expect(await changes.locator('dt').count()).toBe(9)
  expect(await changes.locator('div').first().locator('dt, dd').allTextContents()).toEqual([
    '1 begin c',
    'c.begun: false → true',
    `timers.c + 'votes'`,
    'messages + prepare c → p1',
    'messages + prepare c → p2',
  ])
  await page.evaluate(() => dispatchEvent(new Event('afterprint')))
  expect(await changes.count()).toBe(0)
})
