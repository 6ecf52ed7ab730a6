/**
 * Raft's change of one server at a time: as the dissertation has it two leaders can get elected in one term, and what was added
 * to the rule when that was found.
 *
 * Topic: consensus
 * Granularity: coarse. One step is a whole election by any majority, one AppendEntries with its answer, a leader finding
 * entries committed, or a leader adding or removing a server. A candidate takes the term after the highest in its majority. A
 * new leader begins its term with an entry of its own, which says nothing.
 * Source: D. Ongaro, "Consensus: bridging theory and practice", 2014, sections 4.1 and 4.2.2; the mistake, and its mending, are
 * D. Ongaro's of 2015-07-10, in "bug in single-server membership changes" (raft-dev).
 * Parameters: `servers`; `members`, how many of them are in the first configuration; `terms`, the highest term; `changes`, the
 * most that a log may hold. 465,749 states; with three servers 28,303, and 100,153 with two changes.
 * Faults: none of their own. Who is not in a majority, and who is not told, may be slow, cut off or down.
 * Expected: all properties hold. Mutants: a leader that waits only for the configuration before (the dissertation), and one
 * that waits for nothing.
 *
 * What a newcomer learns: majorities of neighbouring configurations meet, but two leaders may each have made a neighbour of the
 * same one, and those need not meet. It takes a first configuration of even size: neighbours of one of odd size have majorities
 * that all meet.
 */

import { choose, ids, integer, machine, recordOf, same, spec } from 'faultline'
import { Map, Set } from 'immutable'

type Server = `s${number}`

/** A configuration counts for a server as soon as it is in its log. */
interface Entry {
  readonly term: number
  readonly members: readonly Server[] | null
}

type Log = readonly Entry[]

/** An entry that counts as committed, since a leader of term `by` found it to be. */
interface Committed {
  readonly index: number
  readonly entry: Entry
  readonly by: number
}

