/**
 * A run of bits in a state's words. `width` is what it needs; `word`, `shift` and `mask` say where the current layout puts it (a mask of 0:
 * nowhere, it reads as 0).
 */
export class Field {
  width = 0
  word = 0
  shift = 0
  mask = 0
}

/** Bits that tell `count` different ids apart. */
export function bitsFor(count: number): number {
  return count <= 1 ? 0 : 32 - Math.clz32(count - 1)
}

/**
 * Packs fields into 32-bit words, first fit by decreasing width; a field never straddles two words. Sets the place of every
 * field, and returns the number of words (at least 1).
 */
export function packFields(fields: readonly Field[]): number {
  const free: number[] = [32]
  const order = [...fields].sort((a, b) => b.width - a.width)
  for (const field of order) {
    if (field.width === 0) {
      field.word = field.shift = field.mask = 0
      continue
    }
    let word = free.findIndex((bits) => bits >= field.width)
    if (word < 0) word = free.push(32) - 1
    const bits = free[word] as number
    field.word = word
    field.shift = 32 - bits
    field.mask = field.width === 32 ? -1 : (1 << field.width) - 1
    free[word] = bits - field.width
  }
  return free.length
}
