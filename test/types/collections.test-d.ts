/** Immutable collections as fields, and as the whole state. */

import { choose, machine } from 'faultline'
import { List, Map, OrderedSet, Record, Set, Stack } from 'immutable'

const Point = Record({ x: 0, y: 0 })
const init = {
  map: Map<string, number>(),
  set: Set<'a' | 'b'>(),
  list: List<number>(),
  ordered: OrderedSet<string>(),
  stack: Stack<number>(),
  point: Point(),
  nested: Map<string, Set<number>>(),
}

machine({
  init,
  actions: {
    map: (s) => ({ map: s.map.set('a', 1) }),
    set: (s) => ({ set: s.set.add('a') }),
    list: (s) => s.list.size < 3 && { list: s.list.push(1) },
    ordered: (s) => ({ ordered: s.ordered.add('x') }),
    stack: (s) => ({ stack: s.stack.push(1) }),
    record: (s) => ({ point: s.point.set('x', 1) }),
    nested: (s) => ({ nested: s.nested.update('a', Set(), (set) => set.add(1)) }),
    chosen: (s) => choose(s.set, (element) => ({ set: s.set.delete(element) })),
  },
})

// @ts-expect-error a map's value of another type
machine({ init, actions: { a: (s) => ({ map: s.map.set('a', 'b') }) } })
// @ts-expect-error a map's key of another type
machine({ init, actions: { a: (s) => ({ map: s.map.set(1, 1) }) } })
// @ts-expect-error a set's element outside the union
machine({ init, actions: { a: (s) => ({ set: s.set.add('c') }) } })
// @ts-expect-error a list's element of another type
machine({ init, actions: { a: (s) => ({ list: s.list.push('x') }) } })
// @ts-expect-error a record's field that does not exist
machine({ init, actions: { a: (s) => ({ point: s.point.set('z', 1) }) } })
// @ts-expect-error a collection is replaced as a whole, not patched like a record
machine({ init, actions: { a: () => ({ map: { a: 1 } }) } })
// @ts-expect-error an array where a list is expected
machine({ init, actions: { a: () => ({ list: [1] }) } })

machine({
  init: Map<string, number>(),
  actions: {
    whole: (s) => s.has('x') && s.set('a', 1),
    chosen: (s) => choose([1, 2], (n) => s.set('b', n)),
  },
  invariants: { small: (s) => s.size < 3 },
})

// @ts-expect-error the whole state is a map of numbers
machine({ init: Map<string, number>(), actions: { a: (s) => s.has('x') && s.set('a', 'q') } })
// @ts-expect-error the whole state is a set of numbers, and what is returned is one element
machine({ init: Set<number>(), actions: { a: () => 3 } })
