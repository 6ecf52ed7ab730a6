/**
 * SWIM: members of a group gossip about who is alive, and a member that is wrongly suspected of having crashed refutes that
 * itself.
 *
 * Topic: membership
 * Granularity: one step is a member getting no answer to a probe, hearing a piece of news from another, losing patience with
 * one that it suspects, or a crash. Probes are not modelled. News is gossiped: what a member learns it sends to all others,
 * and it may arrive any number of times.
 * Source: A. Das, I. Gupta, A. Motivala, "SWIM: scalable weakly-consistent infection-style process group membership
 * protocol", 2002, section 4.2.
 * Parameters: `members`; `suspicions`, how many of them once get no answer; `timeouts`, `idle` where members are patient
 * enough for a refutation to come, `any` where they may not be. 92 states; 581 with 4 members, 933 with 2 suspicions.
 * Faults: one member crashes.
 * Expected: where members wait long enough nobody is declared dead who is not, a refuted suspicion never returns, and in the
 * end all know again that all are alive. Mutants: without incarnation numbers an old rumour wins over its refutation; with a
 * refutation by others incarnations mean nothing; and no patience is enough in an asynchronous network (`noRefutation`: death
 * is declared before the refutation comes).
 *
 * What a newcomer learns: only the subject of a rumour can refute it, and it needs a newer number to win; `timeouts: 'idle'`
 * is where a protocol may rely on time.
 */
import { choose, ids, integer, oneOf, others, protocol, type Role, recordOf, role, spec, type World } from 'faultline'
import { Set } from 'immutable'

type Status = 'alive' | 'suspect' | 'dead'

/** News: the status of a member in one of its incarnations, which only it can begin. */
type Message = { readonly type: Status; readonly member: string; readonly incarnation: number }

interface Member {
  readonly view: { readonly [member: string]: { readonly status: Status; readonly incarnation: number } }
}

/** Suspicions that were given up: who had it, of whom, in which incarnation. */
type GivenUp = Set<string>

export default spec(
  'swim',
  {
    members: integer(3, { min: 2, max: 4 }),
    suspicions: integer(1, { min: 0, max: 4 }),
    timeouts: oneOf('idle', ['idle', 'any']),
  },
  ({ members, suspicions, timeouts }, mutant) => {
    const MEMBERS: readonly string[] = ids('m', members)

    /** Whether news counts for more than what is known. Death is final. */
    const overrides = (news: Message, known: Member['view'][string]) => {
      if (known.status === 'dead' || news.type === 'dead') return known.status !== 'dead'
      if (mutant === 'noIncarnation') return known.status !== news.type
      if (news.type === 'suspect' && known.status === 'alive') return news.incarnation >= known.incarnation
      return news.incarnation > known.incarnation
    }
    /** A member learns something, and passes it on. */
    const learn = (id: string, news: Message) => ({
      state: { view: { [news.member]: { status: news.type, incarnation: news.incarnation } } },
      send: others(MEMBERS, id).map((to) => ({ to, ...news })),
      arm: news.type === 'suspect' ? ['patience'] : [],
    })
    const refute = ({ member, incarnation }: Message) =>
      ({ type: 'alive', member, incarnation: mutant === 'noIncarnation' ? incarnation : incarnation + 1 }) as const

    const hear = (self: Member, news: Message, { id }: { readonly id: string }) => {
      const known = self.view[news.member]
      if (known === undefined || !overrides(news, known)) return undefined
      const isMine = news.member === id || (mutant === 'refuteForOthers' && news.type === 'suspect')
      if (isMine) return news.type === 'suspect' && learn(id, refute(news))
      if (known.status !== 'suspect' || news.type !== 'alive') return learn(id, news)
      return { ...learn(id, news), record: (all: GivenUp) => all.add(`${id} of ${news.member} in ${known.incarnation}`) }
    }

    const member: Role<Member, Message, GivenUp> = role({
      nodes: MEMBERS,
      init: { view: recordOf(MEMBERS, { status: 'alive', incarnation: 0 }) },
      // Nobody returns from a crash: this keeps what a member knew for the properties.
      durable: ['view'],
      start: (_self, { id }) => ({ arm: MEMBERS.indexOf(id) < suspicions ? ['noAnswer'] : [] }),
      on: { alive: hear, suspect: hear, dead: hear },
      timers: {
        noAnswer: (self, { id }) =>
          choose(others(MEMBERS, id), (member) => {
            const known = self.view[member]
            return known?.status === 'alive' && learn(id, { type: 'suspect', member, incarnation: known.incarnation })
          }),
        patience: (self, { id }) =>
          choose(MEMBERS, (member) => {
            const known = self.view[member]
            return known?.status === 'suspect' && learn(id, { type: 'dead', member, incarnation: known.incarnation })
          }),
      },
    })

    type Nodes = World<{ member: typeof member }>
    const isUp = ({ up }: Nodes, id: string) => up[id] === true
    /** Pairs of a member that is up and one that it has in that status, or in any. */
    const views = (world: Nodes, status?: Status) =>
      MEMBERS.filter((id) => isUp(world, id)).flatMap((by) =>
        Object.entries(world.member[by]?.view ?? {})
          .filter(([, known]) => status === undefined || known.status === status)
          .map(([of, { incarnation }]) => ({ by, of, incarnation })),
      )

    return protocol({
      roles: { member },
      network: 'set',
      timeouts,
      faults: { crash: 1 },
      history: Set<string>(),
      invariants: {
        refutedSuspicionNeverReturns: (world) => {
          const again = views(world, 'suspect').filter(({ by, of, incarnation }) =>
            world.history.has(`${by} of ${of} in ${incarnation}`),
          )
          return again.length === 0 || { because: 'a member suspects again what was refuted', again }
        },
        onlySelfIncrementsIncarnation: (world) => {
          const made = views(world).filter(({ of, incarnation }) => incarnation > Number(world.member[of]?.view[of]?.incarnation))
          return made.length === 0 || { because: 'a member knows an incarnation that never was', made }
        },
        aliveNeverDeclaredDead: (world) => {
          const wronged = views(world, 'dead').filter(({ of }) => isUp(world, of))
          return wronged.length === 0 || { because: 'a member is declared dead that did not crash', wronged }
        },
      },
      sometimes: {
        refuted: (world) => world.history.size > 0,
        crashIsKnown: (world) =>
          MEMBERS.some((id) => !isUp(world, id) && views(world, 'dead').filter(({ of }) => of === id).length === members - 1),
      },
      alwaysPossible: {
        allAreAlive: (world) => MEMBERS.some((id) => !isUp(world, id)) || views(world, 'alive').length === members ** 2,
      },
      terminal: (world) => views(world, 'suspect').length === 0,
    })
  },
  {
    expected: { states: 92, depth: 6 },
    mutants: {
      noIncarnation: { violates: 'refutedSuspicionNeverReturns', steps: 5 },
      noRefutation: { with: { timeouts: 'any' }, violates: 'aliveNeverDeclaredDead', steps: 2 },
      refuteForOthers: { violates: 'onlySelfIncrementsIncarnation', steps: 2 },
    },
  },
)
