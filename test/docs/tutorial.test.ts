import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { blocksOf, root } from './blocks.js'
import { compileErrors } from './compile.js'
import { lasting, run, type Session, sessionOf } from './session.js'

const folder = join(root, '.faultline/tutorial')

/** The reader's files after a block. */
type Files = ReadonlyMap<string, string>

/** A step of the tutorial: what the reader has when a command is run, and what it prints. */
interface Stage extends Session {
  readonly files: Files
}

/** Makes the changes of a block of hunks (` `, `-` and `+` lines, apart by `@@`) in the one place where each fits. */
function changed(file: string, hunks: string, place: string): string {
  return hunks.split(/^@@\n/m).reduce((text, hunk) => {
    const lines = hunk.trimEnd().split('\n')
    const side = (signs: string) =>
      lines
        .filter((line) => signs.includes(line.charAt(0)))
        .map((line) => `${line.slice(1)}\n`)
        .join('')
    const [before, after, ...more] = text.split(side(' -'))
    if (before === undefined || after === undefined || more.length > 0)
      throw new Error(`${place}: what is to be changed is there ${more.length + (after === undefined ? 0 : 1)} times:\n${hunk}`)
    return before + side(' +') + after
  }, file)
}

/** Follows the tutorial: a file named in a first line is written, a diff changes the spec, a console block is a stage. */
function followed(): readonly Stage[] {
  const files = new Map<string, string>()
  return blocksOf('docs/tutorial.md').flatMap((block) => {
    const { language, text, place } = block
    const named = text.match(/^\/\/ (\S+\.ts)$/m)?.[1]
    if (language === 'ts' && named !== undefined) files.set(named, text)
    if (language === 'diff') files.set('specs/lock.ts', changed(files.get('specs/lock.ts') ?? '', text, place))
    return language === 'console' ? [{ ...sessionOf(block), files: new Map(files) }] : []
  })
}

/** Whether an output has the lines that are shown, in order; a line `...` stands for any lines. */
function shows(output: string, shown: string): boolean {
  const parts = shown.split(/^ *\.\.\.$/m).map((part) => part.replace(/^\n|\n$/g, ''))
  const literal = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${literal.join('[^]*')}$`).test(output)
}

describe('the tutorial', () => {
  const stages = followed()

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('has commands to run', () => expect(stages.length).toBeGreaterThan(8))

  const write = ({ files }: Stage, cwd: string): void => {
    for (const [file, text] of files) {
      mkdirSync(dirname(join(cwd, file)), { recursive: true })
      writeFileSync(join(cwd, file), text)
    }
  }

  test('compiles at each of its stages', () => {
    const texts = stages.flatMap((stage, index) =>
      [...stage.files].map(([file, text]) => [join(folder, String(index), file), text] as const),
    )
    const errors = [...compileErrors(new Map(texts))].filter(([, found]) => found.length > 0)
    expect(errors).toEqual([])
  })

  test.each([
    ['field', "state: { phase: 'in' }", "state: { phase: 'in', phsae: 'in' }"],
    ['message', "type: 'granted', token", "type: 'grnated', token"],
    ['field of a message', "type: 'write', token }", "type: 'write', token, tokne: token }"],
    ['timer', "disarm: ['lease']", "disarm: ['laese']"],
    ['field that handlers share', "state: { phase: 'done' }, send", "state: { phase: 'done', phsae: 'in' }, send"],
  ])('the compiler finds a wrong name of a %s', (what, right, wrong) => {
    const spec = stages.at(-1)?.files.get('specs/lock.ts') ?? ''
    expect(spec).toContain(right)
    const file = join(folder, 'wrong', `${what}.ts`)
    expect(compileErrors(new Map([[file, spec.replace(right, wrong)]])).get(file)).not.toEqual([])
  })

  test.each(stages.map((stage, index) => ({ ...stage, index })))(
    '$place: `$command` prints what is shown there',
    async (stage) => {
      const cwd = join(folder, String(stage.index))
      write(stage, cwd)
      const output = lasting(await run(stage.command, cwd))
      // The comparison of texts is for who reads the failure.
      if (!shows(output, lasting(stage.printed))) expect(output).toBe(lasting(stage.printed))
    },
  )
})
