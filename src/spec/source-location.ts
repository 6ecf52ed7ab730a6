import { readFileSync } from 'node:fs'
import type { Debugger, Runtime, Session } from 'node:inspector'
import { createRequire, SourceMap } from 'node:module'
import { fileURLToPath } from 'node:url'

/** A position in a script as V8 counts: from 0. */
interface Position {
  readonly line: number
  readonly column: number
}

interface Script {
  readonly url: string
  readonly sourceMapUrl: string | undefined
}

/** A function's definition as V8 knows it: in the code that runs, which a source map may lead back to what was written. */
interface Definition extends Position, Script {}

/** Scripts by id, and source maps by the URL that they came from, as far as they were asked for. */
const scripts = new Map<string, Script>()
const sourceMaps = new Map<string, SourceMap | undefined>()

const held = Symbol.for('faultline.located-function')
const holder = globalThis as { [held]?: unknown }

/**
 * Where a function is defined in the source that its author wrote, as `file:line:column`, or `undefined` when the runtime does
 * not tell. Never throws. Takes milliseconds: for errors and results, not for a search.
 */
export function locateFunction(fn: (...args: never[]) => unknown): string | undefined {
  try {
    const definition = definitionOf(fn)
    return definition === undefined ? undefined : sourceOf(definition)
  } catch {
    return undefined
  }
}

function definitionOf(fn: unknown): Definition | undefined {
  // Not imported at the top: a node built without the inspector throws on import.
  const inspector = createRequire(import.meta.url)('node:inspector') as typeof import('node:inspector')
  const session = new inspector.Session()
  session.connect()
  holder[held] = fn
  try {
    return definitionIn(session)
  } finally {
    delete holder[held]
    session.disconnect()
  }
}

function definitionIn(session: Session): Definition | undefined {
  let location: Debugger.Location | undefined
  session.post('Runtime.evaluate', { expression: `globalThis[Symbol.for('${held.description}')]` }, (_error, evaluated) => {
    const objectId = evaluated?.result.objectId
    if (objectId === undefined) return
    session.post('Runtime.getProperties', { objectId, ownProperties: true }, (_failed, found) => {
      location = locationIn(found)
    })
  })
  if (location === undefined) return undefined
  const { scriptId, lineNumber, columnNumber } = location
  const script = scripts.get(scriptId) ?? scriptIn(session, scriptId)
  if (script === undefined || script.url === '') return undefined
  return { ...script, line: lineNumber, column: columnNumber ?? 0 }
}

function scriptIn(session: Session, scriptId: string): Script | undefined {
  session.on('Debugger.scriptParsed', ({ params }) => {
    if (params.scriptId === scriptId) scripts.set(scriptId, { url: params.url, sourceMapUrl: params.sourceMapURL })
  })
  // Enabling the debugger announces every script that is loaded, at once. It is slow, so what it told of a script is kept.
  session.post('Debugger.enable')
  session.post('Debugger.disable')
  return scripts.get(scriptId)
}

function locationIn(found: Runtime.GetPropertiesReturnType | undefined): Debugger.Location | undefined {
  const property = found?.internalProperties?.find(({ name }) => name === '[[FunctionLocation]]')
  return property?.value?.value as Debugger.Location | undefined
}

function sourceOf({ url, sourceMapUrl, line, column }: Definition): string | undefined {
  const script = urlOf(url)
  if (script.protocol !== 'file:') return undefined
  const map = sourceMapUrl ? sourceMapAt(new URL(sourceMapUrl, script)) : undefined
  const entry = map?.findEntry(line, column)
  if (entry === undefined || !('originalSource' in entry)) return `${fileURLToPath(script)}:${line + 1}:${column + 1}`
  const base = sourceMapUrl?.startsWith('data:') ? script : new URL(sourceMapUrl ?? '', script)
  return `${fileURLToPath(urlOf(entry.originalSource, base))}:${entry.originalLine + 1}:${entry.originalColumn + 1}`
}

function sourceMapAt(url: URL): SourceMap | undefined {
  if (!sourceMaps.has(url.href)) sourceMaps.set(url.href, readSourceMap(url))
  return sourceMaps.get(url.href)
}

function readSourceMap(url: URL): SourceMap | undefined {
  const inline = url.href.match(/^data:application\/json[^,]*?(;base64)?,(.*)$/s)
  const content = inline?.[2] ?? ''
  try {
    const text = inline === null ? readFileSync(url, 'utf8') : Buffer.from(content, inline[1] ? 'base64' : 'utf8').toString()
    return new SourceMap(JSON.parse(inline?.[1] === undefined && inline !== null ? decodeURIComponent(text) : text))
  } catch {
    return undefined
  }
}

/** A path or URL as a URL; what would start a query or a fragment is part of a file's name here. */
function urlOf(pathOrUrl: string, base: URL | string = 'file:///'): URL {
  return new URL(pathOrUrl.replaceAll('#', '%23').replaceAll('?', '%3F'), base)
}
