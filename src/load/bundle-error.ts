import { readdirSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import type { Location, Message } from 'esbuild'
import { nearest } from '../spec/nearest.js'
import { SpecError } from '../spec/spec-error.js'

/** What the bundler found wrong with the spec file at `path`, as a mistake in a spec. */
export function bundleError(path: string, message: Message): SpecError {
  const location = message.detail instanceof Error ? null : message.location
  const file = location === null ? path : resolve(dirname(path), location.file)
  const { what, hint } = explain(message, file)
  return new SpecError(location === null ? what : `${what}\n${excerpt(location)}`, {
    hint,
    site: location === null ? file : `${file}:${location.line}:${location.column + 1}`,
  })
}

function explain({ text, location, notes, detail }: Message, file: string): { what: string; hint: string } {
  // What a plugin of ours threw: the file could not be read.
  if (detail instanceof Error && 'code' in detail)
    return {
      what: `cannot read ${file}: ${detail.message.split('\n')[0]}`,
      hint: 'see that it is there, and that you may read it',
    }
  const unresolved = text.match(/^Could not resolve "(.+)"/)?.[1]
  if (unresolved !== undefined) return { what: `cannot find the module "${unresolved}"`, hint: hintForModule(unresolved, file) }
  const missing = text.match(/^No matching export in "(.+)" for import "(.+)"/)
  if (missing !== null) {
    const module = (missing[1] ?? '').replace(/^faultline-running-copy:/, '')
    const suggested = location?.suggestion || notes.find((note) => note.location?.suggestion)?.location?.suggestion
    const hint = suggested ? `did you mean "${suggested}"?` : `import what "${module}" exports`
    return { what: `"${module}" has no export "${missing[2]}"`, hint }
  }
  const own = notes[0]?.text
  if (own !== undefined && location !== null && /^a spec cannot /.test(text)) return { what: text, hint: own }
  return { what: location === null ? text : `syntax error: ${text}`, hint: 'correct it and run the check again' }
}

function hintForModule(specifier: string, importer: string): string {
  if (specifier.startsWith('faultline/')) return "a spec imports from 'faultline' alone"
  if (!specifier.startsWith('.')) {
    const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
    return `install it where the spec is (npm install ${name}), or correct the name`
  }
  const wanted = resolve(dirname(importer), specifier)
  return nearest(basename(wanted), filesIn(dirname(wanted)), {
    found: (other) => `did you mean "${specifier.slice(0, specifier.length - basename(wanted).length)}${other}"?`,
    none: () => 'correct the path in the import',
  })
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** The offending line with a caret below the offending column. */
function excerpt({ line, column, length, lineText }: Location): string {
  const gutter = `  ${line} | `
  const start = Buffer.from(lineText).subarray(0, column).toString()
  const rule = `${' '.repeat(gutter.length - 2)}| `
  return `${gutter}${lineText.replaceAll('\t', ' ')}\n${rule}${' '.repeat(start.length)}${'^'.repeat(Math.max(1, length))}`
}
