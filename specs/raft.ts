/**
 * Raft: servers elect a leader for each term, and it replicates its log to a majority before an entry counts as committed.
 *
 * Topic: consensus
 * Granularity: one step is one election timeout, one message received and handled, a candidate with enough votes becoming
 * leader, one request of a client, or one fault. Messages are a set that only grows: loss, duplication and reordering come for
 * free. An entry is known by its index and the term of the leader that took it in. What changes nothing for its receiver is not
 * answered.
 * Source: D. Ongaro, J. Ousterhout, "In search of an understandable consensus algorithm", 2014; the properties are those of its
 * figure 3.
 * Parameters: `servers`; `terms`, the highest term; `entries`, the most that a log may hold; `restarts`; `start`, with empty
 * logs or as in part b of the paper's figure 8, eleven steps later, which is where it gets interesting. 297,729 states. Without
 * entries 6,381, and 162,998 with three terms; with two entries many millions.
 * Faults: a restart, in which a server keeps what is on disk: term, vote and log. With a crash that lasts until then 446,715
 * states, with no faults 74,433.
 * Expected: all properties hold. Each mutant leaves out a line of the rules. With coarser steps (an election or a replication at once) counterexamples
 * are about half as long; with finer ones longer: where fsync, sending, adopting a term and advancing the commit index are steps of their own, as in J. Vanlightly's
 * RaftFsync, `fsyncAfterReply` takes 19.
 *
 * What a newcomer learns: every line of the rules is there because of a trace. Take one away, and the trace is found.
 */

import { ids, integer, oneOf, others, protocol, type Role, recordOf, role, spec } from 'faultline'
import { Map, Set } from 'immutable'

type Message =
  | { readonly type: 'requestVote'; readonly term: number; readonly lastIndex: number; readonly lastTerm: number }
  | { readonly type: 'vote'; readonly term: number }
  | {
      readonly type: 'append'
      readonly term: number
      readonly prevIndex: number
      readonly prevTerm: number
      readonly entries: readonly number[]
      readonly commit: number
    }
  | { readonly type: 'appended'; readonly term: number; readonly match: number }
  /** The log has no such previous entry; `next` is where to try. */
  | { readonly type: 'refused'; readonly term: number; readonly next: number }

interface Server {
  readonly term: number
  readonly votedFor: string | null
  /** The term of each entry. */
  readonly log: readonly number[]
  readonly role: 'follower' | 'candidate' | 'leader'
  readonly votes: Set<string>
  /** Of a leader: how many entries it knows each server to share with it. */
  readonly match: { readonly [server: string]: number }
  /** How many entries the server knows to be committed. */
  readonly commit: number
}

interface Ghost {
  /** Who ever led a term. */
  readonly leaders: Map<number, Set<string>>
  /** What leaders committed: by index and entry, the term in which that was. */
  readonly committed: Map<number, Map<number, number>>
}

/**
 * Part b of the paper's figure 8: `s1` led term 1, `s2` led term 2, and each has an entry that nobody else has. All have just
 * started, with this on disk.
 */
function figure8b(id: string) {
  return { term: 2, votedFor: id === 's1' ? null : 's2', log: id === 's1' ? [1] : id === 's2' ? [2] : [] }
}

const LEADERS_8B = Map([
  [1, Set(['s1'])],
  [2, Set(['s2'])],
])

const lastOf = (log: readonly number[]) => log.at(-1) ?? 0

