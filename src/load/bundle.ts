import { createHash } from 'node:crypto'
import { basename, dirname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { BuildOptions, BuildResult } from 'esbuild'
import { bundleError } from './bundle-error.js'
import { ownLocation } from './own-location.js'
import { importsOfSpec } from './running-copy.js'

/** A spec file and what it imports of its own project, as one module. */
export interface Bundle {
  /** JavaScript with an inline source map. */
  readonly code: string
  /** The name that the module should have on disk: the same for the same code, another for other code. */
  readonly fileName: string
}

/** How a spec file is bundled. The bundle goes to `directory`, which source maps need to know. */
export function bundleOptions(path: string, directory: string) {
  return {
    absWorkingDir: dirname(path),
    entryPoints: [path],
    outfile: resolve(directory, 'bundle.mjs'),
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // Not esbuild's default of preferring `module`: node does not look at it either.
    mainFields: ['main'],
    conditions: [],
    sourcemap: 'inline',
    sourcesContent: false,
    logLevel: 'silent',
    // CommonJS files in the bundle need a `require`; esbuild renames a variable of that name in the files themselves.
    banner: {
      js: `import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(${JSON.stringify(
        pathToFileURL(path).href,
      )});`,
    },
    plugins: [importsOfSpec, ownLocation],
  } as const satisfies BuildOptions
}

/**
 * What came out of bundling the spec file at `path`.
 *
 * @throws SpecError with file, line and column when a file has a syntax error or an import leads nowhere.
 */
export function bundleOf(path: string, { errors, outputFiles }: Pick<BuildResult, 'errors' | 'outputFiles'>): Bundle {
  const [error] = errors
  if (error !== undefined) throw bundleError(path, error)
  const code = outputFiles?.[0]?.text ?? ''
  const hash = createHash('sha256').update(code).digest('hex').slice(0, 16)
  return { code, fileName: `${basename(path).replace(/\.[^.]*$/, '')}.${hash}.mjs` }
}
