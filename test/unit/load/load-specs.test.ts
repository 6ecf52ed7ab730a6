import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Set as ImmutableSet } from 'immutable'
import { expect, test } from 'vitest'
import { counter, project, write } from '../../cli/project.js'
import { loadFrom } from './built.js'

/** A spec that carries a value out of its file as a parameter. */
const carrying = (value: string, imports = '') => `${imports}
import { machine, spec } from 'faultline'
export default spec('carrying', { value: ${value} }, () => machine({ init: { n: 0 }, actions: {} }))
`

const carried = async (cwd: string, file: string) => (await loadFrom(cwd, file)).specs[0]?.spec.parameters

test.each(['counter.ts', 'counter.mts', 'counter.cts', 'counter.tsx'])('%s loads outside of any project', async (file) => {
  const { specs } = await loadFrom(project({ [file]: counter }), file)
  expect(specs.map(({ spec, exports }) => [spec.name, exports])).toEqual([['counter', ['default']]])
})

test.each(['plain.js', 'plain.mjs'])('%s in JavaScript loads', async (file) => {
  expect(await carried(project({ [file]: carrying('7') }), file)).toEqual({ value: 7 })
})

test.each(['plain.cjs', 'plain.cts', 'plain.js'])('%s in CommonJS gets the running copies by require', async (file) => {
  const cwd = project({
    'package.json': '{ "type": "commonjs" }',
    [file]: `const { machine, spec } = require('faultline')
const { Set } = require('immutable')
exports.default = spec('common', {}, () => machine({ init: { seen: Set([__dirname]) }, actions: {} }))`,
  })
  const { specs } = await loadFrom(cwd, file)
  expect(specs[0]?.spec.machine.definition.init).toEqual({ seen: ImmutableSet([cwd]) })
})

test('a spec imports its own modules, JSON, and paths of its tsconfig', async () => {
  const cwd = project({
    'tsconfig.json': '{ "compilerOptions": { "paths": { "@sizes/*": ["./config/*"] } } }',
    'specs/spec.ts': carrying(
      'base + extra + far',
      "import { base } from './base.js'\nimport { extra } from './sizes.json'\nimport { far } from '@sizes/far'",
    ),
    'specs/base.ts': 'export const base: number = 1',
    'specs/sizes.json': '{ "extra": 20 }',
    'config/far.ts': 'export const far: number = 300',
  })
  expect(await carried(cwd, 'specs/spec.ts')).toEqual({ value: 321 })
})

test('a package is found from the file that imports it, as ESM and as CommonJS', async () => {
  const cwd = project({
    'specs/spec.ts': carrying('esm + cjs', "import { esm } from 'some-esm'\nimport { cjs } from 'some-cjs/deep.js'"),
    'node_modules/some-esm/package.json': '{ "type": "module", "exports": { "import": "./in.js", "require": "./no.cjs" } }',
    'node_modules/some-esm/in.js': 'export const esm = "esm " + new URL(import.meta.url).pathname.split("/").at(-1)',
    'node_modules/some-cjs/package.json': '{ "main": "index.js" }',
    'node_modules/some-cjs/deep.js': 'exports.cjs = " cjs " + require("node:path").basename(__filename)',
  })
  expect(await carried(cwd, 'specs/spec.ts')).toEqual({ value: 'esm in.js cjs deep.js' })
})

test('a faultline and an immutable of the project give way to the running copies', async () => {
  const cwd = project({
    'spec.ts': `import { Set } from 'immutable'
import { machine, spec } from 'faultline'
export default spec('one-copy', {}, () => machine({ init: Set([1]), actions: {} }))`,
    'node_modules/faultline/package.json': '{ "name": "faultline", "main": "index.js" }',
    'node_modules/faultline/index.js': 'throw new Error("the other copy")',
    'node_modules/immutable/package.json': '{ "name": "immutable", "main": "index.js" }',
    'node_modules/immutable/index.js': 'throw new Error("the other copy")',
  })
  const { specs } = await loadFrom(cwd, 'spec.ts')
  expect(ImmutableSet.isSet(specs[0]?.spec.machine.definition.init)).toBe(true)
  expect(specs[0]?.spec.machine.definition.init).toBeInstanceOf(ImmutableSet([1]).constructor)
})

test('a package that builds on faultline builds on the running copy too', async () => {
  const cwd = project({
    'spec.ts': "export { default } from 'shared-specs'",
    'node_modules/shared-specs/package.json':
      '{ "name": "shared-specs", "type": "module", "main": "index.js", "peerDependencies": { "faultline": "*" } }',
    'node_modules/shared-specs/index.js': carrying('"shared"'),
    'node_modules/faultline/package.json': '{ "name": "faultline", "main": "index.js" }',
    'node_modules/faultline/index.js': 'throw new Error("the other copy")',
  })
  expect(await carried(cwd, 'spec.ts')).toEqual({ value: 'shared' })
})

test('every module of a spec sees its own place on disk', async () => {
  const cwd = project({
    'spec.ts': carrying('[import.meta.url, import.meta.dirname, place].join()', "import { place } from './below/place.js'"),
    'below/place.ts': 'export const place: string = __filename',
  })
  const expected = [pathToFileURL(join(cwd, 'spec.ts')).href, cwd, join(cwd, 'below/place.ts')].join()
  expect(await carried(cwd, 'spec.ts')).toEqual({ value: expected })
})

test('a spec may make its own require', async () => {
  const cwd = project({
    'data.json': '{ "rms": 5 }',
    'spec.ts': carrying(
      "require('./data.json').rms",
      "import { createRequire } from 'node:module'\nconst require = createRequire(import.meta.url)",
    ),
  })
  expect(await carried(cwd, 'spec.ts')).toEqual({ value: 5 })
})

test('the default export comes first, a spec under two names once, and the members of a record with it', async () => {
  const cwd = project({
    'many.ts': `import { machine, spec } from 'faultline'
const make = (name: string) => spec(name, {}, () => machine({ init: { n: 0 }, actions: {} }), { mutants: { off: {}, on: {} } })
export const another = make('another')
const main = make('main')
export const alias = main
export const { mutants } = main
export const size = 3
export default main
`,
  })
  const { specs } = await loadFrom(cwd, 'many.ts')
  expect(specs.map(({ spec, exports }) => [spec.name, spec.mutantName, exports])).toEqual([
    ['main', null, ['default', 'alias']],
    ['another', null, ['another']],
    ['main', 'off', ['mutants.off']],
    ['main', 'on', ['mutants.on']],
  ])
})

test('nothing is left in the temporary directory', async () => {
  expect((await loadFrom(project({ 'counter.ts': counter }), 'counter.ts')).leftOver).toEqual([])
})

test('the same file loads many times at once', async () => {
  const cwd = project({ 'counter.ts': counter })
  const all = await Promise.all(Array.from({ length: 5 }, () => loadFrom(cwd, 'counter.ts')))
  expect(all.map(({ specs }) => specs[0]?.spec.name)).toEqual(Array(5).fill('counter'))
})

test('a file that has changed loads as it is now', async () => {
  const cwd = project({ 'spec.ts': carrying('1') })
  expect(await carried(cwd, 'spec.ts')).toEqual({ value: 1 })
  write(join(cwd, 'spec.ts'), carrying('2'))
  expect(await carried(cwd, 'spec.ts')).toEqual({ value: 2 })
})
