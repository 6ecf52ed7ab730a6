import { distance } from 'fastest-levenshtein'

/**
 * Words a hint about a misspelt name: the closest of `names` when one is close enough, else all of them.
 *
 * @param wording.found - the hint when there is a close name.
 * @param wording.none - the hint when there is none; gets all names.
 */
export function nearest(
  name: string,
  names: readonly string[],
  wording: { readonly found: (other: string) => string; readonly none: (all: readonly string[]) => string },
): string {
  const ranked = names
    .map((other) => ({ other, edits: distance(name.toLowerCase(), other.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits)
  const best = ranked[0]
  // As many edits as the longer name has characters make any name of any other.
  const isClose = ({ other, edits }: { readonly other: string; readonly edits: number }) =>
    edits <= Math.max(2, Math.floor(name.length / 3)) && edits < Math.max(name.length, other.length)
  if (best !== undefined && isClose(best)) return wording.found(best.other)
  return wording.none(names)
}
