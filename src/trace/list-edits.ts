import { compareValues } from '../values/compare.js'

/** One edit that turns a list into another. */
export type ListEdit =
  /** The element at `index` of the list before is gone. */
  | { readonly kind: 'removed'; readonly index: number }
  /** The element at `index` of the list after is new. */
  | { readonly kind: 'added'; readonly index: number }
  /** The element at `index`, the same in both lists, has another value. */
  | { readonly kind: 'replaced'; readonly index: number }

/** Above this many cells the table of the longest common subsequence costs more than a shorter diff is worth. */
const CELLS_MAX = 250_000

/**
 * The edits that turn `before` into `after`, as a reader would tell them: a push is one addition at the end, a shift one
 * removal at the front (and not a change of every element), an update in place one replacement.
 *
 * `undefined` when the lists have nothing in common and no edit says more than "this list became that one".
 */
export function listEdits(before: readonly unknown[], after: readonly unknown[]): readonly ListEdit[] | undefined {
  if (before.length === after.length) {
    const inPlace = replacements(before, after)
    if (inPlace.length <= 2) return inPlace
    const moved = movements(before, after)
    return moved !== undefined && moved.length < inPlace.length ? moved : inPlace
  }
  return movements(before, after)
}

/**
 * The elements that left a queue and those that joined it, each as a whole: what waits in a queue goes or stays, and does not change.
 */
export function queueEdits(before: readonly unknown[], after: readonly unknown[]): readonly ListEdit[] {
  const kept = keptPairs(before, after)
  const without = (length: number, side: 0 | 1) => {
    const places = new Set(kept.map((pair) => pair[side]))
    return Array.from({ length }, (_, index) => index).filter((index) => !places.has(index))
  }
  return [
    ...without(before.length, 0).map((index) => ({ kind: 'removed' as const, index })),
    ...without(after.length, 1).map((index) => ({ kind: 'added' as const, index })),
  ]
}

function replacements(before: readonly unknown[], after: readonly unknown[]): readonly ListEdit[] {
  return before.flatMap((element, index) =>
    compareValues(element, after[index]) === 0 ? [] : [{ kind: 'replaced' as const, index }],
  )
}

function movements(before: readonly unknown[], after: readonly unknown[]): readonly ListEdit[] | undefined {
  const kept = keptPairs(before, after)
  if (kept.length === 0 && before.length + after.length > 2) return undefined
  const edits: ListEdit[] = []
  let from = 0
  let to = 0
  for (const [keptBefore, keptAfter] of [...kept, [before.length, after.length] as const]) {
    // Side by side at the same index it is one element that changed; at different indices no index would name both.
    if (from === to) for (; from < keptBefore && to < keptAfter; from++, to++) edits.push({ kind: 'replaced', index: from })
    for (; from < keptBefore; from++) edits.push({ kind: 'removed', index: from })
    for (; to < keptAfter; to++) edits.push({ kind: 'added', index: to })
    from = keptBefore + 1
    to = keptAfter + 1
  }
  return edits
}

/** Index pairs of a longest common subsequence, in order. */
function keptPairs(before: readonly unknown[], after: readonly unknown[]): readonly (readonly [number, number])[] {
  const classes = classesOf([...before, ...after])
  const left = classes.slice(0, before.length)
  const right = classes.slice(before.length)
  const shorter = Math.min(left.length, right.length)
  let prefix = 0
  while (prefix < shorter && left[prefix] === right[prefix]) prefix++
  let suffix = 0
  while (suffix < shorter - prefix && left[left.length - 1 - suffix] === right[right.length - 1 - suffix]) suffix++
  const middle = longestCommon(left.slice(prefix, left.length - suffix), right.slice(prefix, right.length - suffix))
  return [
    ...Array.from({ length: prefix }, (_, index) => [index, index] as const),
    ...middle.map(([i, j]) => [i + prefix, j + prefix] as const),
    ...Array.from({ length: suffix }, (_, k) => [left.length - suffix + k, right.length - suffix + k] as const),
  ]
}

/** Equal values get equal numbers. */
function classesOf(values: readonly unknown[]): readonly number[] {
  const order = values.map((_, index) => index).sort((a, b) => compareValues(values[a], values[b]))
  const classes = new Array<number>(values.length).fill(0)
  let current = 0
  order.forEach((index, rank) => {
    const previous = order[rank - 1]
    if (previous !== undefined && compareValues(values[previous], values[index]) !== 0) current++
    classes[index] = current
  })
  return classes
}

function longestCommon(left: readonly number[], right: readonly number[]): readonly (readonly [number, number])[] {
  const columns = right.length + 1
  if ((left.length + 1) * columns > CELLS_MAX) return []
  // lengths[i * columns + j]: length of the longest common subsequence of left[i..] and right[j..].
  const lengths = new Uint32Array((left.length + 1) * columns)
  const at = (i: number, j: number) => lengths[i * columns + j] ?? 0
  for (let i = left.length - 1; i >= 0; i--)
    for (let j = right.length - 1; j >= 0; j--)
      lengths[i * columns + j] = left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const pairs: (readonly [number, number])[] = []
  let i = 0
  let j = 0
  while (i < left.length && j < right.length) {
    if (left[i] === right[j]) pairs.push([i++, j++])
    else if (at(i + 1, j) >= at(i, j + 1)) i++
    else j++
  }
  return pairs
}
