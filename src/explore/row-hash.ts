/** The hash of one word of a state at its position; a row's hash is the sum over its words, so that a change costs only the words that change. */
export function wordHash(word: number, position: number): number {
  let x = Math.imul(word ^ Math.imul(position + 1, 0x9e3779b1), 0x85ebca6b)
  x ^= x >>> 15
  x = Math.imul(x, 0xc2b2ae35)
  return x ^ (x >>> 13)
}

/** The sum of the word hashes of a row. */
export function rowHash(rows: Int32Array, base: number, words: number): number {
  let sum = 0
  for (let word = 0; word < words; word++) sum = (sum + wordHash(rows[base + word] as number, word)) | 0
  return sum
}

/** Scatters a sum of word hashes over all bits. */
export function scatter(sum: number): number {
  const x = Math.imul(sum ^ (sum >>> 16), 0x7feb352d)
  return x ^ (x >>> 15)
}
