import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** Where Debian, Ubuntu, Fedora and macOS put it. */
const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** Starts the Chromium that is installed. The caller closes it. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = [process.env.CHROMIUM_PATH ?? '', ...places].find(existsSync)
  if (executablePath === undefined)
    throw new Error(
      'The tests of the HTML report need Chromium, which is not installed here.\n' +
        'Install it (Debian: apt-get install -y chromium), or set CHROMIUM_PATH to the program.',
    )
  return await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking'] })
}
