/**
 * Kafka's replication of one partition: a leader and its in-sync replicas (ISR), and four sets of rules, each of which was to
 * mend the one before, for what a replica cuts off its log when it becomes a follower.
 *
 * Topic: replication
 * Granularity: coarse. One step is a decision of the controller, a replica heeding one of its requests, a write at a leader,
 * one record fetched by a follower, or a leader changing its ISR or high watermark. The controller and the current leader see
 * each other's changes of the ISR at once. Requests may be heeded late or never, newer ones first.
 * Source: J. Gustafson, hachikuji/kafka-specification, in TLA+; Kafka improvement proposals KIP-101, KIP-279, KIP-320. As
 * there, a request that names no leader is heeded by nobody, and the controller may shrink the ISR of a partition without
 * leader to nothing.
 * Parameters: `rules`; `replicas`; `records`, how many are written, which is also how long a log may get; `epochs`, how often
 * the controller decides. 5,973 states, 9,027 with `kip279`; 737,794 with three replicas.
 * Faults: none, but the controller takes replicas for dead, or makes others leader, whenever it likes.
 * Expected: `kip320` holds, and with two replicas `kip279` does. All others lose records that a leader took for committed. Of
 * what KIP-320 added nothing can be spared once there are three replicas.
 *
 * What a newcomer learns: a fix that no counterexample is left of at one size may have some at the next.
 */

import { choose, ids, integer, machine, oneOf, others, recordOf, spec, type Truth } from 'faultline'
import { Set } from 'immutable'

type Id = `r${number}`

interface Entry {
  readonly id: number
  /** The epoch of the leader that took it in. */
  readonly epoch: number
}

/** Who leads and who is in sync, as the controller has it or as a replica has last heard. */
interface Leadership {
  readonly epoch: number
  readonly leader: Id | null
  readonly isr: Set<Id>
}

interface Replica extends Leadership {
  readonly log: readonly Entry[]
  /** The replica knows the records before this offset to be committed. */
  readonly highWatermark: number
}

