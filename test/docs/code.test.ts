import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { check } from '../../src/check/check.js'
import { Spec } from '../../src/spec/spec.js'
import { blocksIn, root } from './blocks.js'
import { compileErrors } from './compile.js'

// The tutorial changes its spec, and breaks it, on the way: it has a test of its own.
const blocks = blocksIn('ts')
  .filter(({ document }) => document !== 'docs/tutorial.md')
  .map((block, index) => {
    // A block says in its first line where its file would be; one that does not is a file of the project's root.
    const file = block.text.match(/^\/\/ (\S+\.ts)$/m)?.[1] ?? 'example.ts'
    return { ...block, path: join(root, dirname(file), `documented-${index}.ts`) }
  })

describe('the code in the documents compiles', () => {
  const errors = compileErrors(new Map(blocks.map(({ path, text }) => [path, text])))
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
