import { describeResult } from './histories/describe.js'
import type { Explanation, Truth } from './machine.js'

/** An explanation that a quantifier gave and that nothing has passed on yet. */
let unused: Explanation | null = null

/**
 * Whether a predicate is true of every element, and of which it is not: the first such element is named beside the counterexample.
 *
 * Return it as it is: an explanation counts as true in `&&`, `||` and `!`. A property that loses one so and is `true` is an error.
 *
 * @param among - the elements: an array, an Immutable collection, any finite iterable.
 * @param predicate - what must be true of each; it may explain itself, for instance by a quantifier.
 * @returns `true`, or an explanation with the element as `witness`.
 * @example
 * invariants: { decided: (s) => every(RM, (r) => s.rm[r] !== 'working') }
 */
export function every<T>(among: Iterable<T>, predicate: (element: T) => Truth): true | Explanation {
  for (const witness of among) {
    const truth = passedOn(predicate(witness))
    if (truth === true) continue
    if (truth === false) return given({ because: `it is false for ${inShort(witness)}`, witness })
    return given({ ...truth, because: `for ${inShort(witness)}: ${truth.because}`, witness })
  }
  return true
}

/**
 * Whether a predicate is true of some element; where it is of none, all are named beside the counterexample.
 *
 * Return it as it is: an explanation counts as true in `&&`, `||` and `!`. A property that loses one so and is `true` is an error.
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
    if (passedOn(predicate(element)) === true) return true
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

function passedOn(truth: Truth): Truth {
  if (truth === unused) unused = null
  return truth
}

const wordsMax = 60

function inShort(element: unknown): string {
  const text = typeof element === 'string' ? element : describeResult(element)
  return text.length > wordsMax ? `${text.slice(0, wordsMax)}…` : text
}
