import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const source = (file: string) => fileURLToPath(new URL(`./src/${file}`, import.meta.url))

const ofBuild = [
  'test/cli/**/*.test.ts',
  'test/report/**/*.test.ts',
  'test/unit/load/**/*.test.ts',
  'test/docs/{output,taken-away,tutorial,unit-tests}.test.ts',
]

export default defineConfig({
  resolve: {
    alias: [
      { find: /^faultline$/, replacement: source('index.ts') },
      { find: /^faultline\/vitest$/, replacement: source('vitest.ts') },
    ],
  },
  test: {
    testTimeout: 240_000,
    // By default one core is left idle, which is half of them on a small machine.
    maxWorkers: availableParallelism(),
    projects: [
      { extends: true, test: { name: 'source', include: ['test/**/*.test.ts'], exclude: ofBuild } },
      {
        // What these try is the package as it is run: the built files, which node loads itself.
        extends: true,
        test: {
          name: 'built',
          include: ofBuild,
          globalSetup: './test/cli/build.ts',
          server: { deps: { external: [/\/dist\//] } },
        },
      },
    ],
  },
})
