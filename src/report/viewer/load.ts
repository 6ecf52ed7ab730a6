import { readPart } from './read-part.js'

// The page's own script and style come compressed too: they are most of a small report. The page's policy allows these two texts, by their hashes, and no others.
readPart('page').then(
  (parts) => {
    const { script, style } = parts as { readonly script: string; readonly style: string }
    document.head.append(
      Object.assign(document.createElement('style'), { textContent: style }),
      Object.assign(document.createElement('script'), { type: 'module', textContent: script }),
    )
  },
  (error: unknown) => {
    document.body.append(
      `This report cannot be shown: ${error}. The file may have been cut short; a browser of 2024 or later is needed.`,
    )
  },
)
