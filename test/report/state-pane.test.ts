import { expect, test } from 'vitest'
import lock from '../../specs/lock-lease-fencing.js'
import { checkedReport } from './checked-report.js'
import { reportsInChromium } from './report-page.js'

const open = reportsInChromium()

/** Step 2 grants the lock to c2: `acquire` is delivered, `granted` is sent, the lease is armed. */
const granting = async () => open(await checkedReport([lock.mutant('noFence')]), { fragment: '#run=1&behaviour=1&step=2' })

const rowsOf = (texts: readonly string[]) => texts.map((text) => text.replace(/\s+/g, ' ').trim())

test('what a step changed is marked and unfolded, and the rest is folded to one line', async () => {
  const { page } = await granting()
  const rows = page.locator('.state .rows .row > :first-child')
  expect(rowsOf(await rows.allTextContents())).toEqual([
    `c1 {phase: 'in', token: 1}`,
    `c2 {phase: 'waiting', token: 0}`,
    'locks',
    `•changed holder null →to 'c2'`,
    `•changed token 1 →to 2`,
    'messages 2 elements',
    'write{token=1} c1 → storage',
    '−removed acquire c2 → locks',
    '+added granted{token=2} locks → c2',
    'storage {written: []}',
    'timers',
    'locks 1 element',
    `+added 'lease'`,
    'up {c1: true, c2: true}',
  ])
})

test('a fold opens and closes, and stays so from step to step', async () => {
  const { page } = await granting()
  const fold = page.getByRole('button', { name: /^c1/ })
  await fold.click()
  await page.locator('.row', { hasText: /^phase/ }).waitFor()
  await page.keyboard.press('j')
  expect(await fold.getAttribute('aria-expanded')).toBe('true')
  await fold.click()
  expect(await fold.getAttribute('aria-expanded')).toBe('false')
})

test('variables are hidden by patterns, typed or taken from a row', async () => {
  const { page } = await granting()
  const names = () => page.locator('.state .rows .key').allTextContents()
  await page.getByLabel('Hide', { exact: true }).fill('messages, *.token up')
  expect(await names()).toEqual(['c1', 'c2', 'locks', 'holder', 'storage', 'timers', 'locks'])
  await page.getByRole('button', { name: 'Hide timers', exact: true }).click()
  expect(await names()).toEqual(['c1', 'c2', 'locks', 'holder', 'storage'])
  expect(await page.getByLabel('Hide', { exact: true }).inputValue()).toBe('messages *.token up timers')
})

test('only what changed is shown where that is asked for', async () => {
  const { page } = await granting()
  await page.getByLabel('Changes only').check()
  expect(await page.locator('.state .part.same').count()).toBe(0)
  expect(await page.locator('.state .rows .key').allTextContents()).toEqual([
    'locks',
    'holder',
    'token',
    'messages',
    'timers',
    'locks',
  ])
})

test('a watched variable shows its values over all steps, and leads to where each begins', async () => {
  const { page } = await granting()
  await page.getByRole('button', { name: 'Watch locks.holder over all steps' }).click()
  const stretches = page.locator('.stretch')
  expect(await stretches.allTextContents()).toEqual([`0 'c1'`, '1 null', `2–5 'c2'`])
  expect(await page.locator('.stretch[aria-current]').textContent()).toBe(`2–5 'c2'`)
  await stretches.first().click()
  expect(await page.locator('#state-heading').textContent()).toBe('Initial state')
  await page.getByRole('button', { name: 'Stop watching locks.holder' }).click()
  expect(await stretches.count()).toBe(0)
})
