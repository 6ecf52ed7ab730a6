import type { Model } from '../model/model.js'
import type { ActionModel } from '../model/transition.js'

/** The actions of a model, by when they are taken from a state. */
export interface ActionGroups {
  /** Where something waits for them: the actions that deliver messages. They come first. */
  readonly deliveries: readonly ActionModel[]
  readonly progress: readonly ActionModel[]
  /** Those that wait until no message can be delivered. */
  readonly quiet: readonly ActionModel[]
  /** Those that wait until nothing else can happen. */
  readonly idle: readonly ActionModel[]
  readonly faults: readonly ActionModel[]
  /** Those of the faults that undo one. */
  readonly repairs: readonly ActionModel[]
}

export function groupsOf({ actions }: Model): ActionGroups {
  const progress = actions.filter(({ fault }) => fault === null)
  const quiet = progress.filter(({ waitsFor }) => waitsFor === 'messages')
  const isFirst = ({ delivers }: ActionModel) => delivers && quiet.length > 0
  return {
    deliveries: progress.filter(isFirst),
    progress: progress.filter((action) => action.waitsFor === 'nothing' && !isFirst(action)),
    quiet,
    idle: progress.filter(({ waitsFor }) => waitsFor === 'all'),
    faults: actions.filter(({ fault }) => fault !== null),
    repairs: actions.filter(({ repair }) => repair),
  }
}
