/**
 * Sorts `count` rows of `width` words, ascending by each row's first word, in place: Shell's sort, because rows are few and
 * the sort must neither allocate nor call back.
 */
export function sortRows(words: Int32Array, from: number, count: number, width: 1 | 2): void {
  let gap = 1
  while (gap * 3 + 1 < count) gap = gap * 3 + 1
  for (; gap > 0; gap = (gap - 1) / 3) {
    for (let row = gap; row < count; row++) {
      const first = words[from + row * width] as number
      const second = words[from + row * width + width - 1] as number
      let at = row
      for (; at >= gap && (words[from + (at - gap) * width] as number) > first; at -= gap) {
        words[from + at * width] = words[from + (at - gap) * width] as number
        words[from + at * width + width - 1] = words[from + (at - gap) * width + width - 1] as number
      }
      words[from + at * width] = first
      words[from + at * width + width - 1] = second
    }
  }
}

/**
 * Drops repeated rows among `count` rows whose first words are sorted; returns how many are left, or -1 where two rows agree in
 * the first word only.
 */
export function dropRepeatedRows(words: Int32Array, from: number, count: number, width: 1 | 2): number {
  let kept = 0
  for (let row = 0; row < count; row++) {
    const first = words[from + row * width] as number
    const second = words[from + row * width + width - 1] as number
    if (kept > 0 && words[from + (kept - 1) * width] === first) {
      if (words[from + (kept - 1) * width + width - 1] !== second) return -1
      continue
    }
    words[from + kept * width] = first
    words[from + kept * width + width - 1] = second
    kept++
  }
  return kept
}

/** As {@link dropRepeatedRows}, for rows in an order that matters: the first of equals stays where it is. */
export function dropLaterRepeatedRows(words: Int32Array, from: number, count: number, width: 1 | 2): number {
  const secondByFirst = new Map<number, number>()
  let kept = 0
  for (let row = 0; row < count; row++) {
    const first = words[from + row * width] as number
    const second = words[from + row * width + width - 1] as number
    const earlier = secondByFirst.get(first)
    if (earlier === second) continue
    if (earlier !== undefined) return -1
    secondByFirst.set(first, second)
    words[from + kept * width] = first
    words[from + kept * width + width - 1] = second
    kept++
  }
  return kept
}
