import { existsSync, readFileSync } from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import { dirname, extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { OnResolveArgs, OnResolveResult, PartialMessage, Plugin, PluginBuild } from 'esbuild'

/** Where this runs as bundled (see build-command.mjs): as a module, which node need not read through for what it exports. */
const bundledImmutable = new URL('./own-immutable.js', import.meta.url)

/** Modules of which there must be one copy, so that a spec's values are instances of the classes that the engine knows; from here they stand where they do as built. */
const single: ReadonlyMap<string, string> = new Map([
  ['faultline', new URL('../index.js', import.meta.url).href],
  [
    'immutable',
    existsSync(bundledImmutable)
      ? bundledImmutable.href
      : pathToFileURL(createRequire(import.meta.url).resolve('immutable')).href,
  ],
])

const runningCopy = 'faultline-running-copy'
/** Marks our own question to esbuild, which comes back through the same hook. */
const asked = Symbol('asked')

const matchersInSpec: PartialMessage = {
  text: 'a spec cannot import "faultline/vitest": those are matchers for tests',
  notes: [{ text: 'import it in the test file, and from here only "faultline"' }],
}

/**
 * Decides where the imports of a spec lead: `faultline` and `immutable` to the copy that runs, packages to where node would find them
 * from the importing file, a project's own files into the bundle.
 */
export const importsOfSpec: Plugin = {
  name: 'faultline-imports',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, (args) => resolveImport(build, args))
    build.onLoad({ filter: /./, namespace: runningCopy }, async ({ path }) => {
      const url = single.get(path) ?? path
      const names = Object.keys(await import(url))
      const from = JSON.stringify(url)
      // As node gives it to those who import the CommonJS module that Immutable is elsewhere.
      const whole = path === 'immutable' && !names.includes('default') ? `import * as all from ${from}; export default all;` : ''
      return { contents: `export { ${names.join(', ')} } from ${from};${whole}`, loader: 'js' }
    })
  },
}

async function resolveImport(build: PluginBuild, args: OnResolveArgs): Promise<OnResolveResult | undefined> {
  const { path, kind, namespace, importer, resolveDir, pluginData } = args
  if (pluginData === asked || kind === 'entry-point' || path.startsWith('#')) return undefined
  if (namespace === runningCopy) return { path, external: true }
  if (single.has(path)) return { path, namespace: runningCopy }
  if (path === 'faultline/vitest') return { errors: [matchersInSpec] }
  if (isBuiltin(path)) return { path: path.startsWith('node:') ? path : `node:${path}`, external: true }
  const found = await build.resolve(path, { kind, namespace, importer, resolveDir, pluginData: asked })
  if (found.errors.length > 0 || found.external || found.namespace !== 'file' || !staysOutside(found.path)) return found
  return { path: kind === 'require-call' ? found.path : pathToFileURL(found.path).href, external: true }
}

/**
 * Whether a file of a package is left to node. TypeScript and JSON need the bundler; so does a package that builds on faultline, whose
 * imports must lead to the running copy as well.
 */
function staysOutside(path: string): boolean {
  if (!/[\\/]node_modules[\\/]/.test(path)) return false
  return ['.js', '.mjs', '.cjs', '.node'].includes(extname(path)) && !buildsOnFaultline(path)
}

function buildsOnFaultline(path: string): boolean {
  for (let folder = dirname(path); dirname(folder) !== folder && !folder.endsWith('node_modules'); folder = dirname(folder)) {
    try {
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
      if (manifest.name !== undefined) return 'faultline' in { ...manifest.dependencies, ...manifest.peerDependencies }
    } catch {
      // No manifest in this folder: the package's root is further up.
    }
  }
  return false
}
