export { check } from './check/check.js'
export type {
  BreakingBudget,
  CheckOptions,
  EngineFigures,
  Expectation,
  ExploredFaults,
  Limit,
  Progress,
  PropertyResult,
  Result,
  Verdict,
} from './check/result.js'
export type { PropertyKind } from './model/property-kind.js'
export { htmlReport } from './report/html/html-report.js'
export { type Choice, choose } from './spec/choose.js'
export { type Consistency, linearizable, sequentiallyConsistent } from './spec/histories/consistency.js'
export {
  answeredAtOnce,
  type ClientHistory,
  emptyHistory,
  type History,
  type HistoryPatch,
  invoked,
  returned,
} from './spec/histories/history.js'
export { possibilities } from './spec/histories/possibilities.js'
export type { Linearizing, Misfit, PossibleHistory } from './spec/histories/possible-history.js'
export { sameValue as same } from './spec/histories/same-value.js'
export {
  type CompareAndSetOperation,
  compareAndSet,
  type LogOperation,
  log,
  type QueueOperation,
  queue,
  type RegisterOperation,
  register,
  type SequentialModel,
} from './spec/histories/sequential-models.js'
export { monotonicReads, readYourWrites } from './spec/histories/sessions.js'
export type { RegisterModel, Versions } from './spec/histories/versions.js'
export { ids, recordOf } from './spec/ids.js'
export {
  type Action,
  type Explanation,
  type Machine,
  machine,
  type Outcome,
  type StepLabel,
  type Truth,
} from './spec/machine.js'
export { integer, oneOf, type Parameter, type Parameters } from './spec/parameters.js'
export type { Patch } from './spec/patch.js'
export { type Protocol, type ProtocolStep, protocol, type Roles, type World } from './spec/protocol.js'
export type {
  Budget,
  ClockOptions,
  CrashFaults,
  FaultOverrides,
  Faults,
  NetworkKind,
  NetworkOptions,
  PartitionFaults,
} from './spec/protocol-network.js'
export {
  type AnyMessage,
  type Effects,
  type Envelope,
  type MessageContext,
  type NodeContext,
  others,
  type Reaction,
  type Role,
  type Send,
  type StartContext,
} from './spec/protocol-role.js'
export { every, some } from './spec/quantifiers.js'
export { role } from './spec/role.js'
export { type Expected, type ExpectedOfSpec, type Mutant, type Spec, type SpecOptions, spec } from './spec/spec.js'
export { SpecError, type SpecErrorDetails } from './spec/spec-error.js'
export { subsets } from './spec/subsets.js'
export { whole } from './spec/whole.js'
export type { Counterexample, Step } from './trace/counterexample.js'
export type { Change } from './trace/diff.js'
export { type EnabledStepView, type Exploration, explore, type RunOptions } from './trace/explore.js'
export { type Replay, replay } from './trace/replay.js'
export type { Trace } from './trace/walk.js'
export type { Json } from './values/json.js'
