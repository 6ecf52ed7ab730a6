import { expect, test } from 'vitest'
import { blocksIn, root } from './blocks.js'
import { lasting, run, sessionOf } from './session.js'

// The tutorial's commands are about files that it makes on the way.
const sessions = blocksIn('console')
  .filter(({ document }) => document !== 'docs/tutorial.md')
  .map(sessionOf)

test('there is one to read', () => expect(sessions).not.toEqual([]))

test.each(sessions)('$place: `$command` prints what is shown there', async ({ command, printed }) => {
  expect(lasting(await run(command, root))).toBe(lasting(printed))
})
