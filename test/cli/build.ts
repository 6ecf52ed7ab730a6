import { execFileSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Builds the package once before the tests that run it, unless it is newer than its sources. */
export function setup(): void {
  const builtAt = statSync(join(root, 'dist/.tsbuildinfo'), { throwIfNoEntry: false })?.mtimeMs ?? 0
  const names = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  const changedAt = names.map((name) => statSync(join(root, 'src', name)).mtimeMs)
  if (Math.max(...changedAt) < builtAt) return
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
}
