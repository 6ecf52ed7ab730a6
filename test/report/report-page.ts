import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { htmlPage } from '../../src/report/html/html.js'
import type { ReportData } from '../../src/report/html/report-data.js'
import { launchChromium } from './chromium.js'

/** A report open in a browser. */
export interface OpenReport {
  readonly page: Page
  /** Every request but that for the file itself. */
  readonly requests: readonly string[]
  /** What went wrong in the page: uncaught errors, and errors on the console. */
  readonly errors: readonly string[]
}

/** How a report is opened. */
export interface OpenOptions extends BrowserContextOptions {
  /** With its `#`. */
  readonly fragment?: string
}

/** A browser may take long to start where many tests run, in milliseconds. */
const START_MS = 120_000

/** One Chromium for the tests of a file. Answers a way to open a report in a page of its own, from a file, as a double-click does. */
export function reportsInChromium(): (
  report: ReportData | { readonly file: string },
  options?: OpenOptions,
) => Promise<OpenReport> {
  let browser: Browser
  let folder: string
  let count = 0
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'faultline-report-'))
    browser = await launchChromium()
  }, START_MS)
  afterAll(async () => {
    await browser?.close()
    await rm(folder, { recursive: true, force: true })
  })
  return async (report, { fragment = '', ...options } = {}) => {
    const file = 'file' in report ? report.file : join(folder, `${++count}.html`)
    if (!('file' in report)) writeFileSync(file, htmlPage(report))
    const context = await browser.newContext(options)
    onTestFinished(() => context.close())
    const page = await context.newPage()
    const [requests, errors]: [string[], string[]] = [[], []]
    const url = pathToFileURL(file).href
    page.on('request', (request) => {
      if (request.url().replace(/#.*/, '') !== url) requests.push(request.url())
    })
    page.on('pageerror', ({ message }) => errors.push(message))
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text())
    })
    await page.goto(url + fragment)
    await page.locator('main').waitFor()
    return { page, requests, errors }
  }
}
