import { expect, test } from 'vitest'
import { counter, project } from '../../cli/project.js'
import { findSpecFiles } from './built.js'

const files = { 'a.ts': counter, 'b.ts': counter, 'deep/c.ts': counter, '[id].ts': counter, 'note.txt': '' }

const found = async (patterns: readonly string[], cwd = project(files)) =>
  (await findSpecFiles(patterns, cwd)).map(({ file }) => file)

test('a glob is every file that matches, sorted, and a file counts once', async () => {
  expect(await found(['b.ts', '*.ts'])).toEqual(['b.ts', '[id].ts', 'a.ts'])
  expect(await found(['**/{a,c}.ts'])).toEqual(['a.ts', 'deep/c.ts'])
})

test('a file whose name looks like a glob is itself', async () => {
  expect(await found(['[id].ts'])).toEqual(['[id].ts'])
})

test('a file that is not there is left to the loader, which can say more', async () => {
  expect(await found(['absent.ts'])).toEqual(['absent.ts'])
})

test('a directory is every source file in it that imports faultline, without tests and packages', async () => {
  const cwd = project({
    'specs/x.ts': counter,
    'specs/deep/y.mts': counter,
    'specs/x.test.ts': counter,
    'specs/x.d.ts': counter,
    'specs/part.ts': 'export const part = 1',
    'specs/node_modules/p/z.ts': counter,
  })
  expect(await found(['specs'], cwd)).toEqual(['specs/deep/y.mts', 'specs/x.ts'])
})

test('a glob or a directory without any is a mistake', async () => {
  await expect(found(['none/*.ts'])).rejects.toThrow('no file matches none/*.ts')
  await expect(found(['deep'], project({ 'deep/part.ts': '' }))).rejects.toThrow('no spec file in the directory deep')
})
