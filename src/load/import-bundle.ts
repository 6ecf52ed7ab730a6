import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { placeOfFrame } from '../spec/call-site.js'
import { ownPackage } from '../spec/own-package.js'
import { SpecError } from '../spec/spec-error.js'
import type { Bundle } from './bundle.js'

/** Our own code, built and (through source maps) as written. */
const ownFolders = ['dist/', 'src/'].map((folder) => fileURLToPath(new URL(folder, ownPackage)))

/** The exports of a module by name. */
export type Exports = Readonly<Record<string, unknown>>

/**
 * Runs the module. Its file in `directory` is gone afterwards.
 *
 * @throws SpecError when the module throws, with the line that did.
 */
export async function importBundle({ code, fileName }: Bundle, directory: string): Promise<Exports> {
  const file = join(directory, fileName)
  await mkdir(directory, { recursive: true })
  await writeFile(file, code)
  try {
    return (await import(pathToFileURL(file).href)) as Exports
  } catch (error) {
    throw thrownWhileLoading(error)
  } finally {
    await rm(file, { force: true })
  }
}

function thrownWhileLoading(error: unknown): SpecError {
  const site = siteOf(error)
  if (error instanceof SpecError) {
    if (error.site !== undefined) return error
    const { message, hint, path, state, cause } = error
    return new SpecError(message, { hint, site, path, state, cause })
  }
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return new SpecError(`the spec file throws while it is loaded: ${what}`, {
    hint: 'a spec file must load without an error before anything in it can be checked',
    site,
    cause: error,
  })
}

/** The innermost place in the user's own source. */
function siteOf(error: unknown): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  return stack.split('\n').map(placeOfFrame).find(isOfUser)
}

function isOfUser(place: string | undefined): boolean {
  if (place === undefined || /[\\/]node_modules[\\/]/.test(place)) return false
  return !ownFolders.some((folder) => place.startsWith(folder))
}
