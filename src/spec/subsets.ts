/**
 * All subsets of `elements`, or those with `size` of them: `subsets(['a', 'b', 'c'], 2)` is `[['a', 'b'], ['a', 'c'], ['b', 'c']]`.
 * Quorums, for one. Elements keep their order.
 *
 * @param elements - different elements.
 * @param size - how many of them a subset has. Left out: all sizes, from none to all.
 * @throws RangeError when `size` is not a whole number, or is negative; or there are more subsets than a choice can be among.
 */
export function subsets<const T>(elements: readonly T[], size?: number): readonly (readonly T[])[] {
  if (size === undefined && elements.length > 20)
    throw new RangeError(`subsets(...) of ${elements.length} elements are too many to go through: give a size, or fewer elements`)
  if (size === undefined) return Array.from({ length: elements.length + 1 }, (_, count) => subsets(elements, count)).flat()
  if (!Number.isInteger(size) || size < 0)
    throw new RangeError(`subsets(..., ${size}): the size must be a whole number, 0 or more`)
  if (size === 0) return [[]]
  return elements.flatMap((first, index) => subsets(elements.slice(index + 1), size - 1).map((rest) => [first, ...rest]))
}
