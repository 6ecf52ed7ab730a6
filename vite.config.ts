import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { defineConfig, type Plugin } from 'vite'
import { viteSingleFile } from 'vite-plugin-singlefile'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** The only script or style of a page, and where it stands. */
function only(html: string, tag: 'script' | 'style'): { readonly element: string; readonly text: string } {
  const pattern = new RegExp(`<${tag}(?! type="application/json")[^>]*>([^]*?)</${tag}>`, 'g')
  const [first, ...others] = html.matchAll(pattern)
  if (first === undefined || others.length > 0) throw new Error(`a report has one ${tag}, not ${others.length + (first ? 1 : 0)}`)
  const [element, text = ''] = first
  return { element, text }
}

/**
 * Compresses the page's script and style, for a small script to unpack, and forbids the page everything but these three: it loads nothing, sends nothing, and
 * runs nothing that a state brings along.
 */
function compressedAndClosed(): Plugin {
  return {
    name: 'compressed-and-closed',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      async handler(_, bundle) {
        const loader = await build({ entryPoints: [path('src/report/viewer/load.ts')], bundle: true, minify: true, write: false })
        const load = loader.outputFiles[0]?.text.trim() ?? ''
        for (const output of Object.values(bundle)) {
          if (output.type !== 'asset' || !output.fileName.endsWith('.html')) continue
          const html = String(output.source)
          const [script, style] = [only(html, 'script'), only(html, 'style')]
          const parts = gzipSync(JSON.stringify({ script: script.text, style: style.text }), { level: 9 }).toString('base64')
          const policy = [
            "default-src 'none'",
            `script-src ${hashOf(load)} ${hashOf(script.text)}`,
            `style-src ${hashOf(style.text)}`,
            "base-uri 'none'",
            "form-action 'none'",
          ].join('; ')
          output.source = html
            .replace(script.element, () => '')
            .replace(style.element, () => '')
            .replace('<head>', `<head>\n    <meta http-equiv="Content-Security-Policy" content="${policy}">`)
            .replace(
              '</body>',
              () => `  <script type="application/json" id="page">"${parts}"</script>\n    <script>${load}</script>\n  </body>`,
            )
        }
      },
    },
  }
}

/** The page of the HTML report: one file, which `htmlPage` puts the data into. */
export default defineConfig({
  root: path('src/report/viewer'),
  logLevel: 'warn',
  plugins: [viteSingleFile(), compressedAndClosed()],
  build: {
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    outDir: path('dist/report'),
    emptyOutDir: false,
    modulePreload: false,
    rollupOptions: { input: path('src/report/viewer/viewer.html') },
  },
})
