import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder with these files, far from any package or tsconfig, until the test ends. */
export function project(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'project-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) write(join(folder, name), text)
  return folder
}

/** Writes a file and the folders that it needs. */
export function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** A spec that holds: a counter up to a limit, which a mutant overshoots. */
export const counter = `import { integer, machine, spec } from 'faultline'

export default spec(
  'counter',
  { max: integer(3, { min: 1, max: 9 }) },
  ({ max }, mutant) =>
    machine({
      init: { n: 0 },
      actions: {
        increment: (s) => s.n < max + (mutant === 'offByOne' ? 1 : 0) && { n: s.n + 1 },
        reset: (s) => s.n >= max && { n: 0 },
      },
      invariants: { bounded: (s) => s.n <= max },
    }),
  { mutants: { offByOne: { violates: 'bounded' } } },
)
`
