const marks: { readonly [verdict: string]: string } = {
  holds: '✓',
  violated: '✗',
  unreached: '✗',
  incomplete: '…',
}

/** A verdict as a sign, which a screen reader says in words. */
export function VerdictMark({ verdict }: { readonly verdict: string }) {
  return (
    <span class={`verdict-mark ${verdict}`} role="img" aria-label={verdict} title={verdict}>
      {marks[verdict] ?? '·'}
    </span>
  )
}
