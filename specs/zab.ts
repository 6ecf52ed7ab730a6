/**
 * Zab, the atomic broadcast of ZooKeeper: a leader finds out what may have been delivered before it, brings a quorum to that,
 * and only then broadcasts.
 *
 * Topic: replication
 * Granularity: coarse. One step is a whole discovery with a quorum (CEPOCH, NEWEPOCH, ACK-E), the synchronization of one
 * follower (NEWLEADER, ACK-LD), a leader establishing its epoch (COMMIT-LD), a transaction proposed, accepted by one follower
 * (PROPOSE, ACK), or found committed; or a crash with a restart. Whoever is in no discovery and not heard of is slow, cut off
 * or down.
 * Source: F. Junqueira, B. Reed, M. Serafini, "Zab: high-performance broadcast for primary-backup systems", DSN 2011; names of
 * properties also from zookeeper-specifications/protocol-spec of apache/zookeeper.
 * Parameters: `servers`; `epochs`, the highest; `transactions`, the most that a history may hold; `crashes`, how often a leader
 * crashes. 41,028 states, 6,400 with two epochs; without crashes 14,836.
 * Faults: a leader crashes, and starts again as a follower with what is on its disk: the epochs that it accepted and works in,
 * and its history. For a follower that makes no difference here.
 * Expected: all properties hold. Mutants: a leader that begins with its own history; one that commits alone; a follower that
 * writes down its new epoch before the history of it, and is interrupted in between; quorums that need not meet.
 *
 * What a newcomer learns: the epoch that a server works in vouches for its history, so the two must get on disk together, or
 * the history first.
 */

import { choose, ids, integer, machine, others, recordOf, same, spec } from 'faultline'
import { Set } from 'immutable'

type Id = `s${number}`

/** Its epoch, and its place in it: a zxid. */
interface Transaction {
  readonly epoch: number
  readonly counter: number
}
type History = readonly Transaction[]

interface Server {
  /** The last epoch that the server promised to take part in; f.p in the paper. */
  readonly acceptedEpoch: number
  /** The last epoch whose initial history it has; f.a in the paper. */
  readonly currentEpoch: number
  readonly history: History
  readonly leads: 'no' | 'synchronizing' | 'broadcasting'
  /** It says that it works in its current epoch, and does not have the history of it yet. Only a mutant does that. */
  readonly unwritten: boolean
}

/** A transaction that counts as committed, since a leader of epoch `by` found it to be. */
interface Committed {
  readonly index: number
  readonly transaction: Transaction
  readonly by: number
}

