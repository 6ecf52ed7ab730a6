import { describeResult } from './histories/describe.js'
import type { Explanation, Truth } from './machine.js'
import { SpecError } from './spec-error.js'

/** An explanation that a quantifier gave and that nothing has passed on yet. */
let unused: Explanation | null = null

/**
 * Whether a predicate is true of every element, and of which it is not: the first such element is named beside the counterexample.
 *
 * Return it as it is: an explanation counts as true in `&&`, `||` and `!`. A property that gets one and answers `true` or `false` is an error.
 *
 * @param among - the elements: an array, an Immutable collection, any finite iterable.
 * @param predicate - what must be true of each; it may explain itself, for instance by a quantifier.
 * @returns `true`, or an explanation with the element as `witness`.
 * @example
 * invariants: { decided: (s) => every(RM, (r) => s.rm[r] !== 'working') }
 */
export function every<T>(among: Iterable<T>, predicate: (element: T) => Truth): true | Explanation {
  for (const witness of among) {
    const truth = asked('every', predicate, witness)
    if (truth === true) continue
    if (truth === false) return given({ because: `it is false for ${inShort(witness)}`, witness })
    return given({ ...truth, because: `for ${inShort(witness)}: ${truth.because}`, witness })
  }
  return true
}

/**
 * Whether a predicate is true of some element; where it is of none, all are named beside the counterexample.
 *
 * Return it as it is: an explanation counts as true in `&&`, `||` and `!`. A property that gets one and answers `true` or `false` is an error.
 *
 * @param among - the elements: an array, an Immutable collection, any finite iterable.
 * @param predicate - what must be true of one.
 * @returns `true`, or an explanation with the elements as `among`.
 * @example
 * invariants: { hasLeader: (s) => some(SERVERS, (id) => s.role[id] === 'leader') }
 */
export function some<T>(among: Iterable<T>, predicate: (element: T) => Truth): true | Explanation {
  const elements: T[] = []
  for (const element of among) {
    if (asked('some', predicate, element) === true) return true
    elements.push(element)
  }
  const count = elements.length
  return given({
    because: count === 0 ? 'there is no element' : `it is true for none of ${count} element${count === 1 ? '' : 's'}`,
    among: elements,
  })
}

/** The explanation that a quantifier gave since the last call, if it was not passed on to another quantifier; forgets it. */
export function takeUnused(): Explanation | null {
  const taken = unused
  unused = null
  return taken
}

function given(explanation: Explanation): Explanation {
  unused = explanation
  return explanation
}

/**
 * Refuses a plain answer where an explanation was given.
 *
 * @throws SpecError - in `&&`, `||` and `!` the explanation counted as true, so the answer may be wrong.
 */
export function requirePassedOn(truth: unknown, said: Explanation | null): void {
  if (said === null || typeof truth !== 'boolean') return
  throw new SpecError(`returned ${truth}, and lost what \`every\` or \`some\` said within it about why it is false`, {
    hint: 'such an explanation counts as true in `&&`, `||` and `!`: return it as it is, and make two properties of two demands; where only true or false is needed, use the methods of arrays',
  })
}

function asked<T>(quantifier: string, predicate: (element: T) => Truth, element: T): Truth {
  const before = takeUnused()
  const truth: unknown = predicate(element)
  requirePassedOn(truth, takeUnused())
  unused = before
  if (isTruth(truth)) return truth
  throw new SpecError(
    `the predicate of \`${quantifier}\` returned ${truth === undefined ? 'undefined' : inShort(truth)}, not true or false`,
    {
      hint: truth === undefined ? 'is a `return` missing?' : "let it return true, false, or { because: 'why it is false' }",
    },
  )
}

function isTruth(truth: unknown): truth is Truth {
  if (typeof truth === 'boolean') return true
  return typeof truth === 'object' && truth !== null && 'because' in truth && typeof truth.because === 'string'
}

const wordsMax = 60

function inShort(element: unknown): string {
  const text = typeof element === 'string' ? element : describeResult(element)
  return text.length > wordsMax ? `${text.slice(0, wordsMax)}…` : text
}
