import { Set } from 'immutable'
import { choose } from '../../src/spec/choose.js'
import { Machine, type MachineDefinition, type Outcome, type StepLabel, type Truth } from '../../src/spec/machine.js'
import { type Spec, spec } from '../../src/spec/spec.js'
import {
  type Body,
  type Bool,
  base,
  type MachineData,
  type Num,
  type Over,
  processes,
  type Relation,
  type SetOf,
  type State,
  type Update,
  wideMax,
} from './machine-data.js'

/** Where an expression is evaluated: a state, and what was chosen so far, innermost first. */
interface Scope {
  readonly s: State
  readonly numbers: readonly number[]
  readonly procs: readonly (typeof processes)[number][]
  readonly kept?: { readonly set: Set<number>; readonly cell: State['cell'] }
}

const within = (value: number) => ((value % base) + base) % base
/** An element of the wide set. */
const wideAt = (value: number) => (value * 15) % wideMax
const procAt = (index: number) => processes[index % processes.length] ?? 'p1'

function num(e: Num, c: Scope): number {
  switch (e[0]) {
    case 'is':
      return e[1]
    case 'n':
      return c.s.n
    case 'x':
      return c.s.cell.x
    case 'proc':
      return c.s.proc[procAt(e[1])]
    case 'chosenProc':
      return c.s.proc[c.procs[0] ?? 'p1']
    case 'chosen':
      return c.numbers[e[1]] ?? 0
    case 'size':
      return within(set(e[1], c).size)
    case 'sum':
      return within(set(e[1], c).reduce((sum, element) => sum + element, 0))
    case 'length':
      return c.s.queue.size
    case 'first':
      return c.s.queue.first() ?? 0
    case 'pointX':
      return c.s.point.x
    case 'keptX':
      return c.kept?.cell.x ?? 0
    case 'wideSize':
      return within(c.s.wide.size)
    case 'wideSum':
      return within(c.s.wide.reduce((sum, element) => sum + element, 0))
    case 'pair':
      return c.s.pair[e[1]] ?? 0
    case 'mapped':
      return c.s.table.get(num(e[1], c)) ?? 0
    case 'plus':
      return within(num(e[1], c) + num(e[2], c))
  }
}

function set(e: SetOf, c: Scope): Set<number> {
  switch (e[0]) {
    case 'red':
      return c.s.red
    case 'blue':
      return c.s.blue
    case 'kept':
      return c.kept?.set ?? Set<number>()
    case 'hole':
      return c.s.hole ?? Set<number>()
    case 'of':
      return Set(e[1].map((element) => num(element, c)))
    case 'add':
      return set(e[1], c).add(num(e[2], c))
    case 'delete':
      return set(e[1], c).delete(num(e[2], c))
    case 'toggle': {
      const [of, element] = [set(e[1], c), num(e[2], c)]
      return of.has(element) ? of.delete(element) : of.add(element)
    }
    case 'union':
      return set(e[1], c).union(set(e[2], c))
    case 'intersect':
      return set(e[1], c).intersect(set(e[2], c))
    case 'shifted':
      return set(e[1], c).map((element) => within(element + 1))
    case 'even':
      return set(e[1], c).filter((element) => element % 2 === 0)
    case 'rebuilt':
      return Set([...set(e[1], c)].reverse())
    case 'mutated':
      return set(e[1], c).withMutations((draft) => draft.add(num(e[2], c)).delete(0))
  }
}

function bool(e: Bool, c: Scope): boolean {
  switch (e[0]) {
    case 'is':
      return e[1]
    case 'less':
      return num(e[1], c) < num(e[2], c)
    case 'equal':
      return num(e[1], c) === num(e[2], c)
    case 'mode':
      return c.s.mode === e[1]
    case 'flag':
      return c.s.cell.inner.flag
    case 'has':
      return set(e[1], c).has(num(e[2], c))
    case 'tagged':
      return c.s.cell.inner.tags.has(e[1])
    case 'nests':
      return c.s.nested.has(set(e[1], c))
    case 'same':
      return set(e[1], c).equals(set(e[2], c))
    case 'subset':
      return set(e[1], c).isSubset(set(e[2], c))
    case 'some':
      return set(e[1], c).some((element) => element > num(e[2], c))
    case 'wideHas':
      return c.s.wide.has(wideAt(num(e[1], c)))
    case 'queued':
      return c.s.queue.includes(num(e[1], c))
    case 'known':
      return c.s.table.has(num(e[1], c))
    case 'everyProc':
      return Object.values(c.s.proc).every((value) => value === num(e[1], c))
    case 'not':
      return !bool(e[1], c)
    case 'and':
      return bool(e[1], c) && bool(e[2], c)
    case 'or':
      return bool(e[1], c) || bool(e[2], c)
  }
}

function patch(updates: readonly Update[], c: Scope): unknown {
  return updates.reduce<object>((patches, update) => merged(patches, patchOf(update, c)), {})
}

type Tree = { readonly [key: string]: unknown }
const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
function merged(a: object, b: object): object {
  const tree: { [key: string]: unknown } = { ...a }
  for (const [key, value] of Object.entries(b)) {
    const old = tree[key]
    tree[key] = isTree(old) && isTree(value) ? merged(old, value) : value
  }
  return tree
}

