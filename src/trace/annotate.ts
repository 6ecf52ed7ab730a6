import type { Anatomy } from '../model/anatomy.js'
import { compile, type Model } from '../model/model.js'
import { withTraps } from '../model/purity.js'
import { ReadPaths } from '../model/read-paths.js'
import { anatomyOf } from '../model/spec-anatomy.js'
import { NotASetOfElements } from '../model/state-vector.js'
import type { EnabledStep } from '../model/stepper.js'
import { locateFunction } from '../spec/source-location.js'
import type { Spec } from '../spec/spec.js'
import { toJson } from '../values/json.js'
import type { AnnotatedBehaviour, MessageLine, StateNotes } from './annotation.js'
import { Causes } from './causes.js'
import type { Counterexample } from './counterexample.js'
import { EssentialSteps } from './essential-steps.js'
import type { RunOptions } from './explore.js'
import { lanesOfNodes, lanesOfProcesses } from './lanes.js'
import { MessageLines } from './message-lines.js'
import { PropertyTruths } from './property-truths.js'
import { EnabledNotes } from './state-notes.js'
import { walk } from './walk.js'

type AnyFunction = (...args: never[]) => unknown

/**
 * Runs a behaviour again and finds what a report shows about it: where its messages went, which steps needed which, the truth of every property along the
 * way, what else could have happened, and why other actions could not.
 *
 * @param spec - the spec, with the parameters and mutant that the behaviour was found with.
 * @param behaviour - a counterexample or witness of a result.
 * @param options.faults - the budgets of faults that it was found with, when they were not the spec's own.
 * @throws SpecError when a step is not enabled where it is due, or a function of the spec throws.
 */
export function annotate(spec: Spec, behaviour: Counterexample, { faults }: RunOptions = {}): AnnotatedBehaviour {
  const anatomy = withTraps(() => anatomyOf(spec, faults))
  const keptAsValue = new Set<number>()
  for (;;) {
    try {
      const seen = withTraps(() => watched(compile(spec, keptAsValue, faults), anatomy, behaviour))
      return annotated(behaviour, seen, locator(anatomy))
    } catch (error) {
      // As in a search: a set of very many elements is kept as a whole.
      if (!(error instanceof NotASetOfElements)) throw error
      keptAsValue.add(error.slot)
    }
  }
}

interface Seen {
  readonly model: Model
  readonly states: readonly unknown[]
  readonly taken: readonly EnabledStep[]
  readonly lanes: AnnotatedBehaviour['lanes']
  readonly messages: readonly MessageLine[]
  readonly truths: PropertyTruths
  readonly stateNotes: readonly StateNotes[]
  readonly causes: readonly (readonly number[])[]
  readonly past: ReadonlySet<number>
  readonly essential: readonly (boolean | null)[]
}

function watched(model: Model, anatomy: Anatomy, behaviour: Counterexample): Seen {
  const states: unknown[] = []
  const taken: EnabledStep[] = []
  const paths = new ReadPaths(model.vector)
  const notes = new EnabledNotes(model, anatomy, paths)
  const messages = anatomy.nodes === null ? null : new MessageLines(anatomy.nodes, model.vector.interner)
  const truths = new PropertyTruths(model)
  const causes = new Causes({ model, anatomy, paths, notes, messages, behaviour })
  const essential = new EssentialSteps(model, behaviour)
  const recorder = {
    atState: (_index: number, state: unknown) => void states.push(state),
    atStep: (_index: number, step: EnabledStep) => void taken.push(step),
  }
  // Causes ask the notes and the messages, which come first.
  walk(model, behaviour, [recorder, notes, ...(messages === null ? [] : [messages]), truths, causes, essential])
  const { nodes } = anatomy
  return {
    model,
    states,
    taken,
    lanes: nodes === null ? lanesOfProcesses(states[0], behaviour.steps) : lanesOfNodes(nodes, states),
    messages: messages?.all() ?? [],
    truths,
    stateNotes: notes.notes,
    causes: causes.direct,
    past: causes.past(),
    essential: essential.all(),
  }
}

/** Finds where the function of a step, or any other, is written; each is looked up once, since that takes milliseconds. */
function locator({ functionOf }: Anatomy): Locator {
  const known = new Map<AnyFunction, string | null>()
  const locate = (source: AnyFunction): string | null => {
    const site = known.get(source) ?? locateFunction(source) ?? null
    known.set(source, site)
    return site
  }
  return {
    locate,
    locateStep: ({ action, transition }) => {
      const source = functionOf(action.name, transition.args)
      return source === undefined ? null : locate(source)
    },
  }
}

interface Locator {
  readonly locate: (source: AnyFunction) => string | null
  readonly locateStep: (step: EnabledStep) => string | null
}

function annotated(behaviour: Counterexample, seen: Seen, { locate, locateStep }: Locator): AnnotatedBehaviour {
  const { model, states, taken, lanes, messages, truths, stateNotes, causes, past, essential } = seen
  return {
    ...behaviour,
    states: states.map((state) => toJson(model.source.display(state))),
    lanes,
    messages,
    properties: truths.all(locate),
    stepNotes: taken.map((step, at) => ({
      causes: causes[at + 1] ?? [],
      inPast: past.has(at + 1),
      essential: essential[at] ?? null,
      site: locateStep(step),
    })),
    stateNotes,
  }
}
