import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

const src = join(import.meta.dirname, '../../src')
const viewer = join(src, 'report/viewer')

interface Import {
  readonly file: string
  readonly from: string
  readonly isType: boolean
}

const imports: readonly Import[] = readdirSync(viewer, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .flatMap((file) => {
    const path = join(viewer, file)
    const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest)
    return source.statements.filter(ts.isImportDeclaration).map(({ moduleSpecifier, importClause }) => ({
      file,
      from: nameFrom(path, (moduleSpecifier as ts.StringLiteral).text),
      isType: importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword,
    }))
  })

/** A path below src, or the name of a package. */
function nameFrom(path: string, specifier: string): string {
  return specifier.startsWith('.') ? relative(src, resolve(path, '..', specifier)) : specifier
}

const outside = imports.filter(({ from }) => !from.startsWith('report/viewer/'))

test('the page of the report knows only what a report is made of, and that by its types', () => {
  const known = /^(report\/html\/report-data|check\/result|trace\/[\w-]+|values\/json)\.js$/
  const others = outside.filter(({ from, isType }) => !from.startsWith('preact') && !(isType && known.test(from)))
  expect(others).toEqual([])
  expect(outside.length).toBeGreaterThan(10)
})
