import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import ts from 'typescript'
import { afterAll, describe, expect, test } from 'vitest'
import { check } from '../../src/check/check.js'
import { Spec } from '../../src/spec/spec.js'
import { blocksIn, root } from './blocks.js'

const blocks = blocksIn('ts').map((block, index) => {
  // A block says in its first line where its file would be; one that does not is a file of the project's root.
  const file = block.text.match(/^\/\/ (\S+\.ts)$/m)?.[1] ?? 'example.ts'
  return { ...block, path: join(root, dirname(file), `documented-${index}.ts`) }
})

/** Compiles all blocks as if they stood in their files, and gives the errors by file. */
function compile(): Map<string, string[]> {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const texts = new Map(blocks.map(({ path, text }) => [path, text]))
  const host = ts.createCompilerHost(options)
  const { fileExists, readFile, getSourceFile } = host
  host.fileExists = (path) => texts.has(path) || fileExists(path)
  host.readFile = (path) => texts.get(path) ?? readFile(path)
  host.getSourceFile = (path, target, ...rest) => {
    const text = texts.get(path)
    return text === undefined ? getSourceFile(path, target, ...rest) : ts.createSourceFile(path, text, target)
  }
  const program = ts.createProgram([...texts.keys()], options, host)
  return new Map(
    blocks.map(({ path }) => {
      const source = program.getSourceFile(path)
      const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
      return [path, found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))]
    }),
  )
}

describe('the code in the documents compiles', () => {
  const errors = compile()
  test.each(blocks)('$place', ({ path }) => {
    expect(errors.get(path)).toEqual([])
  })
})

describe('the specs in the documents hold, and their mutants are caught as they say', () => {
  const folder = join(root, '.faultline/documented')
  const specs = blocks.filter(({ text }) => text.includes('export default spec('))

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('there are some', () => expect(specs.length).toBeGreaterThan(2))

  test.each(specs)('$place', async ({ path, text }) => {
    mkdirSync(folder, { recursive: true })
    const file = join(folder, path.replaceAll(/\W/g, '-').concat('.ts'))
    writeFileSync(file, text)
    const exported: unknown = (await import(pathToFileURL(file).href)).default
    if (!(exported instanceof Spec)) throw new Error('the default export is not a spec')
    expect((await check(exported)).verdict).toBe('holds')
    for (const mutant of Object.values(exported.mutants)) {
      const { counterexamples } = await check(mutant, { continue: true })
      const lengths = counterexamples.map(({ property, length }) => [property, length])
      expect(lengths).toContainEqual([mutant.expected?.violates, mutant.expected?.steps])
    }
  })
})
