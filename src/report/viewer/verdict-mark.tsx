import type { PropertyResult } from '../../check/result.js'

type Mark = PropertyResult['verdict'] | 'as expected'

const marks: { readonly [M in Mark]: string } = {
  holds: '✓',
  violated: '✗',
  unreached: '✗',
  incomplete: '…',
  'as expected': '○',
}

/** A verdict as a sign, which a screen reader says in words. */
export function VerdictMark({ verdict }: { readonly verdict: Mark }) {
  return (
    <span class={`verdict-mark ${verdict}`} role="img" aria-label={verdict} title={verdict}>
      {marks[verdict]}
    </span>
  )
}

/** The mark of a property: one that is false as expected is no failure, and one that is true although expected to be false is. */
export function markOf({ verdict, expected }: PropertyResult): Mark {
  if (expected === undefined || verdict === 'incomplete') return verdict
  return verdict === expected ? 'as expected' : 'violated'
}
