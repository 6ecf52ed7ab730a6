/**
 * A copy of an array that is full, followed by zeros.
 *
 * @param least - the length that it is to have at least; it is twice as long as before at least.
 */
export function longer<A extends Int32Array | Uint16Array | Uint8Array | Float64Array>(array: A, least = 0): A {
  const Kind = array.constructor as new (length: number) => A
  const copy = new Kind(Math.max(least, array.length * 2))
  copy.set(array)
  return copy
}
