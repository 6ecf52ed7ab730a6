import { Record as ImmutableRecord, type List, type Map, type RecordOf, type Set } from 'immutable'

/**
 * A machine as data, so that fast-check can print and shrink it. Its state has a field of every kind that a spec may use; all
 * numbers are counted modulo {@link base}.
 */
export interface MachineData {
  readonly init: readonly State[]
  readonly actions: readonly Body[]
  readonly invariants: readonly Bool[]
  readonly transitions: readonly Relation[]
  readonly sometimes: readonly Bool[]
  readonly alwaysPossible: readonly Bool[]
  readonly constraints: readonly Bool[]
  readonly terminal: Bool
}

export const base = 4
export const wideMax = 48
export const pointOf = ImmutableRecord({ x: 0, y: 0 }, 'Point')
export type Point = RecordOf<{ x: number; y: number }>
export const processes = ['p1', 'p2', 'p3'] as const
export const modes = ['a', 'b', 'c'] as const
export type Mode = (typeof modes)[number]

export interface State {
  readonly n: number
  readonly mode: Mode
  readonly cell: { readonly x: number; readonly inner: { readonly flag: boolean; readonly tags: Set<string> } }
  readonly proc: Readonly<Record<(typeof processes)[number], number>>
  readonly red: Set<number>
  readonly blue: Set<number>
  /** A set of up to {@link wideMax} elements: more than fit a chunk, or a word. */
  readonly wide: Set<number>
  readonly point: Point
  /** Sets as elements of a set. */
  readonly nested: Set<Set<number>>
  readonly table: Map<number, number>
  readonly queue: List<number>
  readonly pair: readonly number[]
  /** A set that may turn into something else. */
  readonly hole: Set<number> | null
}

export type Num =
  | readonly ['is', number]
  | readonly ['n']
  | readonly ['x']
  | readonly ['proc', number]
  | readonly ['chosenProc']
  | readonly ['chosen', number]
  | readonly ['size', SetOf]
  | readonly ['sum', SetOf]
  | readonly ['length']
  | readonly ['first']
  | readonly ['pair', number]
  | readonly ['mapped', Num]
  | readonly ['pointX' | 'keptX' | 'wideSize' | 'wideSum']
  | readonly ['plus', Num, Num]

export type SetOf =
  | readonly ['red']
  | readonly ['blue']
  /** What `keep` took along, of the part before a choice. */
  | readonly ['kept']
  | readonly ['hole']
  | readonly ['of', readonly Num[]]
  | readonly ['add' | 'delete' | 'toggle', SetOf, Num]
  | readonly ['union' | 'intersect', SetOf, SetOf]
  | readonly ['shifted' | 'even' | 'rebuilt', SetOf]
  | readonly ['mutated', SetOf, Num]

export type Bool =
  | readonly ['is', boolean]
  | readonly ['less' | 'equal', Num, Num]
  | readonly ['mode', Mode]
  | readonly ['flag']
  | readonly ['has', SetOf, Num]
  | readonly ['tagged', string]
  | readonly ['nests', SetOf]
  | readonly ['same' | 'subset', SetOf, SetOf]
  | readonly ['some', SetOf, Num]
  | readonly ['queued' | 'known' | 'everyProc' | 'wideHas', Num]
  | readonly ['not', Bool]
  | readonly ['and' | 'or', Bool, Bool]

export type Update =
  | readonly ['n' | 'x' | 'chosenProc' | 'push' | 'drop', Num]
  | readonly ['mode', Mode]
  | readonly ['flag', Bool]
  | readonly ['tag' | 'untag', string]
  | readonly ['proc', number, Num]
  | readonly ['red' | 'blue' | 'hole', SetOf]
  | readonly ['emptyHole']
  | readonly ['fill', Num, Num]
  | readonly ['widen' | 'narrow' | 'point' | 'cell' | 'procs', Num]
  | readonly ['nest' | 'unnest', SetOf]
  | readonly ['put', Num, Num]
  | readonly ['shift']
  | readonly ['pair', number, Num]

export type Over =
  | readonly ['numbers', number]
  | readonly ['procs']
  | readonly ['set', SetOf]
  | readonly ['queue']
  | readonly ['keys']
  | readonly ['nested']
  | readonly ['wide']

export type Leaf = readonly ['patch', readonly Update[]] | readonly ['disabled', false | null | undefined]
export type Body =
  | Leaf
  | readonly ['outcomes', readonly Leaf[]]
  | readonly ['when', Bool, Body, Body]
  | readonly ['keep', SetOf, Body]
  | readonly ['choose', Over, Body]

/** What a transition property says: something of the number before, the number after, and the step. */
export type Relation =
  | readonly ['notLess', Num]
  | readonly ['same', Bool]
  | readonly ['shrinks', SetOf]
  | readonly ['notBy', number]
  | readonly ['argsBelow', number]
