/**
 * Three missionaries and three cannibals cross a river in a boat for two; nowhere may cannibals outnumber missionaries.
 *
 * Topic: riddles
 * Granularity: one step is one crossing of the boat, with one or two people in it.
 * Source: tlaplus/Examples, MissionariesAndCannibals.tla (people are individuals, as there).
 * Parameters: `each`, how many there are of either kind. States grow as about 2^(2 * each): 64 for 3.
 * Expected: `someoneLeft` is violated in 11 steps; the counterexample is the crossing plan, the shortest there is. With `each=4`
 * nobody gets everyone across, and the invariant holds.
 *
 * What a newcomer learns: `choose`, and that what is chosen names the step.
 */
import { choose, ids, integer, machine, recordOf, spec } from 'faultline'

type Bank = 'east' | 'west'

const crossing = (each: number, riddle: boolean) => {
  const missionaries = ids('missionary', each)
  const cannibals = ids('cannibal', each)
  const people = [...missionaries, ...cannibals]
  const boatloads = people.flatMap((one, index) => [[one], ...people.slice(index + 1).map((other) => [one, other])])

  type Where = Readonly<Record<(typeof people)[number], Bank>>
  const safe = (at: Where, bank: Bank) => {
    const guards = missionaries.filter((person) => at[person] === bank).length
    return guards === 0 || cannibals.filter((person) => at[person] === bank).length <= guards
  }

  return machine({
    init: { at: recordOf(people, 'east' as Bank), boat: 'east' as Bank },
    actions: {
      cross: (s) =>
        choose(boatloads, (aboard) => {
          if (aboard.some((person) => s.at[person] !== s.boat)) return false
          const boat: Bank = s.boat === 'east' ? 'west' : 'east'
          const moved = recordOf(aboard, boat)
          const at = { ...s.at, ...moved }
          return safe(at, 'east') && safe(at, 'west') && { at: moved, boat }
        }),
    },
    invariants: {
      nobodyIsOutnumbered: (s) => safe(s.at, 'east') && safe(s.at, 'west'),
      someoneLeft: (s) => !riddle || people.some((person) => s.at[person] === 'east'),
    },
  })
}

const each = integer(3, { min: 1, max: 6 })

export default spec('missionaries-and-cannibals', { each }, (p) => crossing(p.each, true), {
  expected: { violates: 'someoneLeft', steps: 11, states: 64, depth: 12 },
})

/** Every safe position of people and boat: the riddle left out. */
export const wholeSpace = spec('missionaries-and-cannibals-whole-space', { each }, (p) => crossing(p.each, false), {
  expected: { states: 64, depth: 12 },
})