function patchOf(u: Update, c: Scope): object {
  const { s } = c
  switch (u[0]) {
    case 'n':
      return { n: num(u[1], c) }
    case 'mode':
      return { mode: u[1] }
    case 'x':
      return { cell: { x: num(u[1], c) } }
    case 'flag':
      return { cell: { inner: { flag: bool(u[1], c) } } }
    case 'tag':
      return { cell: { inner: { tags: s.cell.inner.tags.add(u[1]) } } }
    case 'untag':
      return { cell: { inner: { ...s.cell.inner, tags: s.cell.inner.tags.delete(u[1]) } } }
    case 'proc':
      return { proc: { [procAt(u[1])]: num(u[2], c) } }
    case 'chosenProc':
      return { proc: { [c.procs[0] ?? 'p1']: num(u[1], c) } }
    case 'red':
    case 'blue':
    case 'hole':
      return { [u[0]]: set(u[1], c) }
    case 'emptyHole':
      return { hole: null }
    case 'fill': {
      const [from, to] = [num(u[1], c) * 12, num(u[2], c) * 12 + 12]
      return { wide: s.wide.union(Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)) }
    }
    case 'widen':
      return { wide: s.wide.add(wideAt(num(u[1], c))) }
    case 'narrow':
      return { wide: s.wide.delete(wideAt(num(u[1], c))) }
    case 'point':
      return { point: s.point.set('x', num(u[1], c)).set('y', s.point.x) }
    case 'cell':
      return { cell: { ...s.cell, x: num(u[1], c) } }
    case 'procs':
      return { proc: { ...s.proc, p1: num(u[1], c) } }
    case 'nest':
      return { nested: s.nested.add(set(u[1], c)) }
    case 'unnest':
      return { nested: s.nested.delete(set(u[1], c)) }
    case 'put':
      return { table: s.table.set(num(u[1], c), num(u[2], c)) }
    case 'drop':
      return { table: s.table.delete(num(u[1], c)) }
    case 'push':
      return s.queue.size < 3 ? { queue: s.queue.push(num(u[1], c)) } : {}
    case 'shift':
      return { queue: s.queue.shift() }
    case 'pair':
      return { pair: s.pair.map((value, index) => (index === u[1] ? num(u[2], c) : value)) }
  }
}

function outcome(body: Body, c: Scope): unknown {
  switch (body[0]) {
    case 'patch':
      return patch(body[1], c)
    case 'disabled':
      return body[1]
    case 'outcomes':
      return body[1].map((leaf) => outcome(leaf, c))
    case 'when':
      return outcome(bool(body[1], c) ? body[2] : body[3], c)
    case 'keep':
      return outcome(body[2], { ...c, kept: { set: set(body[1], c), cell: c.s.cell } })
    case 'choose':
      return choice(body[1], body[2], c)
  }
}

function choice(over: Over, body: Body, c: Scope): unknown {
  const withNumber = (value: number) => outcome(body, { ...c, numbers: [value, ...c.numbers] })
  switch (over[0]) {
    case 'numbers':
      return choose(
        Array.from({ length: over[1] }, (_, value) => value),
        withNumber,
      )
    case 'procs':
      return choose(processes, (p) => outcome(body, { ...c, procs: [p, ...c.procs] }))
    case 'set':
      return choose(set(over[1], c), withNumber)
    case 'queue':
      return choose(c.s.queue, withNumber)
    case 'keys':
      return choose(c.s.table.keys(), withNumber)
    case 'wide':
      return choose(c.s.wide, (element) => withNumber(within(element)))
    case 'nested':
      return choose(c.s.nested, (element) => withNumber(within(element.size)))
  }
}

const at = (s: State): Scope => ({ s, numbers: [], procs: [] })

function related(e: Relation, before: State, after: State, step: StepLabel): Truth {
  switch (e[0]) {
    case 'notLess':
      return num(e[1], at(after)) >= num(e[1], at(before)) || { because: 'it is less', by: step.action }
    case 'same':
      return bool(e[1], at(before)) === bool(e[1], at(after))
    case 'shrinks':
      return set(e[1], at(after)).isSubset(set(e[1], at(before)))
    case 'notBy':
      return step.action !== `action${e[1]}` || before.n === after.n
    case 'argsBelow':
      return step.args.every((arg) => typeof arg !== 'number' || arg < e[1])
  }
}

const named = <T, F>(kind: string, all: readonly T[], make: (item: T) => F) =>
  Object.fromEntries(all.map((item, index) => [`${kind}${index}`, make(item)] as const))

/** The spec that `data` describes. */
export function specOf(data: MachineData): Spec {
  const predicate = (e: Bool) => (s: State) => bool(e, at(s))
  const definition: MachineDefinition<State> = {
    init: data.init,
    actions: named('action', data.actions, (body) => (s: State) => outcome(body, at(s)) as Outcome<State>),
    invariants: named('invariant', data.invariants, predicate),
    transitions: named(
      'transition',
      data.transitions,
      (e) => (before: State, after: State, step: StepLabel) => related(e, before, after, step),
    ),
    sometimes: named('sometimes', data.sometimes, predicate),
    alwaysPossible: named('goal', data.alwaysPossible, predicate),
    constraints: named('constraint', data.constraints, predicate),
    terminal: data.terminal[0] === 'is' ? data.terminal[1] : predicate(data.terminal),
  }
  return spec('random', {}, () => new Machine<State>(definition as MachineDefinition<unknown>, undefined))
}
