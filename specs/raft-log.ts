/**
 * Raft's log without messages: what elections and replication do to the logs of a few servers, and why a leader counts only
 * entries of its own term as committed (figure 8 of the paper).
 *
 * Topic: consensus
 * Granularity: coarse. One step is a whole election, by any majority; one request of a client; one AppendEntries with its
 * answer, which brings a follower all that it lacks; a leader finding entries committed, or answering a read. A candidate takes
 * the term after the highest in its majority, so terms that are missed in between cost nothing.
 * Source: D. Ongaro, J. Ousterhout, "In search of an understandable consensus algorithm", 2014; the properties are those of its
 * figure 3 (all but one), the mutant `commitAnyTerm` is its figure 8. What the paper shows with five servers happens with
 * three.
 * Parameters: `servers`; `terms`, the highest term; `entries`, the most that a log may hold: 17,632 states; 13,069 with four
 * terms and one entry, 109,237 with four and two.
 * Faults: none of their own. Who is not in a majority, and who is not told, may be slow, cut off or down.
 * Expected: all properties hold. Each mutant leaves out a line of the rules.
 *
 * What a newcomer learns: that an entry is on a majority does not make it safe; a log can be overwritten by one that ends in a
 * later term, however short. Only an entry of the present term keeps such logs from winning.
 */

import { choose, ids, integer, machine, others, recordOf, spec } from 'faultline'
import { Map, Set } from 'immutable'

/** An entry is known by its index and by the term of the leader that took it in. */
type Log = readonly number[]

/** An entry that counts as committed, since a leader of term `by` found it to be. */
interface Committed {
  readonly index: number
  readonly entry: number
  readonly by: number
}

