/**
 * Whether a part of a state is hidden by patterns as a reader writes them, apart by spaces or commas: `messages`, `*.token`. A `*` stands for any
 * characters within a name; a part within a hidden one is hidden too.
 */
export function isHidden(path: readonly (string | number)[], patterns: readonly RegExp[]): boolean {
  return patterns.length > 0 && patterns.some((pattern) => pattern.test(path.join('.')))
}

/** The patterns of a filter. */
export function hidingPatterns(filter: string): readonly RegExp[] {
  return patternTexts(filter).map((pattern) => {
    const names = pattern.split('*').map((text) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    return new RegExp(`^${names.join('[^.]*')}(\\.|$)`)
  })
}

/** The filter with one more path hidden. */
export function hiding(filter: string, path: readonly (string | number)[]): string {
  return [...patternTexts(filter), path.join('.').replace(/[\s,]/g, '*')].join(' ')
}

function patternTexts(filter: string): string[] {
  return filter.split(/[\s,]+/).filter((pattern) => pattern !== '')
}
