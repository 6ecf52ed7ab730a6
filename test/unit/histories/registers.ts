/**
 * Registers on servers, and clients that each write once and then read once from the next server: Stateright's examples
 * `single-copy-register` and `linearizable-register`, whose state counts are published. Histories are part of the states, so the
 * counts hold only where a history tells apart what Stateright's does, and nothing more.
 */
import { choose, emptyHistory, ids, invoked, linearizable, machine, recordOf, register, returned, spec } from 'faultline'
import { Set } from 'immutable'

type Value = string
type Request = { readonly type: 'put'; readonly value: Value } | { readonly type: 'get' }
type Response = { readonly type: 'putOk' } | { readonly type: 'getOk'; readonly value: Value }
type Envelope<M> = M & { readonly from: string; readonly to: string; readonly request: number }

const model = register('none' as Value)

/** The part of the clients: what they send at first, and what a response makes them do. */
function clientsOf(clients: number, servers: readonly string[]) {
  const CLIENTS = ids('c', clients)
  const serverFor = (turn: number) => servers[turn % servers.length] as string
  const puts = CLIENTS.map((c, index): Envelope<Request> => {
    const request = servers.length + index
    return { from: c, to: serverFor(request), request, type: 'put', value: c }
  })
  const history = emptyHistory(CLIENTS, model)
  const init = {
    awaited: recordOf(CLIENTS, (c) => servers.length + CLIENTS.indexOf(c)),
    // All clients send at once, so none is after another.
    history: recordOf(CLIENTS, (c) => ({ ...history[c], ...invoked(history, c, { type: 'write', value: c })[c] })),
  }
  const accept = (s: typeof init, response: Envelope<Response>) => {
    const c = CLIENTS.find((client) => client === response.to)
    if (c === undefined || s.awaited[c] !== response.request) return undefined
    if (response.type === 'getOk')
      return { send: [], patch: { awaited: { [c]: 0 }, history: returned(s.history, c, response.value) } }
    const index = servers.length + CLIENTS.indexOf(c)
    const get: Envelope<Request> = { from: c, to: serverFor(index + 1), request: 2 * index, type: 'get' }
    return { send: [get], patch: { awaited: { [c]: 2 * index }, history: returned(s.history, c, 'ok', { type: 'read' }) } }
  }
  return { init, puts, accept }
}

export const singleCopyRegister = spec('single-copy-register', { clients: 2, servers: 1 }, ({ clients, servers }) => {
  const SERVERS = ids('s', servers)
  const { init, puts, accept } = clientsOf(clients, SERVERS)
  const atomic = linearizable(model)
  return machine({
    init: { ...init, value: recordOf(SERVERS, 'none' as Value), messages: Set<Envelope<Request> | Envelope<Response>>(puts) },
    actions: {
      deliver: (s) =>
        choose(s.messages, (m) => {
          const rest = s.messages.delete(m)
          const answer = { from: m.to, to: m.from, request: m.request }
          if (m.type === 'put') return { value: { [m.to]: m.value }, messages: rest.add({ ...answer, type: 'putOk' }) }
          if (m.type === 'get') return { messages: rest.add({ ...answer, type: 'getOk', value: s.value[m.to as `s${number}`] }) }
          const accepted = accept(s, m)
          return accepted && { ...accepted.patch, messages: rest.union(accepted.send) }
        }),
    },
    invariants: { linearizable: (s) => atomic(s.history) },
    terminal: true,
  })
})

type Sequence = readonly [number: number, writer: string]
type Copy = { readonly sequence: Sequence; readonly value: Value }
type Internal =
  | { readonly type: 'query' }
  | { readonly type: 'queried'; readonly copy: Copy }
  | { readonly type: 'record'; readonly copy: Copy }
  | { readonly type: 'recorded' }
type AbdMessage = Envelope<Request> | Envelope<Response> | Envelope<Internal>

interface Phase {
  readonly client: string
  readonly request: number
  /** Absent for a read. */
  readonly write: Value | null
  /** What a read found; `null` while the copies are being asked for. */
  readonly found: Copy | null
  readonly answers: Set<string>
  readonly best: Copy
}

const newer = (a: Copy, b: Copy) =>
  a.sequence[0] > b.sequence[0] || (a.sequence[0] === b.sequence[0] && a.sequence[1] > b.sequence[1]) ? a : b

/** Attiya, Bar-Noy and Dolev's register: a majority is asked for the newest copy, then told of it. */
export const abd = spec('abd', { clients: 2, servers: 2 }, ({ clients, servers }) => {
  const SERVERS = ids('s', servers)
  const { init, puts, accept } = clientsOf(clients, SERVERS)
  const majority = Math.floor(servers / 2) + 1
  const atomic = linearizable(model)
  return machine({
    init: {
      ...init,
      copy: recordOf(SERVERS, { sequence: [0, ''], value: 'none' } as Copy),
      phase: recordOf(SERVERS, null as Phase | null),
      messages: Set<AbdMessage>(puts),
    },
    actions: {
      deliver: (s) =>
        choose(s.messages, (m) => {
          const rest = s.messages.delete(m)
          if (m.type === 'putOk' || m.type === 'getOk') {
            const accepted = accept(s, m)
            return accepted && { ...accepted.patch, messages: rest.union(accepted.send) }
          }
          const server = m.to as `s${number}`
          const peers = SERVERS.filter((other) => other !== server)
          const copy = { ...s.copy[server] }
          const phase = s.phase[server]
          const answer = { from: server, to: m.from, request: m.request }
          const tell = (message: Internal) => peers.map((to) => ({ from: server, to, request: m.request, ...message }))
          switch (m.type) {
            case 'put':
            case 'get': {
              if (phase !== null) return undefined
              const write = m.type === 'put' ? m.value : null
              const first = { client: m.from, request: m.request, write, found: null, answers: Set([server]), best: copy }
              return { phase: { [server]: first }, messages: rest.union(tell({ type: 'query' })) }
            }
            case 'query':
              return { messages: rest.add({ ...answer, type: 'queried', copy }) }
            case 'record':
              return { copy: { [server]: newer(m.copy, copy) }, messages: rest.add({ ...answer, type: 'recorded' }) }
            case 'queried': {
              if (phase === null || phase.found !== null || phase.request !== m.request) return undefined
              const answers = phase.answers.add(m.from)
              const best = newer(m.copy, phase.best)
              if (answers.size < majority) return { phase: { [server]: { ...phase, answers, best } }, messages: rest }
              const next: Copy = phase.write === null ? best : { sequence: [best.sequence[0] + 1, server], value: phase.write }
              return {
                copy: { [server]: newer(next, copy) },
                phase: { [server]: { ...phase, found: next, best: next, answers: Set([server]) } },
                messages: rest.union(tell({ type: 'record', copy: next })),
              }
            }
            case 'recorded': {
              if (phase === null || phase.found === null || phase.request !== m.request) return undefined
              const answers = phase.answers.add(m.from)
              if (answers.size < majority) return { phase: { [server]: { ...phase, answers } }, messages: rest }
              const response: Response = phase.write === null ? { type: 'getOk', value: phase.found.value } : { type: 'putOk' }
              return {
                phase: { [server]: null },
                messages: rest.add({ from: server, to: phase.client, request: m.request, ...response }),
              }
            }
          }
        }),
    },
    invariants: { linearizable: (s) => atomic(s.history) },
    terminal: true,
  })
})
