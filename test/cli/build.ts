import { execFileSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Builds the package once before the tests that run it: those of its parts that are older than their sources. */
export function setup(): void {
  const viewer = join('report', 'viewer')
  const isViewer = (name: string) => name.startsWith(viewer)
  if (changedAt((name) => !isViewer(name)) >= builtAt('dist/.tsbuildinfo'))
    build('typescript/bin/tsc', '-p', 'tsconfig.build.json')
  if (changedAt((name) => !isViewer(name)) >= builtAt('dist/command/cli/main.js')) run('build-command.mjs')
  if (changedAt(isViewer) >= builtAt('dist/report/viewer.html')) build('vite/bin/vite.js', 'build')
}

function builtAt(file: string): number {
  return statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0
}

function changedAt(isPart: (name: string) => boolean): number {
  const names = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  return Math.max(...names.filter(isPart).map((name) => statSync(join(root, 'src', name)).mtimeMs))
}

function build(tool: string, ...args: string[]): void {
  run(join('node_modules', tool), ...args)
}

function run(script: string, ...args: string[]): void {
  execFileSync(process.execPath, [join(root, script), ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
}
