import type { StepLabel, Truth } from '../../spec/machine.js'
import type { Protocol, ProtocolStep, Roles, World } from '../../spec/protocol.js'
import type { FaultOverrides } from '../../spec/protocol-network.js'
import type { ModelSource, SourcePredicate } from '../source.js'
import { Coverage } from './coverage.js'
import { deliverActions, loseActions } from './delivery-actions.js'
import { displayOf, displayPath } from './display.js'
import { faultActions } from './fault-actions.js'
import { initialStates } from './initial-states.js'
import { envelopeIn, faultOf, labelOf } from './labels.js'
import { layoutOf } from './layout.js'
import { operationActions, tickActions, timeoutActions } from './protocol-actions.js'
import { Reactions } from './reaction.js'
import { worlds } from './world.js'

/**
 * A protocol in the form that machines and protocols have in common: its nodes, messages and spent faults as one state, its deliveries, timeouts, operations
 * and faults as actions.
 *
 * @param overrides - fault budgets that replace those of the spec.
 * @throws SpecError when the protocol is malformed, or its nodes cannot start.
 */
export function translateProtocol(protocol: Protocol<unknown>, overrides?: FaultOverrides): ModelSource {
  const layout = layoutOf(protocol, overrides)
  const { definition, faults } = layout
  const coverage = new Coverage(layout)
  const reactions = new Reactions(layout, coverage)
  const worldOf = worlds(layout)
  const ofState = (name: string, source: (world: World<Roles>) => Truth): SourcePredicate => ({
    name,
    source,
    run: (state) => source(worldOf(state)),
  })
  const predicates = (functions: { readonly [name: string]: (world: World<Roles>) => Truth } = {}): SourcePredicate[] =>
    Object.entries(functions).map(([name, source]) => ofState(name, source))
  const stepOf = ({ action, args }: StepLabel): ProtocolStep => ({
    action,
    args,
    node: labelOf(layout, action, args).node,
    fault: faultOf(action),
    envelope: envelopeIn(action, args),
  })
  const { terminal = false } = definition
  return {
    initialStates: initialStates(reactions),
    actions: [
      ...deliverActions(reactions),
      ...loseActions(reactions),
      ...timeoutActions(reactions),
      ...operationActions(reactions),
      ...tickActions(reactions),
      ...faultActions(reactions),
    ],
    invariants: predicates(definition.invariants),
    transitions: Object.entries(definition.transitions ?? {}).map(([name, source]) => ({
      name,
      source,
      run: (before, after, step) => source(worldOf(before), worldOf(after), stepOf(step)),
    })),
    sometimes: predicates(definition.sometimes),
    alwaysPossible: predicates(definition.alwaysPossible),
    constraints: predicates(definition.constraints),
    terminal: typeof terminal === 'boolean' ? terminal : ofState('terminal', terminal),
    display: (state) => displayOf(layout, state),
    displayPath,
    world: worldOf,
    label: (action, args) => labelOf(layout, action, args),
    budget: Object.fromEntries([...faults.budgets].flatMap(([key, budget]) => (budget === true ? [] : [[key, budget]]))),
    isBounded: [...faults.budgets.values()].every((budget) => budget !== true),
    coverage: () => coverage.report(),
  }
}