export default spec(
  'raft-reconfig',
  {
    servers: integer(4, { min: 1, max: 5 }),
    members: integer(4, { min: 1, max: 5 }),
    terms: integer(3, { min: 1, max: 4 }),
    changes: integer(1, { min: 1, max: 3 }),
  },
  ({ servers, members, terms, changes }, mutant) => {
    const SERVERS: readonly Server[] = ids('s', servers)
    const MEMBERS = SERVERS.slice(0, members)
    const SUBSETS = subsets(SERVERS)
    const FIRST: Entry = { term: 0, members: MEMBERS }
    const isMember = (r: Server) => MEMBERS.includes(r)

    const init = {
      term: recordOf(SERVERS, 0),
      log: recordOf(SERVERS, (r): Log => (isMember(r) ? [FIRST] : [])),
      leads: recordOf(SERVERS, false as boolean),
      /** Who ever led a term. */
      leaders: Map<number, Set<Server>>(),
      committed: Set<Committed>(),
    }
    type State = typeof init

    /** Whether the latest configuration in `log` has a majority of its members in `group`. */
    const isQuorum = (log: Log, group: readonly Server[]) => {
      const config = configOf(log)
      return 2 * config.filter((r) => group.includes(r)).length > config.length
    }
    /** Majorities that may elect `candidate`: itself among them, where its own configuration has it. */
    const electorates = ({ log }: State, candidate: Server) => {
      const config = configOf(log[candidate])
      const isOfConfig = (voters: readonly Server[]) => voters.every((r) => config.includes(r))
      return SUBSETS.filter(
        (voters) =>
          isOfConfig(voters) && isQuorum(log[candidate], voters) && voters.includes(candidate) === config.includes(candidate),
      )
    }
    /** Whether the entry at `index` in the log of `leader` is committed. News of that travel freely here. */
    const isCommitted = ({ log, committed }: State, leader: Server, index: number) =>
      committed.some((known) => known.index === index && same(known.entry, log[leader][index]))

    const mayChange = (s: State, leader: Server) => {
      if (mutant === 'noRule') return true
      const config = s.log[leader].findLastIndex(({ members }) => members !== null)
      const isSettled = config === 0 || isCommitted(s, leader, config)
      return isSettled && (mutant === 'dissertationRule' || s.committed.some(({ by }) => by === s.term[leader]))
    }

    return machine({
      init,
      actions: {
        elect: (s) =>
          choose(SERVERS, (candidate) =>
            choose(electorates(s, candidate), (voters) => {
              const term = 1 + Math.max(...[candidate, ...voters].map((r) => s.term[r]))
              const granted = voters.every((r) => isUpToDate(s.log[candidate], s.log[r]))
              return (
                term <= terms &&
                granted && {
                  term: recordOf([candidate, ...voters], term),
                  log: { [candidate]: [...s.log[candidate], { term, members: null }] },
                  leads: { ...recordOf(voters, false), [candidate]: true },
                  leaders: s.leaders.update(term, Set(), (ids) => ids.add(candidate)),
                }
              )
            }),
          ),
        change: (s) =>
          choose(SERVERS, (leader) => {
            const { length } = s.log[leader].filter((entry) => entry.members !== null)
            if (!s.leads[leader] || length > changes || !mayChange(s, leader)) return undefined
            const config = configOf(s.log[leader])
            const neighbours = SERVERS.map((x) => SERVERS.filter((r) => config.includes(r) !== (r === x)))
            return choose(
              neighbours.filter((next) => next.length > 0),
              (next) => ({ log: { [leader]: [...s.log[leader], { term: s.term[leader], members: next }] } }),
            )
          }),
        append: (s) =>
          choose(
            SERVERS,
            (leader) =>
              s.leads[leader] &&
              choose(configOf(s.log[leader]), (follower) => {
                if (follower === leader || s.term[follower] > s.term[leader]) return undefined
                return {
                  ...(!startsWith(s.log[follower], s.log[leader]) && { log: { [follower]: s.log[leader] } }),
                  term: { [follower]: s.term[leader] },
                  leads: { [follower]: false },
                }
              }),
          ),
        commit: (s) =>
          choose(
            SERVERS,
            (leader) =>
              s.leads[leader] &&
              choose(s.log[leader].keys(), (last) => {
                const by = s.term[leader]
                const prefix = s.log[leader].slice(0, last + 1)
                if (prefix[last]?.term !== by || isCommitted(s, leader, last)) return undefined
                const have = SERVERS.filter((r) => s.term[r] === by && startsWith(s.log[r], prefix))
                const found = prefix.map((entry, index) => ({ index, entry, by }))
                return (
                  isQuorum(s.log[leader], have) && {
                    leads: { [leader]: configOf(prefix).includes(leader) },
                    committed: s.committed.union(found.filter(({ index }) => !isCommitted(s, leader, index))),
                  }
                )
              }),
          ),
      },
      invariants: {
        electionSafety: (s) => {
          const [term, ids] = s.leaders.findEntry((ids) => ids.size > 1) ?? []
          return ids === undefined || { because: `${ids.sort().join(' and ')} both led term ${term}` }
        },
        leaderCompleteness: (s) => {
          const lacks = (r: Server, { index, entry, by }: Committed) => by < s.term[r] && !same(s.log[r][index], entry)
          const leader = SERVERS.find((r) => s.leads[r] && s.committed.some((committed) => lacks(r, committed)))
          return leader === undefined || { because: `${leader} leads without an entry that was committed in an earlier term` }
        },
        stateMachineSafety: (s) =>
          s.committed.every((a) => s.committed.every((b) => a.index !== b.index || same(a.entry, b.entry))),
      },
      sometimes: {
        changed: (s) => s.committed.some(({ index, entry }) => index > 0 && entry.members !== null),
        leaderRemovedItself: (s) => SERVERS.some((r) => s.leads[r] && !configOf(s.log[r]).includes(r)),
      },
      // All terms are spent.
      terminal: (s) => SERVERS.some((r) => s.term[r] === terms),
    })
  },
  {
    expected: { states: 465_749, depth: 17 },
    mutants: {
      /** As published: a leader waits until it knows the configuration before to be committed. */
      dissertationRule: { violates: 'electionSafety', steps: 6 },
      /** A leader waits for nothing; majorities of configurations that are two changes apart need not meet. */
      noRule: { with: { servers: 3, members: 3, changes: 2 }, violates: 'electionSafety', steps: 5 },
    },
  },
)

function subsets<T>([first, ...rest]: readonly T[]): readonly (readonly T[])[] {
  return first === undefined ? [[]] : subsets(rest).flatMap((subset) => [[first, ...subset], subset])
}

/** The configuration that counts for a server with this log. */
const configOf = (log: Log): readonly Server[] => log.findLast((entry) => entry.members !== null)?.members ?? []

const startsWith = (log: Log, prefix: Log) => same(log.slice(0, prefix.length), prefix)

/** Whether a server with `log` may lead one with `other`. */
function isUpToDate(log: Log, other: Log): boolean {
  const [last, otherLast] = [log.at(-1)?.term ?? 0, other.at(-1)?.term ?? 0]
  return last > otherLast || (last === otherLast && log.length >= other.length)
}
