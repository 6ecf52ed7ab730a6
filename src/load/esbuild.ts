import { createRequire } from 'node:module'

/** esbuild, loaded when it is first asked for. It is CommonJS: an `import` of it would have node read through all of it for the names that it exports. */
export function esbuild(): typeof import('esbuild') {
  return createRequire(import.meta.url)('esbuild')
}
