/** A state as far as goals are concerned: whether one is true in it, and the keys of the states that its steps lead to. */
export interface GoalState {
  readonly goal: boolean
  readonly next: readonly string[]
}

/**
 * The first of some states from which no behaviour leads to a goal, by the definition: what can reach one is the goal states, and again and again what has
 * a step to such a state.
 *
 * @param states - by key, in the order asked about; steps to states that are not here lead nowhere.
 */
export function firstLost(states: ReadonlyMap<string, GoalState>): string | undefined {
  const reaching = new Set<string>()
  let before = -1
  while (reaching.size !== before) {
    before = reaching.size
    for (const [key, { goal, next }] of states) if (goal || next.some((other) => reaching.has(other))) reaching.add(key)
  }
  return [...states.keys()].find((key) => !reaching.has(key))
}
