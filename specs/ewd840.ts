/**
 * Dijkstra's termination detection in a ring: a token goes round to find out whether all nodes are idle, while nodes may still
 * wake each other.
 *
 * Topic: checkpoints
 * Granularity: one step is one node sending a message (received at once), going idle, or passing the token.
 * Source: E. W. Dijkstra, W. H. J. Feijen, A. J. M. van Gasteren, "Derivation of a termination detection algorithm for
 * distributed computations" (EWD 840), 1983; tlaplus/Examples, ewd840. Every state with a black token is an initial state.
 * Parameters: `nodes`: 302 states for 3, 1,566 for 4, 7,742 for 5; five times as many for each further one.
 * Expected: `detectsOnlyTermination` holds. Mutants drop one rule of the colours each.
 *
 * What a newcomer learns: an invariant about what a node may conclude, and how little a token knows that has gone by.
 */
import { choose, ids, integer, machine, recordOf, spec } from 'faultline'

type Colour = 'white' | 'black'

/** Every record of one of `values` under each of `keys`. */
const recordsOf = <K extends string, V>(keys: readonly K[], values: readonly V[]): readonly Readonly<Record<K, V>>[] =>
  keys.reduce<readonly Readonly<Record<K, V>>[]>(
    (all, key) => all.flatMap((record) => values.map((value) => ({ ...record, [key]: value }))),
    [recordOf(keys, values[0])],
  )

export default spec(
  'ewd840',
  { nodes: integer(3, { min: 2, max: 7 }) },
  ({ nodes }, mutant) => {
    const NODES = ids('node', nodes)
    const [FIRST] = NODES
    const LAST = NODES[nodes - 1]
    const OTHERS = NODES.slice(1)
    const place = recordOf(NODES, (n) => NODES.indexOf(n))
    type Node = (typeof NODES)[number]
    type World = {
      readonly active: Readonly<Record<Node, boolean>>
      readonly colour: Readonly<Record<Node, Colour>>
      readonly token: { readonly at: Node; readonly colour: Colour }
    }

    const isDetected = (s: World) =>
      s.token.at === FIRST && s.token.colour === 'white' && s.colour[FIRST] === 'white' && !s.active[FIRST]
    const isIdle = (s: World) => NODES.every((n) => !s.active[n])

    return machine({
      init: recordsOf(NODES, [false, true]).flatMap((active) =>
        recordsOf<Node, Colour>(NODES, ['white', 'black']).flatMap((colour) =>
          NODES.map((at): World => ({ active, colour, token: { at, colour: 'black' } })),
        ),
      ),
      actions: {
        startProbe: (s) =>
          s.token.at === FIRST &&
          (s.token.colour === 'black' || s.colour[FIRST] === 'black') && {
            token: { at: LAST, colour: 'white' },
            colour: { [FIRST]: 'white' },
          },
        passToken: (s) =>
          choose(OTHERS, (n) => {
            const holds = s.token.at === n && (!s.active[n] || s.colour[n] === 'black' || s.token.colour === 'black')
            if (!holds) return false
            const tainted = s.colour[n] === 'black' && mutant !== 'tokenStaysWhite'
            return {
              token: { at: NODES[place[n] - 1], colour: tainted ? 'black' : s.token.colour },
              colour: { [n]: 'white' },
            }
          }),
        send: (s) =>
          choose(NODES, (from) =>
            choose(NODES, (to) => {
              if (from === to || !s.active[from]) return false
              const blackens = place[to] > place[from] && mutant !== 'senderStaysWhite'
              return { active: { [to]: true }, ...(blackens && { colour: { [from]: 'black' } }) }
            }),
          ),
        goIdle: (s) => choose(NODES, (n) => s.active[n] && { active: { [n]: false } }),
      },
      invariants: {
        detectsOnlyTermination: (s) => !isDetected(s) || isIdle(s),
      },
      sometimes: { detected: (s) => isDetected(s) },
      terminal: (s) => isIdle(s) && isDetected(s),
    })
  },
  {
    expected: { states: 302, depth: 8 },
    mutants: {
      tokenStaysWhite: { violates: 'detectsOnlyTermination', steps: 3 },
      senderStaysWhite: { violates: 'detectsOnlyTermination', steps: 5 },
    },
  },
)
