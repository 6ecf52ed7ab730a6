import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const require = createRequire(import.meta.url)
const biome = join(dirname(require.resolve('@biomejs/biome/package.json')), 'bin/biome')

/** From the top. An import goes only downwards. */
const layers = ['cli', 'load', 'report', 'check', 'trace', 'explore', 'model', 'values', 'spec']
const pairs = layers.flatMap((from) => layers.filter((to) => to !== from).map((to) => ({ from, to })))
const downward = pairs.filter(({ from, to }) => layers.indexOf(from) < layers.indexOf(to))
const upward = pairs.filter(({ from, to }) => layers.indexOf(from) > layers.indexOf(to))

const importing = (specifier: string) => `import { leaf } from '${specifier}'\nexport const user = leaf\n`

/** A small tree with one file for each rule that it breaks, or keeps. */
const sources: Record<string, string> = {
  ...Object.fromEntries(layers.map((layer) => [`src/${layer}/leaf.ts`, 'export const leaf = 1\n'])),
  ...Object.fromEntries(pairs.map(({ from, to }) => [`src/${from}/on-${to}.ts`, importing(`../${to}/leaf.js`)])),
  'src/index.ts': "export { leaf } from './check/leaf.js'\n",
  'src/cli/main.ts': "import process from 'node:process'\nconsole.log(process.argv)\n",
  'src/report/deep/downward.ts': importing('../../check/leaf.js'),

  'src/values/upward-type.ts': "import type { leaf } from '../check/leaf.js'\nexport type Upward = typeof leaf\n",
  'src/values/deep/upward.ts': importing('../../check/leaf.js'),
  'src/check/facade.ts': importing('../index.js'),
  'src/trace/by-name.ts': importing('faultline'),
  'src/vitest.ts': importing('./cli/leaf.js'),
  'src/model/one.ts': "import { two } from './two.js'\nexport const one = () => two\n",
  'src/model/two.ts': "import { one } from './one.js'\nexport const two = () => one\n",
  'src/explore/prints.ts': "export const print = () => console.error('found')\n",
  'src/explore/exits.ts': 'export const exit = () => process.exit(1)\n',
  'src/explore/exits-by-import.ts': "import { exit } from 'node:process'\nexport const leave = () => exit(1)\n",
  'src/spec/whatever.ts': 'export default 1\n',
  'src/spec/loose.ts': 'export const loose = (x: any) => x\n',
  'src/spec/NotKebab.ts': 'export const notKebab = 1\n',
  'src/spec/long-file.ts': Array.from({ length: 301 }, (_, line) => `export const line${line} = ${line}\n`).join(''),
  'src/spec/long-function.ts': `export function long() {\n  let n = 0\n${'  n += 1\n'.repeat(70)}  return n\n}\n`,
}

let tree: string
let findings: Map<string, string[]>

beforeAll(async () => {
  tree = await mkdtemp(join(tmpdir(), 'faultline-layers-'))
  await copyFile(join(root, 'biome.json'), join(tree, 'biome.json'))
  for (const [file, text] of Object.entries(sources)) {
    await mkdir(dirname(join(tree, file)), { recursive: true })
    await writeFile(join(tree, file), text)
  }
  findings = await lint(tree)
})

afterAll(() => rm(tree, { recursive: true, force: true }))

/** The names of the lint rules that each file of `folder` breaks, under the project's own configuration. */
async function lint(folder: string): Promise<Map<string, string[]>> {
  const options = ['lint', '--vcs-enabled=false', '--max-diagnostics=none', '--reporter=json', 'src']
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, [biome, ...options], { cwd: folder, maxBuffer: 2 ** 26 }, (_, stdout) => resolve(stdout))
  })
  const broken = new Map<string, string[]>()
  for (const { category, severity, location } of JSON.parse(output).diagnostics) {
    expect({ category, severity }).toMatchObject({ severity: 'error' })
    const file = String(location.path)
    broken.set(file, [...(broken.get(file) ?? []), String(category).replace(/^lint\/\w+\//, '')])
  }
  return broken
}

test.each(downward)('$from may import $to', ({ from, to }) => {
  expect(findings.get(`src/${from}/on-${to}.ts`)).toBeUndefined()
})

test.each(upward)('$from may not import $to', ({ from, to }) => {
  expect(findings.get(`src/${from}/on-${to}.ts`)).toEqual(['noRestrictedImports'])
})

test.each(['src/index.ts', 'src/cli/main.ts', 'src/report/deep/downward.ts'])('lint has nothing against %s', (file) => {
  expect(findings.get(file)).toBeUndefined()
})

test.each([
  ['a type imported upwards', 'src/values/upward-type.ts', 'noRestrictedImports'],
  ['an import upwards from a folder inside a layer', 'src/values/deep/upward.ts', 'noRestrictedImports'],
  ['an import of the public surface from inside', 'src/check/facade.ts', 'noRestrictedImports'],
  ['an import of the package by its own name', 'src/trace/by-name.ts', 'noRestrictedImports'],
  ['an entry that imports the command line', 'src/vitest.ts', 'noRestrictedImports'],
  ['a cycle', 'src/model/one.ts', 'noImportCycles'],
  ['console outside the command line', 'src/explore/prints.ts', 'noConsole'],
  ['the process outside the command line', 'src/explore/exits.ts', 'noProcessGlobal'],
  ['the process imported outside the command line', 'src/explore/exits-by-import.ts', 'noRestrictedImports'],
  ['a default export', 'src/spec/whatever.ts', 'noDefaultExport'],
  ['any', 'src/spec/loose.ts', 'noExplicitAny'],
  ['a file name that is not kebab-case', 'src/spec/NotKebab.ts', 'useFilenamingConvention'],
  ['a file over 300 lines', 'src/spec/long-file.ts', 'noExcessiveLinesPerFile'],
  ['a function over 70 lines', 'src/spec/long-function.ts', 'noExcessiveLinesPerFunction'],
])('lint refuses %s', (_, file, rule) => {
  expect(findings.get(file)).toEqual([rule])
})
