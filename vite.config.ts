import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'
import { viteSingleFile } from 'vite-plugin-singlefile'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** Forbids a report everything but its own script and style, by their hashes: it loads nothing, sends nothing, and runs nothing that a state brings along. */
function contentSecurityPolicy(): Plugin {
  const hashes = (html: string, tag: 'script' | 'style') =>
    [...html.matchAll(new RegExp(`<${tag}(?! type="application/json")[^>]*>([^]*?)</${tag}>`, 'g'))].map(
      ([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
    )
  return {
    name: 'content-security-policy',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const output of Object.values(bundle)) {
          if (output.type !== 'asset' || !output.fileName.endsWith('.html')) continue
          const html = String(output.source)
          const [scripts, styles] = [hashes(html, 'script'), hashes(html, 'style')]
          if (scripts.length !== 1 || styles.length !== 1)
            this.error(`a report has one script and one style, not ${scripts.length} and ${styles.length}`)
          const policy = `default-src 'none'; script-src ${scripts}; style-src ${styles}; base-uri 'none'; form-action 'none'`
          output.source = html.replace('<head>', `<head><meta http-equiv="Content-Security-Policy" content="${policy}">`)
        }
      },
    },
  }
}

/** The page of the HTML report: one file, which `htmlPage` puts the data into. */
export default defineConfig({
  root: path('src/report/viewer'),
  logLevel: 'warn',
  plugins: [viteSingleFile(), contentSecurityPolicy()],
  build: {
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    outDir: path('dist/report'),
    emptyOutDir: false,
    modulePreload: false,
    rollupOptions: { input: path('src/report/viewer/viewer.html') },
  },
})
