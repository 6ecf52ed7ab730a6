import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '../..')

/** A fenced block of a document. */
export interface Block {
  /** The document and the line of the block's first line: `docs/testing.md:10`. */
  readonly place: string
  readonly text: string
}

const documents = [
  'README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
]

/** All fenced blocks in the README and docs/ with this language. */
export function blocksIn(language: string): Block[] {
  return documents.flatMap((document) => {
    const text = readFileSync(join(root, document), 'utf8')
    return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
      .filter(([, name]) => name === language)
      .map((match) => ({ place: `${document}:${text.slice(0, match.index).split('\n').length + 1}`, text: match[2] as string }))
  })
}
