/**
 * A run of bits in a state's words. `width` is what it needs; `word`, `shift` and `mask` say where the current layout puts it (a mask of 0:
 * nowhere, it reads as 0).
 */
export class Field {
  width = 0
  readonly widthMax: number
  word = 0
  shift = 0
  mask = 0

  /** @param widthMax - what the field can come to need at most. */
  constructor(widthMax: number) {
    this.widthMax = widthMax
  }
}

/** Bits that tell `count` different ids apart. */
export function bitsFor(count: number): number {
  return count <= 1 ? 0 : 32 - Math.clz32(count - 1)
}

/** Bits that a field gets beyond what it needs, where its word has them to spare. */
const spareMax = 2

/**
 * Packs fields into 32-bit words, first fit by decreasing width; a field never straddles two words. Spare bits are dealt out, so that most
 * fields can grow a little in place. Sets the place of every field, and returns the number of words (at least 1).
 */
export function packFields(fields: readonly Field[]): number {
  const words: Field[][] = [[]]
  const free: number[] = [32]
  for (const field of [...fields].sort((a, b) => b.width - a.width)) {
    let word = free.findIndex((bits) => bits >= field.width)
    if (word < 0) {
      word = free.push(32) - 1
      words.push([])
    }
    field.word = word
    free[word] = (free[word] as number) - field.width
    ;(words[word] as Field[]).push(field)
  }
  words.forEach((inWord, word) => {
    placeInWord(inWord, free[word] as number)
  })
  return words.length
}

function placeInWord(fields: readonly Field[], free: number): void {
  const widths = fields.map(({ width }) => width)
  let spare = free
  for (let round = 0; round < spareMax; round++)
    for (let index = 0; index < fields.length && spare > 0; index++) {
      if ((widths[index] as number) >= (fields[index] as Field).widthMax) continue
      widths[index] = (widths[index] as number) + 1
      spare--
    }
  let shift = 0
  fields.forEach((field, index) => {
    const width = widths[index] as number
    field.shift = width === 0 ? 0 : shift
    field.mask = width === 32 ? -1 : (1 << width) - 1
    shift += width
  })
}
