// Takes the pictures of the README from real reports: npm run screenshots
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

const root = fileURLToPath(new URL('../../', import.meta.url))

const pictures = [
  {
    name: 'report-light.png',
    colorScheme: 'light',
    check: ['specs/two-phase-commit-faults.ts', '--mutant', 'lostDecision'],
    fragment: '#run=1&behaviour=1&step=9',
  },
  {
    name: 'report-dark.png',
    colorScheme: 'dark',
    check: ['specs/raft.ts', '--mutant', 'all'],
    fragment: '#run=1&behaviour=1&step=9',
  },
]

const folder = mkdtempSync(join(tmpdir(), 'faultline-pictures-'))
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking'],
})
try {
  for (const { name, colorScheme, check, fragment } of pictures) {
    const report = join(folder, `${name}.html`)
    try {
      execFileSync(process.execPath, ['bin/faultline.js', 'check', ...check, '--report', report], { cwd: root, stdio: 'pipe' })
    } catch (error) {
      // A spec that is violated: that is what there is to see.
      if (error.status !== 1) throw error
    }
    const page = await browser.newPage({ colorScheme, viewport: { width: 1280, height: 860 } })
    await page.goto(pathToFileURL(report).href + fragment)
    await page.locator('#state-heading').waitFor()
    await page.screenshot({ path: join(root, 'docs/images', name) })
    await page.close()
  }
} finally {
  await browser.close()
  rmSync(folder, { recursive: true })
}
