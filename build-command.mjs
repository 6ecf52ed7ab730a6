// Bundles the command: a check of a small spec spends most of its time on finding and reading modules, so it should be a few files and not two hundred.
// What loads only when it is used stays apart. The library is not bundled: who imports it bundles it with their own.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

/**
 * Has a module whose default export is a function evaluated when that is first called. What lays out help takes longer to get ready than it takes to read a spec, and most
 * commands print no help.
 */
function late(name) {
  return {
    name: 'late',
    setup({ onResolve, onLoad, resolve }) {
      onResolve({ filter: new RegExp(`^${name}$`) }, async ({ importer, kind, resolveDir, pluginData }) => {
        if (pluginData === late) return undefined
        const { path, errors } = await resolve(name, { importer, kind, resolveDir, pluginData: late })
        return { path, errors, namespace: 'late' }
      })
      onLoad({ filter: /^/, namespace: 'late' }, ({ path }) => ({
        contents: `export default (...args) => require(${JSON.stringify(path)}).default(...args)`,
        resolveDir: root,
      }))
    },
  }
}

const root = import.meta.dirname
const outdir = join(root, 'dist/command')

rmSync(outdir, { recursive: true, force: true })
await build({
  absWorkingDir: root,
  // Specs import the second and the third, which must be the copies that run: see src/load/running-copy.ts.
  entryPoints: [
    { in: 'src/cli/main.ts', out: 'cli/main' },
    { in: 'src/index.ts', out: 'index' },
    { in: 'immutable', out: 'load/own-immutable' },
  ],
  outdir,
  // Where src/load stands, so that both find the same from where they are.
  chunkNames: 'load/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  external: ['esbuild', 'vitest'],
  plugins: [late('string-width')],
  legalComments: 'linked',
  minifySyntax: true,
  // Dependencies that are CommonJS ask for built-in modules.
  banner: {
    js: "import { createRequire as requireOfCommand } from 'node:module'; const require = requireOfCommand(import.meta.url);",
  },
  logLevel: 'warning',
})