export default spec(
  'raft',
  {
    servers: integer(3, { min: 2, max: 5 }),
    terms: integer(2, { min: 1, max: 5 }),
    entries: integer(1, { min: 0, max: 3 }),
    restarts: integer(1, { min: 0, max: 3 }),
    start: oneOf('empty', ['empty', 'figure8b']),
  },
  ({ servers, terms, entries, restarts, start }, mutant) => {
    const SERVERS = ids('s', servers)
    const quorum = Math.floor(servers / 2) + (mutant === 'halfQuorum' ? 0 : 1)
    const forgotten = mutant === 'volatileVote' ? 'votedFor' : mutant === 'fsyncAfterReply' ? 'log' : null
    const nobody = recordOf(SERVERS, 0)
    const follower = { role: 'follower', votes: Set<string>(), match: nobody } as const
    const tell = <M extends Message>(id: string, message: M) => others(SERVERS, id).map((to) => ({ to, ...message }))

    /** What changes when a server hears of a term. */
    const inTerm = (self: Server, term: number) => (term > self.term ? { term, votedFor: null, ...follower } : {})

    /** Whether a log that ends in `last` may lead a server with `log`. */
    const isUpToDate = (last: { readonly index: number; readonly term: number }, log: readonly number[]) => {
      const isAsLong = last.index >= log.length
      if (mutant === 'noUpToDateCheck') return true
      if (mutant === 'lengthOnly') return isAsLong
      return last.term > lastOf(log) || (last.term === lastOf(log) && (isAsLong || mutant === 'lastTermOnly'))
    }

    /** The part of a leader's log behind `prevIndex`, for those that have what is before. */
    const append = ({ log, commit }: Pick<Server, 'log' | 'commit'>, term: number, prevIndex: number) =>
      ({
        type: 'append',
        term,
        prevIndex,
        prevTerm: lastOf(log.slice(0, prevIndex)),
        entries: log.slice(prevIndex),
        commit,
      }) as const

    const server: Role<Server, Message, Ghost> = role({
      nodes: SERVERS,
      init: (id) => ({ ...(start === 'empty' ? { term: 0, votedFor: null, log: [] } : figure8b(id)), ...follower, commit: 0 }),
      durable: (['term', 'votedFor', 'log'] as const).filter((field) => field !== forgotten),
      armed: ['election'],
      timers: {
        election: ({ role, term, log }, { id }) =>
          role !== 'leader' &&
          term < terms && {
            state: { term: term + 1, votedFor: id, role: 'candidate', votes: Set([id]) },
            send: tell(id, { type: 'requestVote', term: term + 1, lastIndex: log.length, lastTerm: lastOf(log) }),
            arm: ['election'],
          },
      },
      operations: {
        becomeLeader: (self, { id }) =>
          self.role === 'candidate' &&
          self.votes.size >= quorum && {
            state: { role: 'leader', votes: Set() },
            send: tell(id, append(self, self.term, self.log.length)),
            record: ({ leaders }) => ({ leaders: leaders.update(self.term, Set(), (ids) => ids.add(id)) }),
          },
        request: (self, { id }) => {
          if (self.role !== 'leader' || self.log.length === entries) return undefined
          const log = [...self.log, self.term]
          const commit = mutant === 'commitWithoutMajority' ? log.length : self.commit
          return {
            state: { log, commit },
            send: tell(id, append({ log, commit }, self.term, self.log.length)),
            record: committing(log.slice(0, commit), self.term),
          }
        },
      },
      on: {
        requestVote: (self, { term, lastIndex, lastTerm }, { from }) => {
          if (term < self.term) return undefined
          const votedFor = term > self.term ? null : self.votedFor
          const upToDate = isUpToDate({ index: lastIndex, term: lastTerm }, self.log)
          const free = votedFor === null || (mutant === 'twoVotes' && votedFor !== from)
          if (!upToDate || !free) return term > self.term && { state: inTerm(self, term) }
          const increments = mutant === 'voterIncrements' && term > self.term
          return {
            state: { ...inTerm(self, increments ? self.term + 1 : term), votedFor: from },
            send: [{ to: from, type: 'vote', term }],
          }
        },
        vote: ({ role, term, votes }, message, { from }) =>
          role === 'candidate' &&
          (message.term === term || mutant === 'staleReply') &&
          !votes.has(from) && { state: { votes: votes.add(from) } },
        append: (self, { term, prevIndex, prevTerm, entries, commit }, { from }) => {
          if (term < self.term && mutant !== 'staleAppend') return undefined
          const state = { ...inTerm(self, term), ...follower }
          if (lastOf(self.log.slice(0, prevIndex)) !== prevTerm || self.log.length < prevIndex)
            return { state, send: [{ to: from, type: 'refused', term, next: Math.min(prevIndex - 1, self.log.length) }] }
          const match = prevIndex + entries.length
          const differs = entries.some((entry, index) => self.log[prevIndex + index] !== entry)
          const kept = self.log.slice(0, mutant === 'noTruncation' ? undefined : prevIndex)
          const log = differs ? [...kept, ...entries.slice(kept.length - prevIndex)] : self.log
          return {
            state: { ...state, log, commit: Math.max(self.commit, Math.min(commit, match)) },
            send: match > 0 ? [{ to: from, type: 'appended', term: Math.max(term, self.term), match }] : [],
          }
        },
        refused: (self, { term, next }, { from }) =>
          self.role === 'leader' && term === self.term && { send: [{ to: from, ...append(self, term, next) }] },
        appended: (self, message, { id, from }) => {
          const { role, term, log, commit } = self
          if (role !== 'leader' || message.term !== term || message.match <= (self.match[from] ?? 0)) return undefined
          const match = { ...self.match, [from]: message.match }
          const index = message.match
          const copies = 1 + others(SERVERS, id).filter((other) => (match[other] ?? 0) >= index).length
          if (index <= commit || copies < quorum || (log[index - 1] !== term && mutant !== 'commitAnyTerm'))
            return { state: { match } }
          return {
            state: { match, commit: index },
            send: tell(id, append({ log, commit: index }, term, log.length)),
            record: committing(log.slice(0, index), term),
          }
        },
      },
    })

    return protocol({
      roles: { server },
      network: 'set',
      faults: { restart: restarts },
      history: {
        leaders: start === 'empty' ? Map<number, Set<string>>() : LEADERS_8B,
        committed: Map<number, Map<number, number>>(),
      },
      invariants: {
        electionSafety: ({ history }) => {
          const [term, leaders] = history.leaders.findEntry((ids) => ids.size > 1) ?? []
          return leaders === undefined || { because: `${leaders.sort().join(' and ')} both led term ${term}` }
        },
        logMatching: ({ server }) =>
          SERVERS.every((a) => SERVERS.every((b) => agree(server[a]?.log ?? [], server[b]?.log ?? []))),
        leaderCompleteness: ({ server, history }) => {
          const lacks = (id: string) => {
            const { role, term, log } = server[id]
            if (role !== 'leader') return false
            return history.committed.some((byEntry, index) => byEntry.some((by, entry) => by < term && log[index - 1] !== entry))
          }
          const leader = SERVERS.find(lacks)
          return leader === undefined || { because: `${leader} leads without an entry that was committed in an earlier term` }
        },
        stateMachineSafety: ({ server, history }) =>
          history.committed.every((byEntry) => byEntry.size === 1) &&
          SERVERS.every((id) => {
            const { log, commit } = server[id]
            return log.slice(0, commit).every((entry, index) => history.committed.get(index + 1)?.has(entry))
          }),
      },
      transitions: {
        leaderAppendOnly: (before, after, { node }) => {
          const [was, is] = [before.server[node ?? ''], after.server[node ?? '']]
          if (was?.role !== 'leader' || is?.role !== 'leader') return true
          return was.log.every((entry, index) => is.log[index] === entry)
        },
      },
      sometimes: {
        committedEverywhere: ({ server }) => SERVERS.every((id) => (server[id]?.commit ?? 0) === entries),
        secondLeader: ({ history }) => history.leaders.size === Math.min(terms, 2),
      },
      terminal: true,
    })
  },
  {
    expected: { states: 297_729, depth: 23 },
    mutants: {
      /** The vote is not on disk when the answer leaves. */
      volatileVote: { violates: 'electionSafety', steps: 9 },
      /** A candidate counts votes of an earlier term. */
      staleReply: { violates: 'electionSafety', steps: 9 },
      /** A server votes for everybody who asks. */
      twoVotes: { violates: 'electionSafety', steps: 8 },
      /** Half of the servers are a quorum, and the other half are another. */
      halfQuorum: { with: { servers: 4 }, violates: 'electionSafety', steps: 8 },
      /** A voter counts its own term up, instead of taking over the candidate's. */
      voterIncrements: { violates: 'electionSafety', steps: 9 },
      /** A server votes for candidates that lack entries of its log. */
      noUpToDateCheck: { violates: 'leaderCompleteness', steps: 11 },
      /** A leader commits an entry as soon as it is in its own log. */
      commitWithoutMajority: { violates: 'leaderCompleteness', steps: 9 },
      /** The longer log wins, whatever terms it ends in. */
      lengthOnly: { with: { terms: 3, restarts: 0 }, violates: 'leaderCompleteness', steps: 17 },
      /** The log with the later last term wins, however much it lacks of it. */
      lastTermOnly: { with: { entries: 2, restarts: 0 }, violates: 'leaderCompleteness', steps: 14 },
      /** Figure 8: a leader counts the copies of an entry of an earlier term, and takes it for committed. */
      commitAnyTerm: {
        with: { start: 'figure8b', terms: 4, restarts: 0 },
        violates: 'leaderCompleteness',
        steps: 13,
      },
      /** A server takes entries from a leader of an earlier term. */
      staleAppend: { with: { restarts: 0 }, violates: 'stateMachineSafety', steps: 13 },
      /** The entries are not on disk when the answer leaves. */
      fsyncAfterReply: { violates: 'leaderCompleteness', steps: 12 },
      /** A follower keeps its entries where the leader's differ, and takes over only what is behind them. */
      noTruncation: { with: { entries: 2 }, violates: 'logMatching', steps: 14 },
    },
  },
)

/** Whether two logs with an entry of the same index and term are the same up to it. */
function agree(a: readonly number[], b: readonly number[]): boolean {
  const last = a.findLastIndex((entry, index) => b[index] === entry)
  return a.slice(0, last + 1).every((entry, index) => b[index] === entry)
}

/** Records that entries are committed, those that were not before as of `term`. */
function committing(log: readonly number[], term: number) {
  return ({ committed }: Ghost) => ({
    committed: log.reduce(
      (all, entry, index) => all.update(index + 1, Map(), (byEntry) => (byEntry.has(entry) ? byEntry : byEntry.set(entry, term))),
      committed,
    ),
  })
}
