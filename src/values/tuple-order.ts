/**
 * Sorts `count` rows of `width` words in place, ascending by the rank of each row's first word, where ranks are equal by the word itself:
 * Shell's sort, because rows are few and the sort must neither allocate nor call back.
 */
export function sortRows(words: Int32Array, from: number, count: number, width: 1 | 2, ranks: Int32Array): void {
  let gap = 1
  while (gap * 3 + 1 < count) gap = gap * 3 + 1
  for (; gap > 0; gap = (gap - 1) / 3) {
    for (let row = gap; row < count; row++) {
      const first = words[from + row * width] as number
      const second = words[from + row * width + width - 1] as number
      const rank = ranks[first] as number
      let at = row
      for (; at >= gap; at -= gap) {
        const other = words[from + (at - gap) * width] as number
        const otherRank = ranks[other] as number
        if (otherRank < rank || (otherRank === rank && other <= first)) break
        words[from + at * width] = other
        words[from + at * width + width - 1] = words[from + (at - gap) * width + width - 1] as number
      }
      words[from + at * width] = first
      words[from + at * width + width - 1] = second
    }
  }
}

/** Whether the ranks of the rows' first words ascend, no two being equal. */
export function hasAscendingRanks(words: Int32Array, from: number, count: number, width: 1 | 2, ranks: Int32Array): boolean {
  for (let row = 1, at = from; row < count; row++, at += width)
    if ((ranks[words[at] as number] as number) >= (ranks[words[at + width] as number] as number)) return false
  return true
}

/**
 * Drops repeated rows, so that a collection has each part once: of rows to be sorted by `ranks`, or (`null`) of rows whose order matters.
 *
 * @returns how many are left, or -1 where two rows agree in the first word only.
 */
export function makeRowsUnique(words: Int32Array, from: number, count: number, width: 1 | 2, ranks: Int32Array | null): number {
  if (count < 2) return count
  if (ranks === null) return dropLaterRepeatedRows(words, from, count, width)
  sortRows(words, from, count, width, ranks)
  return dropRepeatedRows(words, from, count, width)
}

/**
 * Drops repeated rows among `count` rows whose first words are sorted, so that equal ones are neighbours; returns how many are left, or -1 where two rows agree in
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
