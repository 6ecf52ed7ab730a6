import fc from 'fast-check'
import { List, Map, Set } from 'immutable'
import {
  type Body,
  type Bool,
  base,
  type Leaf,
  type MachineData,
  modes,
  type Num,
  type Over,
  pointOf,
  processes,
  type Relation,
  type SetOf,
  type State,
  type Update,
  wideMax,
} from './machine-data.js'

const digit = fc.nat({ max: base - 1 })
const place = fc.nat({ max: processes.length - 1 })
const tag = fc.constantFrom('red', 'green')
const mode = fc.constantFrom(...modes)
const digits = fc.array(digit, { maxLength: 3 })

const stateArbitrary: fc.Arbitrary<State> = fc.record({
  n: digit,
  mode,
  cell: fc.record({
    x: digit,
    inner: fc.record({ flag: fc.boolean(), tags: fc.array(tag, { maxLength: 2 }).map((tags) => Set(tags)) }),
  }),
  proc: fc.record({ p1: digit, p2: digit, p3: digit }),
  red: digits.map((elements) => Set(elements)),
  blue: digits.map((elements) => Set(elements)),
  wide: fc.constantFrom(0, 3, 20, 40).map((size) => Set(Array.from({ length: size }, (_, index) => (index * 7) % wideMax))),
  point: fc.record({ x: digit, y: digit }).map((fields) => pointOf(fields)),
  nested: fc.array(digits, { maxLength: 2 }).map((sets) => Set(sets.map((elements) => Set(elements)))),
  table: fc.array(fc.tuple(digit, digit), { maxLength: 2 }).map((entries) => Map(entries)),
  queue: digits.map((elements) => List(elements)),
  pair: fc.array(digit, { minLength: 2, maxLength: 2 }),
  hole: fc.option(digits.map((elements) => Set(elements))),
})

type Expressions = {
  num: Num
  set: SetOf
  bool: Bool
}

/** Expressions of every kind, the simple ones first: fast-check shrinks towards the first. */
const expressions = fc.letrec<Expressions>((tie) => {
  const [num, set, bool] = [tie('num'), tie('set'), tie('bool')]
  const is = <const K extends string>(kind: K) => fc.constant(kind)
  return {
    num: fc.oneof(
      { maxDepth: 2, depthIdentifier: 'expression', depthSize: 'max' },
      { weight: 4, arbitrary: fc.tuple(is('is'), digit) },
      { weight: 4, arbitrary: fc.tuple(is('chosen'), fc.nat({ max: 1 })) },
      {
        weight: 2,
        arbitrary: fc.constantFrom<Num>(
          ['n'],
          ['x'],
          ['chosenProc'],
          ['length'],
          ['first'],
          ['pointX'],
          ['keptX'],
          ['wideSize'],
          ['wideSum'],
        ),
      },
      fc.tuple(is('proc'), place),
      fc.tuple(is('pair'), fc.nat({ max: 1 })),
      fc.tuple(is('size'), set),
      fc.tuple(is('sum'), set),
      fc.tuple(is('mapped'), num),
      { weight: 3, arbitrary: fc.tuple(is('plus'), num, num) },
    ),
    set: fc.oneof(
      { maxDepth: 2, depthIdentifier: 'expression', depthSize: 'max' },
      { weight: 6, arbitrary: fc.constantFrom<SetOf>(['red'], ['blue'], ['hole'], ['kept']) },
      fc.tuple(is('of'), fc.array(num, { maxLength: 2 })),
      { weight: 3, arbitrary: fc.tuple(fc.constantFrom('add', 'delete', 'toggle'), set, num) },
      fc.tuple(fc.constantFrom('union', 'intersect'), set, set),
      fc.tuple(fc.constantFrom('shifted', 'even', 'rebuilt'), set),
      fc.tuple(is('mutated'), set, num),
    ),
    bool: fc.oneof(
      { maxDepth: 2, depthIdentifier: 'expression', depthSize: 'max' },
      fc.tuple(is('is'), fc.boolean()),
      { weight: 4, arbitrary: fc.tuple(fc.constantFrom('less', 'equal'), num, num) },
      { weight: 4, arbitrary: fc.tuple(is('has'), set, num) },
      fc.tuple(is('mode'), mode),
      fc.constant<Bool>(['flag']),
      fc.tuple(is('tagged'), tag),
      fc.tuple(is('nests'), set),
      fc.tuple(fc.constantFrom('same', 'subset'), set, set),
      fc.tuple(is('some'), set, num),
      fc.tuple(fc.constantFrom('queued', 'known', 'everyProc', 'wideHas'), num),
      { weight: 2, arbitrary: fc.tuple(is('not'), bool) },
      { weight: 2, arbitrary: fc.tuple(fc.constantFrom('and', 'or'), bool, bool) },
    ),
  }
})
const { num, set, bool } = expressions

