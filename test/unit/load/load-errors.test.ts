import { join } from 'node:path'
import { expect, test } from 'vitest'
import { counter, project } from '../../cli/project.js'
import { loadFrom, mistakeIn } from './built.js'

const machineOf = 'machine({ init: { n: 0 }, actions: {} })'

test('a file that is not there: the nearest name in its folder is suggested', async () => {
  const cwd = project({ 'specs/raft.ts': counter })
  expect(await mistakeIn(cwd, 'specs/ratf.ts')).toMatchObject({
    message: 'no such file: specs/ratf.ts',
    hint: 'did you mean specs/raft.ts?',
  })
  expect((await mistakeIn(cwd, 'nowhere/raft.ts')).hint).toContain('no folder nowhere')
})

test('a directory is not a spec file', async () => {
  expect((await mistakeIn(project({ 'specs/raft.ts': counter }), 'specs')).message).toBe('specs is a directory, not a spec file')
})

test('a syntax error: its line with a caret below the column, tabs or not', async () => {
  const cwd = project({ 'bad.ts': "import { spec } from 'faultline'\n\tconst n = [1, 2\nexport default 1\n" })
  const { message, site } = await mistakeIn(cwd, 'bad.ts')
  expect(site).toBe(`${join(cwd, 'bad.ts')}:3:1`)
  expect(message).toBe('syntax error: Expected "]" but found "export"\n  3 | export default 1\n    | ^^^^^^')
})

test('a syntax error in a file that the spec imports is told there', async () => {
  const cwd = project({ 'spec.ts': "export * from './below/part.js'", 'below/part.ts': 'export const x: = 1' })
  expect((await mistakeIn(cwd, 'spec.ts')).site).toBe(`${join(cwd, 'below/part.ts')}:1:17`)
})

test('an import that leads nowhere: the nearest file is suggested, or the package to install', async () => {
  const cwd = project({ 'spec.ts': "export * from './pats.js'", 'parts.ts': '', 'other.ts': "import '@scope/absent/x'" })
  expect(await mistakeIn(cwd, 'spec.ts')).toMatchObject({
    message: expect.stringContaining('cannot find the module "./pats.js"'),
    hint: 'did you mean "./parts.ts"?',
    site: `${join(cwd, 'spec.ts')}:1:15`,
  })
  expect((await mistakeIn(cwd, 'other.ts')).hint).toContain('npm install @scope/absent')
})

test('an import of a name that faultline does not export: the nearest is suggested, at the import', async () => {
  const cwd = project({ 'spec.ts': `import { machin, spec } from 'faultline'\nexport default spec('x', {}, () => machin())` })
  expect(await mistakeIn(cwd, 'spec.ts')).toMatchObject({
    message: expect.stringContaining('"faultline" has no export "machin"'),
    hint: 'did you mean "machine"?',
    site: `${join(cwd, 'spec.ts')}:1:10`,
  })
})

test('the matchers are for tests, not for specs', async () => {
  const { message, hint } = await mistakeIn(project({ 'spec.ts': "import 'faultline/vitest'" }), 'spec.ts')
  expect(message).toContain('cannot import "faultline/vitest"')
  expect(hint).toContain('in the test file')
})

test('whatever is thrown at load time is reported, also what is no Error', async () => {
  expect((await mistakeIn(project({ 'spec.ts': "throw 'a string'" }), 'spec.ts')).message).toContain('a string')
})

test.each([
  ['a machine', `import { machine } from 'faultline'\nexport const locks = ${machineOf}`, "'locks' is a machine"],
  ['a function', `export default () => 1`, 'the default export is a function'],
  ['other things', 'export const a = 1, b = [2], c = null', "only 'a' (a number), 'b' (an array), 'c' (null)"],
  ['nothing', 'const unused = 1', 'the file exports nothing'],
])('a file that exports %s and no spec: what it exports and what to write', async (_what, text, says) => {
  const { message, hint } = await mistakeIn(project({ 'spec.ts': text }), 'spec.ts')
  expect(message).toMatch(/^no spec exported/)
  expect(message).toContain(says)
  expect(hint).toContain("export default spec('my-protocol', {}, ")
})

test('a spec of another copy of faultline is told apart', async () => {
  const cwd = project({
    'spec.ts': "import { Spec } from './vendored/faultline.js'\nexport default new Spec()",
    'vendored/faultline.ts': 'export class Spec { mutantName = null }',
  })
  const { message, hint } = await mistakeIn(cwd, 'spec.ts')
  expect(message).toContain("'default' was made by another copy of faultline")
  expect(hint).toContain("import from 'faultline'")
})

test('two specs of one file may not have one name; variants of one spec do', async () => {
  const of = (name: string) => `spec('${name}', { n: 1 }, () => machine({ init: { n: 0 }, actions: {} }), { mutants: { m: {} } })`
  const file = (second: string) =>
    `import { machine, spec } from 'faultline'\nconst first = ${of('twin')}\nexport default first\nexport const second = ${second}\n`
  const cwd = project({
    'twins.ts': file(of('twin')),
    'others.ts': file(of('other')),
    'variants.ts': file('first.with({ n: 2 }).mutant("m")'),
  })
  expect(await mistakeIn(cwd, 'twins.ts')).toMatchObject({
    message: "two specs of the file have the name 'twin': its exports 'default' and 'second'",
    hint: 'give each a name of its own, in the first argument of spec(...)',
    site: expect.stringContaining('twins.'),
  })
  expect((await loadFrom(cwd, 'others.ts')).specs).toHaveLength(2)
  expect((await loadFrom(cwd, 'variants.ts')).specs).toHaveLength(2)
})
