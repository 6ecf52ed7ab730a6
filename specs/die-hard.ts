/**
 * The water-jug riddle of the film Die Hard 3: with a jug of 3 gallons and one of 5, measure 4.
 *
 * Topic: riddles
 * Granularity: one step fills, empties or pours one jug.
 * Source: tlaplus/Examples, DieHard.tla.
 * Parameters: none. The whole space is 16 states.
 * Expected: `bigIsNot4` is violated in 6 steps. That is the point: the invariant claims that the riddle has no answer, and the
 * counterexample is the answer, the shortest there is.
 *
 * What a newcomer learns: a state, actions that return only what changes, and that a model checker searches.
 */
import { machine, spec } from 'faultline'

const SMALL = 3
const BIG = 5

const jugs = (riddle: boolean) =>
  machine({
    init: { small: 0, big: 0 },
    actions: {
      fillSmall: () => ({ small: SMALL }),
      fillBig: () => ({ big: BIG }),
      emptySmall: () => ({ small: 0 }),
      emptyBig: () => ({ big: 0 }),
      smallToBig: (s) => {
        const poured = Math.min(s.small, BIG - s.big)
        return { small: s.small - poured, big: s.big + poured }
      },
      bigToSmall: (s) => {
        const poured = Math.min(s.big, SMALL - s.small)
        return { small: s.small + poured, big: s.big - poured }
      },
    },
    invariants: {
      withinJugs: (s) => s.small >= 0 && s.small <= SMALL && s.big >= 0 && s.big <= BIG,
      bigIsNot4: (s) => !riddle || s.big !== 4,
    },
  })

export default spec('die-hard', {}, () => jugs(true), {
  expected: { violates: 'bigIsNot4', steps: 6, states: 16, depth: 7 },
})

/** Every state that the jugs can be in: the riddle left out. */
export const wholeSpace = spec('die-hard-whole-space', {}, () => jugs(false), { expected: { states: 16, depth: 7 } })
