/**
 * Gossip as an article codes it: a node makes the status of another the same as its own.
 *
 * Topic: membership
 * Claim: "target = random.choice(self.nodes); if self.status != target.status: target.update_status(self.status)" (Five
 * articles on faults in distributed systems, in Chinese; article 002, section 4.3.2, lines 319 to 325.)
 * Why it is wrong: a node has one status, its own, where it should have one for each node that it hears of, with the number of
 * the report. So a node that is ill makes others ill, and one that is well makes the ill one forget that it is.
 * Granularity: one step is a node falling ill, or one round of gossip between two nodes.
 * Source: the article; for what is right A. Das, I. Gupta, A. Motivala, "SWIM", 2002.
 * Parameters: `nodes`, of which the first falls ill.
 * Expected: `noFalseSuspicion` is violated in 2 steps, and so is `reportSurvives`; all five nodes are marked ill after 5.
 *
 * What a newcomer learns: gossip spreads facts about somebody, and each must say about whom and how old it is; swim.ts does.
 */
import { choose, ids, integer, machine, others, recordOf, spec } from 'faultline'

type Status = 'healthy' | 'unhealthy'

export default spec(
  'gossip-overwrites',
  { nodes: integer(5, { min: 2, max: 8 }) },
  ({ nodes }) => {
    const NODES = ids('n', nodes)
    const [FIRST] = NODES

    return machine({
      init: { isIll: recordOf(NODES, false as boolean), status: recordOf(NODES, 'healthy' as Status) },
      actions: {
        fallIll: (s) => !s.isIll[FIRST] && { isIll: { [FIRST]: true }, status: { [FIRST]: 'unhealthy' } },
        gossip: (s) =>
          choose(NODES, (from) =>
            choose(others(NODES, from), (to) => s.status[from] !== s.status[to] && { status: { [to]: s.status[from] } }),
          ),
      },
      invariants: {
        noFalseSuspicion: (s) => {
          const node = NODES.find((n) => s.status[n] === 'unhealthy' && !s.isIll[n])
          return node === undefined || { because: `${node} is well, and marked unhealthy` }
        },
        reportSurvives: (s) =>
          !s.isIll[FIRST] || NODES.some((n) => s.status[n] === 'unhealthy') || { because: `nobody knows that ${FIRST} is ill` },
      },
      sometimes: { allMarked: (s) => NODES.every((n) => s.status[n] === 'unhealthy') },
      // Where all say the same, nobody has anything to tell.
      terminal: true,
    })
  },
  { expected: { violates: 'noFalseSuspicion', steps: 2, violated: { reportSurvives: 2 } } },
)
