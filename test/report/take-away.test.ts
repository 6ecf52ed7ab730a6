import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import lock from '../../specs/lock-lease-fencing.js'
import { check } from '../../src/check/check.js'
import { parseTrace } from '../../src/load/trace-file.js'
import { reportData } from '../../src/report/html/assemble.js'
import { reportsInChromium } from './report-page.js'

const open = reportsInChromium()

const opened = async () => {
  const spec = lock.mutant('noFence')
  const result = await check(spec, { file: 'specs/lock-lease-fencing.ts' })
  const report = reportData([{ spec, result }])
  const { page } = await open(report, { permissions: ['clipboard-read', 'clipboard-write'] })
  return { page, result, behaviour: report.runs[0]?.behaviours[0] }
}

async function copied(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name, exact: true }).click()
  await page.getByText(`Copied: ${name}`).waitFor()
  return page.evaluate(() => navigator.clipboard.readText())
}

test('a behaviour is copied as a test, as a command and as a sequence diagram', async () => {
  const { page, behaviour } = await opened()
  expect(await copied(page, 'vitest test')).toBe(behaviour?.test)
  expect(await copied(page, 'replay command')).toBe(behaviour?.command)
  expect(await copied(page, 'Mermaid')).toBe(behaviour?.mermaid)
})

test('a link names the step that is looked at', async () => {
  const { page } = await opened()
  await page.keyboard.press('k')
  expect(await copied(page, 'link to this step')).toMatch(/^file:.*\.html#run=1&behaviour=1&step=4$/)
})

test('JSON, copied or saved, is the result with this behaviour alone, which a replay reads', async () => {
  const { page, result } = await opened()
  const text = await copied(page, 'JSON')
  expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify({ ...result, witnesses: [] })))
  const { property, origin } = parseTrace(text, 'the clipboard')
  expect([property, origin?.mutant]).toEqual(['noStaleWrite', 'noFence'])

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save trace.json' }).click()
  const saved = await download
  expect(saved.suggestedFilename()).toBe('trace.json')
  expect(readFileSync(await saved.path(), 'utf8')).toBe(text)
})

test('a behaviour is copied also where the browser keeps its clipboard from pages', async () => {
  const { page, behaviour } = await opened()
  await page.evaluate(() => {
    const refuse = () => Promise.reject(new Error('not allowed'))
    Object.defineProperty(navigator.clipboard, 'writeText', { value: refuse })
  })
  expect(await copied(page, 'vitest test')).toBe(behaviour?.test)
})
