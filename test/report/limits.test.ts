import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { machine, spec } from 'faultline'
import { describe, expect, test } from 'vitest'
import raft from '../../specs/raft.js'
import { htmlPage } from '../../src/report/html/html.js'
import { checkedReport } from './checked-report.js'
import { reportsInChromium } from './report-page.js'

const open = reportsInChromium()

/** A token that goes round a ring of nodes, and is found once it was passed on so many times. */
const ring = (length: number) =>
  spec('ring', {}, () =>
    machine({
      init: { passed: 0, holder: 'n0', seen: { n0: 0, n1: 0, n2: 0, n3: 0 } },
      actions: {
        pass: (s) => {
          const next = `n${(s.passed + 1) % 4}` as keyof typeof s.seen
          return s.passed < length && { passed: s.passed + 1, holder: next, seen: { [next]: s.passed + 1 } }
        },
      },
      invariants: { short: (s) => s.passed < length },
    }),
  )

describe('size', () => {
  test('the page without data is under 60 KB gzipped', () => {
    const page = readFileSync(join(import.meta.dirname, '../../dist/report/viewer.html'))
    expect(gzipSync(page).length).toBeLessThan(60_000)
  })

  test('a report of 30 steps is under 100 KB in all', async () => {
    const report = await checkedReport([ring(30)])
    expect(report.runs[0]?.behaviours[0]?.length).toBe(30)
    expect(htmlPage(report).length).toBeLessThan(100_000)
  })

  test("so is that of the longest counterexample of Raft's mutants", async () => {
    const report = await checkedReport([raft.mutant('commitWithoutMajority')])
    expect(report.runs[0]?.behaviours[0]?.length).toBeGreaterThan(5)
    expect(htmlPage(report).length).toBeLessThan(100_000)
  })
})

describe('2,000 steps', () => {
  test('open at the violation, walk, search and scroll, with a page that stays small', async () => {
    const { page, errors } = await open(await checkedReport([ring(2000)]))
    expect(await page.locator('#state-heading').textContent()).toBe('State after step 2000')
    await page.keyboard.press('k')
    expect(await page.locator('#state-heading').textContent()).toBe('State after step 1999')
    await page.keyboard.press('/')
    await page.keyboard.type('#1000 pass')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'State after step 1000' }).waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Home')
    await page.getByRole('heading', { name: 'Initial state' }).waitFor()
    // Rows that are out of sight are not laid out and drawn, or are not there.
    const drawn = await page.evaluate(
      () =>
        [...document.querySelectorAll('main *')].filter((element) => element.checkVisibility({ contentVisibilityAuto: true }))
          .length,
    )
    expect(drawn).toBeLessThan(3000)
    expect(errors).toEqual([])
  })
})
