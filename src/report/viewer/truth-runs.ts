import type { PropertyTruth } from '../../trace/annotation.js'

/** States in a row (of a transition property: the states that steps in a row lead to) in which a property is as true. */
export interface TruthRun {
  readonly from: number
  readonly to: number
  readonly isTrue: boolean
}

/**
 * The truth of a property along a behaviour, as few runs as say it, by the index of the state. A transition property is true or false of the step to a state: the
 * initial one is in no run.
 */
export function truthRuns({ kind, truth }: PropertyTruth): readonly TruthRun[] {
  const first = kind === 'transition' ? 1 : 0
  const runs: TruthRun[] = []
  truth.forEach((isTrue, place) => {
    const last = runs.at(-1)
    const index = place + first
    if (last?.isTrue === isTrue) runs[runs.length - 1] = { ...last, to: index }
    else runs.push({ from: index, to: index, isTrue })
  })
  return runs
}

/** Whether a property is looked for, so that true is what stands out of a behaviour, and not false. */
export function isGoal({ kind }: Pick<PropertyTruth, 'kind'>): boolean {
  return kind === 'sometimes' || kind === 'alwaysPossible'
}

/** Of the state looked at: whether the property is true there, and why not; `undefined` where it says nothing. */
export function truthAt({ kind, truth, because }: PropertyTruth, state: number) {
  const place = kind === 'transition' ? state - 1 : state
  const isTrue = truth[place]
  return isTrue === undefined ? undefined : { isTrue, because: because[place] ?? null }
}

/** The runs in words: `true in states 0 to 8, false in state 9`. */
export function truthText(property: PropertyTruth): string {
  const of = property.kind === 'transition' ? 'step' : 'state'
  const runs = truthRuns(property).map(
    ({ from, to, isTrue }) =>
      `${isTrue} ${of === 'step' ? 'of' : 'in'} ${from === to ? `${of} ${from}` : `${of}s ${from} to ${to}`}`,
  )
  return runs.join(', ')
}
