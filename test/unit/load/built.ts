import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { LoadedFile } from '../../../src/load/load-specs.js'

type Load = typeof import('../../../src/load/load-specs.js')
type Files = typeof import('../../../src/load/spec-files.js')

const built = (file: string) => import(new URL(`../../../dist/load/${file}`, import.meta.url).href)
const load = (await built('load-specs.js')) as Load

/** The built module that finds spec files. */
export const { findSpecFiles } = (await built('spec-files.js')) as Files

/** Loads a spec file as the command does; also says what it leaves in its temporary directory. */
export async function loadFrom(cwd: string, file: string): Promise<LoadedFile & { readonly leftOver: readonly string[] }> {
  const directory = mkdtempSync(join(tmpdir(), 'bundles-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  const loaded = await load.loadSpecs(file, { cwd, directory })
  return { ...loaded, leftOver: readdirSync(directory) }
}

/** The mistake that loading finds. */
export async function mistakeIn(cwd: string, file: string): Promise<{ message: string; hint: string; site: string | undefined }> {
  try {
    await loadFrom(cwd, file)
  } catch (error) {
    if (error instanceof Error && error.name === 'SpecError') {
      const { message, hint, site } = error as Error & { hint: string; site: string | undefined }
      return { message, hint, site }
    }
    throw error
  }
  throw new Error(`${file} loads without a mistake`)
}
