import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { nearest } from '../spec/nearest.js'
import { SpecError } from '../spec/spec-error.js'

const sourceFile = /\.(?:[cm]?ts|tsx|[cm]?js|jsx)$/
const neverSpec = /\.d\.[cm]?ts$|\.(?:test|spec|bench|config)\.[^.]+$/

/** A file to load specs from. */
export interface SpecFile {
  /** As given, or relative to the same place. */
  readonly file: string
  /** Found in a directory that was given, not named: no mistake if it exports no spec. */
  readonly found: boolean
}

/**
 * The files that arguments of a command name: a file is itself, a glob every file that matches, a directory every source file in it that
 * imports `faultline` (tests left out). Sorted within each argument, without duplicates.
 *
 * @throws SpecError when an argument names nothing.
 */
export async function findSpecFiles(patterns: readonly string[], cwd: string): Promise<readonly SpecFile[]> {
  const files = new Map<string, SpecFile>()
  for (const pattern of patterns)
    for (const file of await matches(pattern, cwd)) {
      const path = resolve(cwd, file.file)
      if (!files.has(path) || !file.found) files.set(path, file)
    }
  return [...files.values()]
}

/** The error for a file that is not there; suggests the nearest name in its folder. */
export function noSuchFile(file: string, path: string): SpecError {
  const folder = dirname(path)
  if (!existsSync(folder))
    return new SpecError(`no such file: ${file}`, { hint: `there is no folder ${dirname(file)} either; check the path` })
  const names = readdirSync(folder).filter((name) => sourceFile.test(name))
  return new SpecError(`no such file: ${file}`, {
    hint: nearest(basename(path), names, {
      found: (other) => `did you mean ${join(dirname(file), other)}?`,
      none: () =>
        names.length === 0 ? 'there is no TypeScript or JavaScript file in that folder' : `that folder has ${some(names)}`,
    }),
  })
}

function some(names: readonly string[]): string {
  return names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ')
}

async function matches(pattern: string, cwd: string): Promise<readonly SpecFile[]> {
  const path = resolve(cwd, pattern)
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat?.isDirectory()) return inDirectory(pattern, path)
  // A file's name may look like a glob, as in `[id].ts`.
  if (stat !== undefined || !/[*?[\]{}!()]/.test(pattern)) return [{ file: pattern, found: false }]
  const { glob } = await import('tinyglobby')
  const files = await glob([pattern.replaceAll('\\', '/')], {
    cwd,
    onlyFiles: true,
    expandDirectories: false,
    ignore: ['**/node_modules/**'],
  })
  if (files.length === 0)
    throw new SpecError(`no file matches ${pattern}`, { hint: 'check the pattern and the folder that it starts from' })
  return files.sort().map((file) => ({ file, found: false }))
}

async function inDirectory(directory: string, path: string): Promise<readonly SpecFile[]> {
  const { glob } = await import('tinyglobby')
  const names = await glob(['**/*'], { cwd: path, onlyFiles: true, ignore: ['**/node_modules/**', '**/dist/**'] })
  const specs = names.filter((name) => sourceFile.test(name) && !neverSpec.test(name) && importsFaultline(join(path, name)))
  if (specs.length === 0)
    throw new SpecError(`no spec file in the directory ${directory}`, {
      hint: "a spec file imports from 'faultline' and exports a spec; `faultline init` writes a first one",
    })
  return specs.sort().map((name) => ({ file: join(directory, name), found: true }))
}

/** Files that do not are not even run: a directory may hold anything. */
function importsFaultline(path: string): boolean {
  return /['"]faultline['"]/.test(readFileSync(path, 'utf8'))
}
