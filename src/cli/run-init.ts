import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { SpecError } from '../spec/spec-error.js'
import { exampleFiles } from './example-files.js'
import { type ExitCode, exitCodes } from './exit-code.js'

/**
 * Writes a first spec and its test below `directory` and says what to do next.
 *
 * @throws SpecError when one of the files is there already; then nothing is written.
 */
export async function runInit(directory: string): Promise<ExitCode> {
  const files = Object.entries(exampleFiles).map(([name, text]) => ({ path: join(directory, name), text }))
  const existing = files.filter(({ path }) => existsSync(path)).map(({ path }) => path)
  if (existing.length > 0)
    throw new SpecError(`${existing.join(' and ')} already there: nothing is written`, {
      hint: 'move what is there, or name another directory: faultline init my-protocol',
    })
  for (const { path, text } of files) {
    await mkdir(dirname(path), { recursive: true })
    // Fails rather than overwrites, should the file have come up since.
    await writeFile(path, text, { flag: 'wx' })
  }
  process.stdout.write(`${['wrote', ...files.map(({ path }) => `  ${path}`), ...nextCommands(directory)].join('\n')}\n`)
  return exitCodes.holds
}

function nextCommands(directory: string): readonly string[] {
  const spec = join(directory, 'specs/mutex.ts')
  return [
    'next:',
    `  npx faultline check ${spec}`,
    `  npx faultline check ${spec} --mutant lookFirst`,
    `  npx vitest run ${join(directory, 'test/mutex.test.ts')}`,
    'A project needs these packages once: npm install --save-dev faultline immutable vitest',
  ]
}