export default spec(
  'kafka-isr',
  {
    rules: oneOf('kip320', ['truncateToHighWatermark', 'kip101', 'kip279', 'kip320']),
    replicas: integer(2, { min: 2, max: 3 }),
    records: integer(2, { min: 1, max: 4 }),
    epochs: integer(3, { min: 1, max: 5 }),
  },
  ({ rules, replicas, records, epochs }, mutant) => {
    const REPLICAS: readonly Id[] = ids('r', replicas)
    /** Whether a leader deals with followers of its own epoch only. */
    const fenced = rules === 'kip320'

    const unaware: Replica = { epoch: -1, leader: null, isr: Set(), log: [], highWatermark: 0 }
    const elected: Leadership = { epoch: -1, leader: null, isr: Set(REPLICAS) }
    const init = {
      replica: recordOf(REPLICAS, unaware),
      quorum: elected,
      /** What the controller has told, by epoch. */
      requests: [] as readonly Leadership[],
      written: 0,
    }
    type State = typeof init

    const decide = ({ quorum, requests }: State, decision: Partial<Leadership>) => {
      const next = { ...quorum, ...decision, epoch: quorum.epoch + 1 }
      return next.epoch < epochs && { quorum: next, requests: [...requests, next] }
    }
    const newer = (s: State, r: Id) => s.requests.slice(s.replica[r].epoch + 1)
    const leaders = (s: State) => REPLICAS.filter((r) => s.replica[r].leader === r)
    /** Only the leader whom the quorum has may change the ISR. */
    const trueLeader = (s: State) => leaders(s).filter((r) => s.quorum.leader === r && s.quorum.epoch === s.replica[r].epoch)
    const withIsr = (leader: Id, isr: Set<Id>) => ({ quorum: { isr }, replica: { [leader]: { isr } } })

    const isInEpoch = (s: State, leader: Id, epoch: number) =>
      s.replica[leader].leader === leader && s.replica[leader].epoch === epoch
    const follows = ({ replica }: State, r: Id, leader: Id) =>
      replica[r].leader === leader && (!fenced || mutant === 'unfencedFetch' || replica[r].epoch === replica[leader].epoch)
    /** Only then does a leader know that it has no lower a high watermark than the leaders before it. */
    const hasReachedOwnEpoch = ({ log, highWatermark, epoch }: Replica) =>
      highWatermark === log.length || log[highWatermark]?.epoch === epoch

    /** Where `follower` cuts its log. */
    const truncationOffset = (follower: Replica, leader: Replica): number => {
      const { log, highWatermark } = follower
      if (rules === 'truncateToHighWatermark') return highWatermark
      if (rules !== 'kip101') return 1 + log.findLastIndex((entry, offset) => isSame(entry, leader.log[offset]))
      const last = log.at(-1)
      if (last === undefined) return 0
      if (last.epoch === leader.log.at(-1)?.epoch) return leader.log.length
      const endOfEpoch = leader.log.findIndex(({ epoch }) => epoch > last.epoch)
      return endOfEpoch < 0 ? highWatermark : endOfEpoch
    }

    /** `replica` may be in the ISR of `leader`; does it have what the leader takes for committed? */
    const keeps = (s: State, r: Id, leader: Id) => {
      const committed = s.replica[leader].log.slice(0, s.replica[leader].highWatermark)
      const lost = committed.find((entry, offset) => !isSame(entry, s.replica[r].log[offset]))
      return lost === undefined || { because: `${r} is in sync, and lacks what ${leader} takes for committed`, lost }
    }

    return machine({
      init,
      actions: {
        controllerElectLeader: (s) => choose(s.quorum.isr, (r) => s.quorum.leader !== r && decide(s, { leader: r })),
        controllerShrinkIsr: (s) =>
          choose(s.quorum.isr, (r) => {
            const { leader, isr } = s.quorum
            if (leader !== r) return decide(s, { isr: isr.delete(r) })
            return decide(s, { leader: null, isr: isr.size === 1 ? isr : isr.delete(r) })
          }),
        becomeLeader: (s) =>
          choose(REPLICAS, (r) =>
            choose(
              newer(s, r).map(({ epoch }) => epoch),
              (epoch) => s.requests[epoch]?.leader === r && { replica: { [r]: s.requests[epoch] } },
            ),
          ),
        becomeFollower: (s) =>
          choose(REPLICAS, (r) =>
            choose(
              newer(s, r).map(({ epoch }) => epoch),
              (epoch) => {
                const { leader = null, isr = unaware.isr } = s.requests[epoch] ?? {}
                if (leader === null || leader === r) return undefined
                if (fenced && mutant !== 'unfencedTruncation' && !isInEpoch(s, leader, epoch)) return undefined
                const { log, highWatermark } = s.replica[r]
                const offset = truncationOffset(s.replica[r], s.replica[leader])
                if (offset > log.length) return undefined
                const truncated = { log: log.slice(0, offset), highWatermark: Math.min(offset, highWatermark) }
                return { replica: { [r]: { epoch, leader, isr, ...truncated } } }
              },
            ),
          ),
        leaderWrite: (s) =>
          s.written < records &&
          choose(leaders(s), (leader) => {
            const { log, epoch } = s.replica[leader]
            return { replica: { [leader]: { log: [...log, { id: s.written, epoch }] } }, written: s.written + 1 }
          }),
        followerFetch: (s) =>
          choose(leaders(s), (leader) =>
            choose(others(REPLICAS, leader), (r) => {
              const { log } = s.replica[r]
              const next = s.replica[leader].log[log.length]
              if (next === undefined || !follows(s, r, leader)) return undefined
              const highWatermark = Math.min(s.replica[leader].highWatermark, log.length + 1)
              return { replica: { [r]: { log: [...log, next], highWatermark } } }
            }),
          ),
        leaderIncHighWatermark: (s) =>
          choose(leaders(s), (leader) => {
            const { highWatermark, isr } = s.replica[leader]
            const acknowledged = isr.add(leader).every((r) => follows(s, r, leader) && s.replica[r].log.length > highWatermark)
            return acknowledged && { replica: { [leader]: { highWatermark: highWatermark + 1 } } }
          }),
        leaderShrinkIsr: (s) =>
          choose(trueLeader(s), (leader) => {
            const { isr, log } = s.replica[leader]
            const isBehind = (r: Id) => !follows(s, r, leader) || s.replica[r].log.length < log.length
            return choose(isr.delete(leader), (r) => isBehind(r) && withIsr(leader, isr.delete(r)))
          }),
        leaderExpandIsr: (s) =>
          choose(trueLeader(s), (leader) => {
            const { isr, highWatermark, log } = s.replica[leader]
            const mayExpand =
              fenced && mutant !== 'expandEarly' ? hasReachedOwnEpoch(s.replica[leader]) : highWatermark <= log.length
            const isCaughtUp = (r: Id) => follows(s, r, leader) && s.replica[r].log.length >= highWatermark
            return mayExpand && choose(REPLICAS, (r) => !isr.has(r) && isCaughtUp(r) && withIsr(leader, isr.add(r)))
          }),
      },
      invariants: {
        /** In the ISR that a leader knows of. */
        weakIsr: (s) => firstFalse(leaders(s), (leader) => firstFalse(s.replica[leader].isr, (r) => keeps(s, r, leader))),
        /** In the ISR that the next leader is chosen from. */
        strongIsr: (s) => firstFalse(leaders(s), (leader) => firstFalse(s.quorum.isr, (r) => keeps(s, r, leader))),
      },
      sometimes: {
        allCommitted: (s) =>
          trueLeader(s).some((r) => s.replica[r].highWatermark === records && s.replica[r].isr.size === replicas),
        logsDiverge: (s) => REPLICAS.some((a) => REPLICAS.some((b) => diverge(s.replica[a].log, s.replica[b].log))),
      },
      // All epochs are spent, or nobody is left to lead.
      terminal: (s) => s.requests.length === epochs || s.quorum.isr.isEmpty(),
    })
  },
  {
    expected: { states: 5973, depth: 17 },
    mutants: {
      /** A follower keeps only what it knows to be committed; it is late to know. */
      truncateToHighWatermark: { with: { rules: 'truncateToHighWatermark' }, violates: 'weakIsr', steps: 8 },
      /** The leader tells where the epoch of the follower's last record ends; where it cannot, the high watermark counts. */
      kip101: { with: { rules: 'kip101' }, violates: 'weakIsr', steps: 11 },
      /** The follower keeps what it shares with the leader; with three replicas, that may be a leader of another epoch. */
      kip279: { with: { rules: 'kip279', replicas: 3 }, violates: 'weakIsr', steps: 10 },
      /** KIP-320, but a follower may compare its log with a leader's that is not yet in the epoch. */
      unfencedTruncation: { with: { replicas: 3 }, violates: 'weakIsr', steps: 13 },
      /** KIP-320, but a leader does not ask followers for their epoch. */
      unfencedFetch: { with: { replicas: 3 }, violates: 'weakIsr', steps: 12 },
      /** KIP-320, but a follower joins the ISR before the leader knows what was committed before it. */
      expandEarly: { with: { replicas: 3, epochs: 2 }, violates: 'strongIsr', steps: 11 },
    },
  },
)

const isSame = (a: Entry | undefined, b: Entry | undefined) => a?.id === b?.id && a?.epoch === b?.epoch

const diverge = (a: readonly Entry[], b: readonly Entry[]) =>
  a.some((entry, offset) => offset < b.length && !isSame(entry, b[offset]))

/** `true`, or the first other answer. */
function firstFalse<T>(among: Iterable<T>, holds: (element: T) => Truth): Truth {
  for (const element of among) {
    const truth = holds(element)
    if (truth !== true) return truth
  }
  return true
}