export default spec(
  'zab',
  {
    servers: integer(3, { min: 1, max: 5 }),
    epochs: integer(3, { min: 1, max: 4 }),
    transactions: integer(2, { min: 1, max: 3 }),
    crashes: integer(1, { min: 0, max: 2 }),
  },
  ({ servers, epochs, transactions, crashes }, mutant) => {
    const SERVERS: readonly Id[] = ids('s', servers)
    const isQuorum = (group: readonly Id[]) => 2 * group.length > servers - (mutant === 'halfQuorum' ? 1 : 0)
    const QUORUMS = subsets(SERVERS).filter(isQuorum)

    const fresh: Server = { acceptedEpoch: 0, currentEpoch: 0, history: [], leads: 'no', unwritten: false }
    const init = {
      server: recordOf(SERVERS, fresh),
      committed: Set<Committed>(),
      crashes: 0,
    }
    type State = typeof init

    /** Those who are, or were, in the epoch of `leader` with its initial history, and in no later one. */
    const synchronized = ({ server }: State, leader: Id) => {
      const epoch = server[leader].acceptedEpoch
      return SERVERS.filter((r) => server[r].acceptedEpoch === epoch && server[r].currentEpoch === epoch && !server[r].unwritten)
    }
    const isCommitted = ({ committed }: State, index: number, transaction: Transaction | undefined) =>
      committed.some((known) => known.index === index && same(known.transaction, transaction))
    const committing = (s: State, history: History, by: number) => {
      const found = history.map((transaction, index) => ({ index, transaction, by }))
      return s.committed.union(found.filter(({ index, transaction }) => !isCommitted(s, index, transaction)))
    }

    return machine({
      init,
      actions: {
        discover: (s) =>
          choose(SERVERS, (leader) =>
            choose(QUORUMS, (quorum) => {
              const epoch = 1 + Math.max(...quorum.map((r) => s.server[r].acceptedEpoch))
              if (epoch > epochs || !quorum.includes(leader)) return undefined
              const histories = quorum.map((r) => s.server[r]).sort(byEpochAndZxid)
              const history = mutant === 'anyLeader' ? s.server[leader].history : histories.at(-1)?.history
              return {
                server: {
                  ...recordOf(quorum, { acceptedEpoch: epoch, leads: 'no' as const, unwritten: false }),
                  [leader]: { acceptedEpoch: epoch, currentEpoch: epoch, history, leads: 'synchronizing' as const },
                },
              }
            }),
          ),
        synchronize: (s) =>
          choose(SERVERS, (leader) =>
            choose(others(SERVERS, leader), (r) => {
              const { acceptedEpoch: epoch, history, leads } = s.server[leader]
              const { acceptedEpoch, currentEpoch, unwritten } = s.server[r]
              if (leads === 'no' || acceptedEpoch > epoch) return undefined
              if (currentEpoch === epoch) return unwritten && { server: { [r]: { history, unwritten: false } } }
              const entered = { acceptedEpoch: epoch, currentEpoch: epoch, leads: 'no' as const }
              return { server: { [r]: { ...entered, ...(mutant === 'epochBeforeHistory' ? { unwritten: true } : { history }) } } }
            }),
          ),
        establish: (s) =>
          choose(
            SERVERS,
            (leader) =>
              s.server[leader].leads === 'synchronizing' &&
              isQuorum(synchronized(s, leader)) && {
                server: { [leader]: { leads: 'broadcasting' as const } },
                committed: committing(s, s.server[leader].history, s.server[leader].currentEpoch),
              },
          ),
        propose: (s) =>
          choose(SERVERS, (leader) => {
            const { history, leads, currentEpoch } = s.server[leader]
            const counter = history.filter(({ epoch }) => epoch === currentEpoch).length + 1
            return (
              leads === 'broadcasting' &&
              history.length < transactions && {
                server: { [leader]: { history: [...history, { epoch: currentEpoch, counter }] } },
              }
            )
          }),
        accept: (s) =>
          choose(SERVERS, (leader) =>
            choose(others(SERVERS, leader), (r) => {
              const { history } = s.server[r]
              const next = s.server[leader].history[history.length]
              if (s.server[leader].leads !== 'broadcasting' || !synchronized(s, leader).includes(r)) return undefined
              return (
                next !== undefined &&
                startsWith(s.server[leader].history, history) && { server: { [r]: { history: [...history, next] } } }
              )
            }),
          ),
        commit: (s) =>
          choose(SERVERS, (leader) => {
            const { history, leads, currentEpoch } = s.server[leader]
            return choose(history.keys(), (last) => {
              const prefix = history.slice(0, last + 1)
              const have = synchronized(s, leader).filter((r) => startsWith(s.server[r].history, prefix))
              const isNew = !isCommitted(s, last, history[last])
              return (
                leads === 'broadcasting' &&
                isNew &&
                (isQuorum(have) || mutant === 'commitAlone') && { committed: committing(s, prefix, currentEpoch) }
              )
            })
          }),
        crash: (s) =>
          s.crashes < crashes &&
          choose(
            SERVERS,
            (r) =>
              s.server[r].leads !== 'no' && {
                server: { [r]: { leads: 'no' as const } },
                crashes: s.crashes + 1,
              },
          ),
      },
      invariants: {
        /** Of two who lead, one is in a later epoch. */
        leadership: (s) =>
          SERVERS.every((a) =>
            others(SERVERS, a).every(
              (b) =>
                s.server[a].leads === 'no' ||
                s.server[b].leads === 'no' ||
                s.server[a].acceptedEpoch !== s.server[b].acceptedEpoch,
            ),
          ),
        /** Who leads has what was committed in earlier epochs. */
        leaderLogCompleteness: (s) => {
          const lacks = (r: Id, { index, transaction, by }: Committed) =>
            by < s.server[r].acceptedEpoch && !same(s.server[r].history[index], transaction)
          const leader = SERVERS.find((r) => s.server[r].leads !== 'no' && s.committed.some((committed) => lacks(r, committed)))
          return leader === undefined || { because: `${leader} leads, and lacks what was committed in an earlier epoch` }
        },
        /** All deliver the same transactions in the same order. */
        totalOrder: (s) =>
          s.committed.every((a) => s.committed.every((b) => a.index !== b.index || same(a.transaction, b.transaction))),
        /** They are delivered in the order of their epochs, and in an epoch as they were proposed. */
        primaryOrder: (s) =>
          s.committed.every((a) => s.committed.every((b) => a.index >= b.index || isBefore(a.transaction, b.transaction))),
      },
      sometimes: {
        committedInLastEpoch: (s) => s.committed.some(({ transaction }) => transaction.epoch === epochs),
        historiesDiffer: (s) =>
          SERVERS.some((a) =>
            SERVERS.some(
              (b) =>
                !startsWith(s.server[a].history, s.server[b].history) && !startsWith(s.server[b].history, s.server[a].history),
            ),
          ),
      },
      // All epochs are spent.
      terminal: (s) => SERVERS.some((r) => s.server[r].acceptedEpoch === epochs),
    })
  },
  {
    expected: { states: 41_028, depth: 18 },
    mutants: {
      /** Any server may lead, with the history that it has. */
      anyLeader: { violates: 'leaderLogCompleteness', steps: 7 },
      /** A leader waits for no quorum. */
      commitAlone: { violates: 'leaderLogCompleteness', steps: 6 },
      /** A follower writes down its new epoch before the history of it. */
      epochBeforeHistory: { violates: 'leaderLogCompleteness', steps: 10 },
      /** Half of the servers are a quorum, and the other half are another. */
      halfQuorum: { with: { servers: 4 }, violates: 'leadership', steps: 2 },
    },
  },
)

const NONE: Transaction = { epoch: 0, counter: 0 }

function subsets<T>([first, ...rest]: readonly T[]): readonly (readonly T[])[] {
  return first === undefined ? [[]] : subsets(rest).flatMap((subset) => [[first, ...subset], subset])
}

const startsWith = (history: History, prefix: History) => same(history.slice(0, prefix.length), prefix)

const isBefore = (a: Transaction, b: Transaction) => a.epoch < b.epoch || (a.epoch === b.epoch && a.counter < b.counter)

/** In the order in which their histories are to be trusted. */
function byEpochAndZxid(a: Server, b: Server): number {
  const [last, other] = [a.history.at(-1) ?? NONE, b.history.at(-1) ?? NONE]
  return a.currentEpoch - b.currentEpoch || last.epoch - other.epoch || last.counter - other.counter
}
