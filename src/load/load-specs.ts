import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { BuildFailure } from 'esbuild'
import { SpecError } from '../spec/spec-error.js'
import { type Bundle, bundleOf, bundleOptions } from './bundle.js'
import { esbuild } from './esbuild.js'
import { type ExportedSpec, exportedSpecs } from './exported-specs.js'
import { importBundle } from './import-bundle.js'
import { noSuchFile } from './spec-files.js'

/** A spec file after loading. */
export interface LoadedFile {
  /** As it was given. */
  readonly file: string
  /** Its specs, the default export first, then by name; at least one, unless the file {@link LoadOptions.mayBeEmpty}. */
  readonly specs: readonly ExportedSpec[]
}

/** Where a spec file is loaded from and through. */
export interface LoadOptions {
  /** What a relative path starts from. */
  readonly cwd: string
  /** A directory for bundles, made when needed; each is removed after its import. */
  readonly directory: string
  /** Whether a file that exports no spec is no mistake. Default: false. */
  readonly mayBeEmpty?: boolean
}

/**
 * Loads a spec file: TypeScript or JavaScript, ESM or CommonJS, anywhere on disk. What it imports of its own project is bundled with
 * it; `faultline` and `immutable` are the running copy; other packages are found from the importing file as node would.
 *
 * @throws SpecError when there is no such file, it has a syntax error, an import leads nowhere, it throws, or it exports no spec.
 */
export async function loadSpecs(file: string, options: LoadOptions): Promise<LoadedFile> {
  const path = specPath(file, options.cwd)
  const built = await esbuild()
    .build(bundleOptions(path, options.directory))
    .catch((failure: BuildFailure) => ({
      errors: failure.errors,
      outputFiles: [],
    }))
  return loadBundle(file, path, options, bundleOf(path, built))
}

/**
 * The absolute path of a spec file.
 *
 * @throws SpecError when there is no such file.
 */
export function specPath(file: string, cwd: string): string {
  const path = resolve(cwd, file)
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) throw noSuchFile(file, path)
  if (stat.isDirectory()) throw new SpecError(`${file} is a directory, not a spec file`, { hint: 'name a file in it' })
  return path
}

/** Runs a bundle and finds the specs in its exports. */
export async function loadBundle(file: string, path: string, options: LoadOptions, bundle: Bundle): Promise<LoadedFile> {
  const specs = exportedSpecs(await importBundle(bundle, options.directory), path, options)
  return { file, specs }
}
