import { ids, linearizable, others, protocol, type Role, spec } from 'faultline'
import { Set } from 'immutable'
import { clientsOf, model, type RegisterMessage, type Value } from './register-clients.js'

interface Copy {
  /** A number, and the server that gave it. */
  readonly sequence: readonly [number: number, writer: string]
  readonly value: Value
}
type Message =
  | RegisterMessage
  | { readonly type: 'query'; readonly request: number }
  | { readonly type: 'queried'; readonly request: number; readonly copy: Copy }
  | { readonly type: 'record'; readonly request: number; readonly copy: Copy }
  | { readonly type: 'recorded'; readonly request: number }

interface Job {
  readonly client: string
  readonly request: number
  /** What to write; `null` for a read. */
  readonly write: Value | null
  /** What is told to the others, in the second phase; `null` in the first. */
  readonly told: Copy | null
  /** The newest copy known. */
  readonly best: Copy
  readonly answers: Set<string>
}
interface Server {
  readonly copy: { readonly of: Copy }
  readonly job: Job | null
}

const isNewer = ({ sequence: [n, writer] }: Copy, { sequence: [m, other] }: Copy) => n > m || (n === m && writer > other)

/** Attiya, Bar-Noy and Dolev's register, with any number of writers: Stateright's `linearizable-register`. */
export const abdRegister = spec('abd-register', { clients: 2, servers: 2 }, ({ clients, servers }) => {
  const SERVERS = ids('s', servers)
  const majority = Math.floor(servers / 2) + 1
  const { client, history } = clientsOf(clients, SERVERS)
  const begin = (self: Server, request: number, write: Value | null, { id, from }: { id: string; from: string }) =>
    self.job === null && {
      state: { job: { client: from, request, write, told: null, best: self.copy.of, answers: Set([id]) } },
      send: others(SERVERS, id).map((to) => ({ to, type: 'query' as const, request })),
    }
  const server: Role<Server, Message> = {
    nodes: SERVERS,
    init: { copy: { of: { sequence: [0, ''], value: model.init } }, job: null },
    on: {
      put: (self, { request, value }, ctx) => begin(self, request, value, ctx),
      get: (self, { request }, ctx) => begin(self, request, null, ctx),
      query: ({ copy }, { request }, { from }) => ({ send: [{ to: from, type: 'queried', request, copy: copy.of }] }),
      queried: ({ copy, job }, message, { id, from }) => {
        if (job === null || job.told !== null || job.request !== message.request) return undefined
        const answers = job.answers.add(from)
        const best = isNewer(message.copy, job.best) ? message.copy : job.best
        if (answers.size < majority) return { state: { job: { ...job, answers, best } } }
        const told: Copy = job.write === null ? best : { sequence: [best.sequence[0] + 1, id], value: job.write }
        return {
          state: {
            copy: { of: isNewer(told, copy.of) ? told : copy.of },
            job: { ...job, told, best: told, answers: Set([id]) },
          },
          send: others(SERVERS, id).map((to) => ({ to, type: 'record', request: job.request, copy: told })),
        }
      },
      record: (self, { request, copy }, { from }) => ({
        state: { copy: { of: isNewer(copy, self.copy.of) ? copy : self.copy.of } },
        send: [{ to: from, type: 'recorded', request }],
      }),
      recorded: ({ job }, { request }, { from }) => {
        if (job === null || job.told === null || job.request !== request || job.answers.has(from)) return undefined
        const answers = job.answers.add(from)
        if (answers.size < majority) return { state: { job: { ...job, answers } } }
        const response = job.write === null ? ({ type: 'getOk', value: job.told.value } as const) : ({ type: 'putOk' } as const)
        return { state: { job: null }, send: [{ to: job.client, request, ...response }] }
      },
    },
  }
  const atomic = linearizable(model)
  return protocol({
    roles: { server, client },
    history,
    invariants: { linearizable: (world) => atomic(world.history) },
    sometimes: {
      valueChosen: ({ messages }) => messages.some(({ message }) => message.type === 'getOk' && message.value !== model.init),
    },
    terminal: true,
  })
})
