import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const built = new URL('../../dist/spec/source-location.js', import.meta.url)
const written = fileURLToPath(new URL('../../src/spec/source-location.ts', import.meta.url))

test('a function of a compiled file with its source map beside it is located in the source', async () => {
  const { locateFunction } = (await import(built.href)) as typeof import('../../src/spec/source-location.js')
  expect(locateFunction(locateFunction)).toMatch(new RegExp(`^${written}:\\d+:\\d+$`))
})
