import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { end } from './ending.js'

const temporaryPrefix = 'faultline-bundles-'
const staleAfterMs = 24 * 60 * 60 * 1000

/** A directory of this process, removed when it ends: by itself, by Ctrl-C or when it is told to. */
export function temporaryDirectory(): string {
  removeStale()
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix))
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }))
  process.once('SIGTERM', () => end(143))
  process.once('SIGHUP', () => end(129))
  return directory
}

/** A process that is killed leaves its directory behind. One that only lives long makes its own again when it needs it. */
function removeStale(): void {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(temporaryPrefix)))
    try {
      const directory = join(tmpdir(), name)
      if (Date.now() - statSync(directory).mtimeMs > staleAfterMs) rmSync(directory, { recursive: true, force: true })
    } catch {
      // Another user's, or gone by now.
    }
}
