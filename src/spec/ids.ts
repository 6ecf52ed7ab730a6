/**
 * Names for `count` processes: `ids('rm', 3)` is `['rm1', 'rm2', 'rm3']`, typed `` `rm${number}` ``.
 *
 * @throws RangeError when `count` is not a whole number, or is negative.
 */
export function ids<const Prefix extends string>(prefix: Prefix, count: number): readonly `${Prefix}${number}`[] {
  if (!Number.isInteger(count) || count < 0)
    throw new RangeError(`ids('${prefix}', ${count}): the count must be a whole number, 0 or more`)
  return Array.from({ length: count }, (_, index) => `${prefix}${index + 1}` as const)
}

/**
 * A record with the same value under every key: `recordOf(RM, 'working' as Rm)`. Each key becomes a field of its own, so
 * a step of one process reads and writes only what is its own.
 *
 * @param keys - the record's fixed keys.
 * @param value - the value, or a function from key to value.
 */
export function recordOf<const K extends string, V>(keys: Iterable<K>, value: V | ((key: K) => V)): Readonly<Record<K, V>> {
  const valueOf = typeof value === 'function' ? (value as (key: K) => V) : () => value
  return Object.fromEntries(Array.from(keys, (key) => [key, valueOf(key)])) as Record<K, V>
}