export default spec(
  'raft-log',
  {
    servers: integer(3, { min: 2, max: 5 }),
    terms: integer(3, { min: 1, max: 5 }),
    entries: integer(2, { min: 1, max: 3 }),
  },
  ({ servers, terms, entries }, mutant) => {
    const SERVERS = ids('s', servers)
    type Server = (typeof SERVERS)[number]
    const size = Math.floor(servers / 2) + (mutant === 'halfQuorum' ? 0 : 1)
    const QUORUMS = subsets(SERVERS).filter((subset) => subset.length >= size)

    const init = {
      term: recordOf(SERVERS, 0),
      log: recordOf(SERVERS, [] as Log),
      leads: recordOf(SERVERS, false as boolean),
      /** Who ever led a term. */
      leaders: Map<number, Set<Server>>(),
      committed: Set<Committed>(),
    }
    type State = typeof init

    /** Whether `log` may lead a server that has `other`. */
    const isUpToDate = (log: Log, other: Log) => {
      const [last, otherLast] = [log.at(-1) ?? 0, other.at(-1) ?? 0]
      if (mutant === 'noUpToDateCheck') return true
      if (mutant === 'lengthOnly') return log.length >= other.length
      if (mutant === 'lastTermOnly') return last >= otherLast
      return last > otherLast || (last === otherLast && log.length >= other.length)
    }
    /** The log of a follower after its leader's has come. What it has besides stays, unless it contradicts. */
    const merged = (own: Log, leaders: Log): Log => {
      if (leaders.every((entry, index) => own[index] === entry)) return own
      return mutant === 'noTruncation' ? [...own, ...leaders.slice(own.length)] : leaders
    }
    /** Whether the leader may take `length` entries for committed. Answers of servers in a later term do not count. */
    const committable = ({ log, term }: State, leader: Server, length: number) => {
      const has = (r: Server) =>
        term[r] === term[leader] && log[leader].slice(0, length).every((entry, index) => log[r][index] === entry)
      const isOwn = log[leader][length - 1] === term[leader] || mutant === 'commitAnyTerm'
      return isOwn && (SERVERS.filter(has).length >= size || mutant === 'commitWithoutMajority')
    }

    return machine({
      init,
      actions: {
        elect: (s) =>
          choose(SERVERS, (candidate) =>
            choose(QUORUMS, (voters) => {
              const term = 1 + Math.max(...voters.map((voter) => s.term[voter]))
              const granted = voters.every((voter) => isUpToDate(s.log[candidate], s.log[voter]))
              if (term > terms || !granted || !voters.includes(candidate)) return undefined
              return {
                term: recordOf(voters, term),
                leads: { ...recordOf(voters, false), [candidate]: true },
                leaders: s.leaders.update(term, Set(), (ids) => ids.add(candidate)),
              }
            }),
          ),
        request: (s) =>
          choose(SERVERS, (r) => s.leads[r] && s.log[r].length < entries && { log: { [r]: [...s.log[r], s.term[r]] } }),
        append: (s) =>
          choose(SERVERS, (leader) =>
            choose(others(SERVERS, leader), (follower) => {
              const isCurrent = s.term[follower] <= s.term[leader]
              if (!s.leads[leader] || !(isCurrent || mutant === 'staleAppend')) return undefined
              const log = { [follower]: merged(s.log[follower], s.log[leader]) }
              return isCurrent ? { log, term: { [follower]: s.term[leader] }, leads: { [follower]: false } } : { log }
            }),
          ),
        commit: (s) =>
          choose(SERVERS, (leader) => {
            const log = s.log[leader].map((entry, index) => ({ index: index + 1, entry, by: s.term[leader] }))
            return choose(
              log.map(({ index }) => index),
              (length) => {
                if (!s.leads[leader] || !committable(s, leader, length)) return undefined
                const isNew = (found: Committed) => !s.committed.some((c) => c.index === found.index && c.entry === found.entry)
                return { committed: s.committed.union(log.slice(0, length).filter(isNew)) }
              },
            )
          }),
        /** A leader answers a read from its log. It has asked a majority first whether it still leads, and changes nothing. */
        read: (s) =>
          choose(SERVERS, (leader) => {
            const confirmed = SERVERS.filter((r) => s.term[r] === s.term[leader]).length >= size
            return s.leads[leader] && (confirmed || mutant === 'localRead') && {}
          }),
      },
      invariants: {
        electionSafety: (s) => s.leaders.every((ids) => ids.size === 1),
        logMatching: (s) => SERVERS.every((a) => SERVERS.every((b) => agree(s.log[a], s.log[b]))),
        leaderCompleteness: (s) => {
          const lacks = (leader: Server, { index, entry, by }: Committed) =>
            by < s.term[leader] && s.log[leader][index - 1] !== entry
          const leader = SERVERS.find((r) => s.leads[r] && s.committed.some((committed) => lacks(r, committed)))
          return leader === undefined || { because: `${leader} leads without an entry that was committed in an earlier term` }
        },
        stateMachineSafety: (s) => s.committed.every((a) => s.committed.every((b) => a.index !== b.index || a.entry === b.entry)),
      },
      transitions: {
        readsAllCommitted: (s, _after, { action, args: [reader] }) => {
          const leader = SERVERS.find((r) => r === reader)
          if (action !== 'read' || leader === undefined) return true
          const missed = s.committed.find(({ index, entry }) => s.log[leader][index - 1] !== entry)
          return missed === undefined || { because: `${leader} answers a read without an entry that is committed`, missed }
        },
      },
      sometimes: {
        committedInLastTerm: (s) => s.committed.some(({ index, by }) => index === entries && by === terms),
        overwritten: (s) => SERVERS.some((a) => SERVERS.some((b) => conflict(s.log[a], s.log[b]))),
      },
    })
  },
  {
    expected: { states: 17_632, depth: 12 },
    mutants: {
      /** A server votes for candidates that lack entries of its log. */
      noUpToDateCheck: { violates: 'leaderCompleteness', steps: 5 },
      /** The longer log wins, whatever terms it ends in. */
      lengthOnly: { violates: 'leaderCompleteness', steps: 7 },
      /** The log with the later last term wins, however much it lacks of it. */
      lastTermOnly: { violates: 'leaderCompleteness', steps: 7 },
      /** Figure 8: a leader counts the copies of an entry of an earlier term, and takes it for committed. */
      commitAnyTerm: { with: { terms: 4, entries: 1 }, violates: 'leaderCompleteness', steps: 8 },
      /** A leader takes an entry for committed as soon as it is in its own log. */
      commitWithoutMajority: { violates: 'leaderCompleteness', steps: 4 },
      /** A follower keeps its entries where the leader's differ, and takes over only what is behind them. */
      noTruncation: { violates: 'logMatching', steps: 6 },
      /** A follower takes entries from a leader of an earlier term. */
      staleAppend: { violates: 'logMatching', steps: 8 },
      /** A leader answers reads without asking anybody, though others may have elected another by now. */
      localRead: { violates: 'readsAllCommitted', steps: 6 },
      /** Half of the servers are a quorum, and the other half are another. */
      halfQuorum: { with: { servers: 4 }, violates: 'electionSafety', steps: 2 },
    },
  },
)

function subsets<T>([first, ...rest]: readonly T[]): readonly (readonly T[])[] {
  return first === undefined ? [[]] : subsets(rest).flatMap((subset) => [[first, ...subset], subset])
}

/** Whether two logs with an entry of the same index and term are the same up to it. */
function agree(a: Log, b: Log): boolean {
  const last = a.findLastIndex((entry, index) => b[index] === entry)
  return a.slice(0, last + 1).every((entry, index) => b[index] === entry)
}

const conflict = (a: Log, b: Log) => a.some((entry, index) => index < b.length && b[index] !== entry)
