import { readFile } from 'node:fs/promises'
import { dirname, extname } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Loader, Plugin } from 'esbuild'

const mentionsLocation = /\bimport\.meta\b|\b__dirname\b|\b__filename\b/

/**
 * Lets each module of a bundle see its own place on disk: `import.meta.url`, `import.meta.dirname`, `__dirname` and the like name the
 * source file, not the bundle.
 */
export const ownLocation: Plugin = {
  name: 'faultline-own-location',
  setup(build) {
    build.onLoad({ filter: /\.[cm]?[jt]sx?$/, namespace: 'file' }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      if (!mentionsLocation.test(text)) return undefined
      const filename = JSON.stringify(path)
      const folder = JSON.stringify(dirname(path))
      const define = {
        'import.meta.url': JSON.stringify(pathToFileURL(path).href),
        'import.meta.filename': filename,
        'import.meta.dirname': folder,
        __filename: filename,
        __dirname: folder,
      }
      try {
        const { code } = await build.esbuild.transform(text, {
          loader: loaderOf(path),
          define,
          sourcefile: path,
          sourcemap: 'inline',
          target: 'node20',
        })
        return { contents: code, loader: 'js' }
      } catch {
        // Not valid: the bundler reads the file itself and says where.
        return undefined
      }
    })
  },
}

function loaderOf(path: string): Loader {
  const extension = extname(path).replace(/^\.[cm]?/, '')
  return extension === 'ts' || extension === 'tsx' || extension === 'jsx' ? extension : 'js'
}