/** Updates that lead on, so that spaces are not only a few states: count up, take in and out, send and receive. */
const one = fc.constantFrom<Num>(['is', 1], ['is', 2], ['chosen', 0])
const advance: fc.Arbitrary<Update> = fc.oneof(
  fc.tuple(fc.constantFrom('n'), fc.tuple(fc.constant('plus'), fc.constant<Num>(['n']), one)),
  fc.tuple(fc.constantFrom('x'), fc.tuple(fc.constant('plus'), fc.constant<Num>(['x']), one)),
  fc.tuple(fc.constantFrom('chosenProc'), fc.tuple(fc.constant('plus'), fc.constant<Num>(['chosenProc']), one)),
  fc.tuple(fc.constantFrom('red'), fc.tuple(fc.constantFrom('toggle', 'add'), fc.constant<SetOf>(['red']), num)),
  fc.tuple(fc.constantFrom('blue'), fc.tuple(fc.constantFrom('toggle', 'delete'), fc.constant<SetOf>(['blue']), num)),
  fc.tuple(fc.constant('mode'), mode),
)

const update: fc.Arbitrary<Update> = fc.oneof(
  { weight: 14, arbitrary: advance },
  fc.tuple(fc.constantFrom('n', 'x', 'chosenProc', 'push', 'drop'), num),
  fc.tuple(fc.constant('mode'), mode),
  fc.tuple(fc.constant('flag'), bool),
  fc.tuple(fc.constantFrom('tag', 'untag'), tag),
  fc.tuple(fc.constant('proc'), place, num),
  { weight: 3, arbitrary: fc.tuple(fc.constantFrom('red', 'blue', 'hole'), set) },
  fc.tuple(fc.constantFrom('nest', 'unnest'), set),
  fc.tuple(fc.constant('put'), num, num),
  { weight: 2, arbitrary: fc.tuple(fc.constant('fill'), num, num) },
  { weight: 3, arbitrary: fc.tuple(fc.constantFrom('widen', 'narrow', 'point', 'cell', 'procs'), num) },
  fc.constantFrom<Update>(['emptyHole'], ['shift']),
  fc.tuple(fc.constant('pair'), fc.nat({ max: 1 }), num),
)

const over: fc.Arbitrary<Over> = fc.oneof(
  fc.tuple(fc.constant('numbers'), fc.nat({ max: 3 })),
  fc.constantFrom<Over>(['procs'], ['queue'], ['keys'], ['nested'], ['wide']),
  { weight: 2, arbitrary: fc.tuple(fc.constant('set'), set) },
)

const leaf: fc.Arbitrary<Leaf> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constant('patch'), fc.array(update, { minLength: 1, maxLength: 2, size: 'max' })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Leaf>(['patch', []], ['disabled', false], ['disabled', undefined], ['disabled', null]),
  },
)

const { body } = fc.letrec<{ body: Body }>((tie) => ({
  body: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'body', depthSize: 'max' },
    { weight: 3, arbitrary: leaf },
    { weight: 1, arbitrary: fc.tuple(fc.constant('outcomes'), fc.array(leaf, { maxLength: 3 })) },
    { weight: 1, arbitrary: fc.tuple(fc.constant('when'), bool, tie('body'), fc.constant<Body>(['disabled', false])) },
    { weight: 1, arbitrary: fc.tuple(fc.constant('when'), bool, tie('body'), tie('body')) },
    { weight: 3, arbitrary: fc.tuple(fc.constant('choose'), over, tie('body')) },
    { weight: 1, arbitrary: fc.tuple(fc.constant('keep'), set, fc.tuple(fc.constant('choose'), over, tie('body'))) },
  ),
}))

/** How many choices among the elements of `wide` are within each other. */
function wideChoices(of: Body): number {
  switch (of[0]) {
    case 'choose':
      return wideChoices(of[2]) + (of[1][0] === 'wide' ? 1 : 0)
    case 'keep':
      return wideChoices(of[2])
    case 'when':
      return Math.max(wideChoices(of[2]), wideChoices(of[3]))
    default:
      return 0
  }
}
/** Three would be a hundred thousand steps from a state. */
const action = body.filter((of) => wideChoices(of) < 3)

/** A conjunction that few states satisfy, so that shortest behaviours to it are long. */
const rare = fc
  .tuple(digit, digit, mode, bool)
  .map(([n, x, m, e]): Bool => ['and', ['and', ['equal', ['n'], ['is', n]], ['equal', ['x'], ['is', x]]], ['or', ['mode', m], e]])
const never = rare.map((e): Bool => ['not', e])

const relation: fc.Arbitrary<Relation> = fc.oneof(
  fc.tuple(fc.constant('notLess'), num),
  fc.tuple(fc.constant('same'), bool),
  fc.tuple(fc.constant('shrinks'), set),
  fc.tuple(fc.constant('notBy'), fc.nat({ max: 3 })),
  fc.tuple(fc.constant('argsBelow'), digit),
)

/** Machines whose spaces mostly have tens of states; a few have one, a few have thousands. */
export const machineArbitrary: fc.Arbitrary<MachineData> = fc.record({
  init: fc.array(stateArbitrary, { minLength: 1, maxLength: 3 }),
  actions: fc.array(action, { minLength: 3, maxLength: 6, size: 'max' }),
  invariants: fc.array(fc.oneof({ weight: 3, arbitrary: never }, bool), { maxLength: 3 }),
  transitions: fc.array(relation, { maxLength: 2 }),
  sometimes: fc.array(fc.oneof(rare, bool), { maxLength: 2 }),
  alwaysPossible: fc.array(fc.oneof(rare, bool), { maxLength: 2 }),
  constraints: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, fc.array(fc.oneof(never, bool), { maxLength: 2 })),
  terminal: bool,
})
