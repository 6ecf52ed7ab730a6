import { SpecError } from './spec-error.js'

declare const outcomes: unique symbol

/** A choice of the environment or of a process: one branch for each element of `among`, not yet evaluated. */
export class Choice<out X, out R> {
  declare readonly [outcomes]: R
  readonly among: Iterable<X>
  readonly branch: (element: unknown) => unknown

  constructor(among: Iterable<X>, branch: (element: X) => R) {
    this.among = among
    this.branch = branch as (element: unknown) => unknown
  }
}

/**
 * The one form of nondeterminism inside an action: a step for every element of `among` whose branch is enabled.
 *
 * The element labels the step: it is the step's argument in counterexamples. Choices nest (`choose(A, (a) => choose(B, (b) => ...))`
 * labels a step with both). A branch returns what an action returns: a patch, several, a further choice, or `false` /
 * `undefined` where it is not enabled.
 *
 * @param among - the elements to choose from: an array, an Immutable collection, any finite iterable.
 * @param branch - what happens when `element` is chosen; a pure function of the element and the state.
 * @example
 * rmPrepare: (s) => choose(RM, (r) => s.rm[r] === 'working' && { rm: { [r]: 'prepared' } })
 */
export function choose<const X, const R>(among: Iterable<X>, branch: (element: X) => R): Choice<X, R> {
  if (typeof branch !== 'function')
    throw new SpecError('choose(...) was given something that is not a function to say what happens', {
      hint: 'write choose(elements, (element) => ({ ... what changes when it is chosen }))',
    })
  return new Choice(among, branch)
}
