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
  /** Names the fields that hold the same of different nodes: what one of them came to need the others will need soon. */
  family: string | null = null

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
 * Packs fields into as few 32-bit words as first fit by decreasing width finds; a field never straddles two words. Spare bits are dealt out, so that most
 * fields can grow a little in place. Sets the place of every field, and returns the number of words (at least 1).
 */
export function packFields(fields: readonly Field[]): number {
  const sorted = inNeedOf(fields).sort((a, b) => b.width - a.width)
  const full = firstFit(sorted)
  const words = levelled(sorted, full.length) ?? full
  words.forEach((inWord, word) => {
    for (const { field } of inWord) field.word = word
    placeInWord(inWord, freeIn(inWord))
  })
  return words.length
}

/** A field, and the bits that it is to get at least. */
interface Need {
  readonly field: Field
  readonly width: number
}

function inNeedOf(fields: readonly Field[]): Need[] {
  const widest = new Map<string, number>()
  for (const { family, width } of fields) if (family !== null) widest.set(family, Math.max(width, widest.get(family) ?? 0))
  return fields.map((field) => ({ field, width: field.family === null ? field.width : (widest.get(field.family) as number) }))
}

function firstFit(sorted: readonly Need[]): Need[][] {
  const words: Need[][] = [[]]
  for (const field of sorted) {
    const word = words.find((inWord) => freeIn(inWord) >= field.width)
    if (word === undefined) words.push([field])
    else word.push(field)
  }
  return words
}

/**
 * Into as many words, each field where most is free: so every word keeps bits to spare, and wide fields, which grow most, are not beside what fills their word. Nothing
 * where they do not fit that way.
 */
function levelled(sorted: readonly Need[], count: number): Need[][] | undefined {
  const words = Array.from({ length: count }, (): Need[] => [])
  for (const field of sorted) {
    const emptiest = words.reduce((most, word) => (freeIn(word) > freeIn(most) ? word : most))
    if (freeIn(emptiest) < field.width) return undefined
    emptiest.push(field)
  }
  return words
}

function freeIn(word: readonly Need[]): number {
  return word.reduce((free, { width }) => free - width, 32)
}

function placeInWord(needs: readonly Need[], free: number): void {
  const fields = needs.map(({ field }) => field)
  const widths = needs.map(({ width }) => width)
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
