import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const text = (file: string) => readFileSync(join(root, file), 'utf8')
const filesIn = (folder: string, extension: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(extension))
    .map((file) => `${folder}/${file}`)
    .sort()

const written = [...filesIn('src', '.ts'), ...filesIn('src', '.tsx'), ...filesIn('specs', '.ts')]

/** What no lint rule of ours finds: the shortcuts that switch the compiler off, and work left for later. */
const shortcuts: readonly [name: string, pattern: RegExp][] = [
  ['a cast through unknown', /\bas unknown as\b/],
  ['a switched-off check', /@ts-(ignore|nocheck|expect-error)\b/],
  ['work left for later', /\b(TODO|FIXME|XXX)\b/],
]

test.each(shortcuts)('src and specs are free of %s', (_, pattern) => {
  const found = written.flatMap((file) =>
    text(file)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  )
  expect(found).toEqual([])
})

describe('every public export says what it is for', () => {
  const entries = ['src/index.ts', 'src/vitest.ts'].map((file) => join(root, file)).filter(ts.sys.fileExists)
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    noLib: true,
    types: [],
  }
  const program = ts.createProgram(entries, options)
  const checker = program.getTypeChecker()
  const exported = entries.flatMap((entry) => {
    const source = program.getSourceFile(entry)
    const symbol = source && checker.getSymbolAtLocation(source)
    return symbol === undefined ? [] : checker.getExportsOfModule(symbol)
  })

  test('there are some', () => expect(exported.length).toBeGreaterThan(5))

  test.each(exported.map((symbol) => [symbol.name, symbol] as const))('%s has a summary', (_, symbol) => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
    expect(ts.displayPartsToString(target.getDocumentationComment(checker)).trim()).not.toBe('')
  })
})

test.each(filesIn('specs', '.ts'))('%s opens with a header that tells a reader what it models', (file) => {
  const source = text(file)
  const header = (ts.getLeadingCommentRanges(source, 0) ?? []).map(({ pos, end }) => source.slice(pos, end)).join('\n')
  expect(header.split(/\s+/).length).toBeGreaterThan(20)
})

test('the lockfile names no registry host, so that any mirror will do', () => {
  expect(text('package-lock.json')).not.toMatch(/https?:\/\/[^"]*\.tgz/)
})

const documents = ['README.md', 'ARCHITECTURE.md', ...filesIn('docs', '.md')]

test.each(documents)('every file that %s links to exists', (file) => {
  const links = [...text(file).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, target]) => target as string)
  const missing = links.filter((target) => !ts.sys.fileExists(join(root, dirname(file), target)))
  expect(missing.filter((target) => !ts.sys.directoryExists(join(root, dirname(file), target)))).toEqual([])
})
