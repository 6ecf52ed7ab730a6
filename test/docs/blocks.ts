import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '../..')

/** A fenced block of a document. */
export interface Block {
  /** The document: `docs/testing.md`. */
  readonly document: string
  /** What stands behind the fence. */
  readonly language: string
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

/** All fenced blocks of a document that name a language, in order. */
export function blocksOf(document: string): Block[] {
  const text = readFileSync(join(root, document), 'utf8')
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map((match) => ({
    document,
    language: match[1] as string,
    place: `${document}:${text.slice(0, match.index).split('\n').length + 1}`,
    text: match[2] as string,
  }))
}

/** All fenced blocks in the README and docs/ with this language. */
export function blocksIn(language: string): Block[] {
  return documents.flatMap(blocksOf).filter((block) => block.language === language)
}
