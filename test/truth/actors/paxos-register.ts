import { ids, linearizable, others, protocol, type Role, spec } from 'faultline'
import { Map, Set } from 'immutable'
import { clientsOf, model, type RegisterMessage, type Value } from './register-clients.js'

type Ballot = readonly [round: number, server: string]
interface Proposal {
  readonly client: string
  readonly request: number
  readonly value: Value
}
interface Accepted {
  readonly ballot: Ballot
  readonly proposal: Proposal
}
type Message =
  | RegisterMessage
  | { readonly type: 'prepare'; readonly ballot: Ballot }
  | { readonly type: 'prepared'; readonly ballot: Ballot; readonly accepted: Accepted | null }
  | { readonly type: 'accept'; readonly ballot: Ballot; readonly proposal: Proposal }
  | { readonly type: 'accepted'; readonly ballot: Ballot }
  | { readonly type: 'decided'; readonly ballot: Ballot; readonly proposal: Proposal }

interface Server {
  readonly ballot: Ballot
  readonly proposal: Proposal | null
  /** What those who promised had accepted. */
  readonly promises: Map<string, Accepted | null>
  readonly votes: Set<string>
  readonly accepted: Accepted | null
  readonly isDecided: boolean
}

function compare([round, server]: Ballot, [other, otherServer]: Ballot): number {
  return round - other || (server < otherServer ? -1 : server > otherServer ? 1 : 0)
}

/** The proposal accepted in the highest ballot, where any was accepted. */
function newestOf(promises: Map<string, Accepted | null>): Proposal | undefined {
  const accepted = [...promises.values()].filter((one) => one !== null)
  return accepted.sort((a, b) => compare(b.ballot, a.ballot))[0]?.proposal
}

/** Paxos for one value, behind a register: Stateright's `paxos`. */
export const paxosRegister = spec('paxos-register', { clients: 1, servers: 3 }, ({ clients, servers }) => {
  const SERVERS = ids('s', servers)
  const majority = Math.floor(servers / 2) + 1
  const { client, history } = clientsOf(clients, SERVERS)
  const server: Role<Server, Message> = {
    nodes: SERVERS,
    init: { ballot: [0, ''], proposal: null, promises: Map(), votes: Set(), accepted: null, isDecided: false },
    on: {
      put: (self, { request, value }, { id, from }) => {
        if (self.isDecided || self.proposal !== null) return undefined
        const ballot: Ballot = [self.ballot[0] + 1, id]
        return {
          state: { ballot, proposal: { client: from, request, value }, promises: Map([[id, self.accepted]]), votes: Set() },
          send: others(SERVERS, id).map((to) => ({ to, type: 'prepare', ballot })),
        }
      },
      prepare: (self, { ballot }, { from }) =>
        !self.isDecided &&
        compare(self.ballot, ballot) < 0 && {
          state: { ballot },
          send: [{ to: from, type: 'prepared', ballot, accepted: self.accepted }],
        },
      prepared: (self, { ballot, accepted }, { id, from }) => {
        if (self.isDecided || self.proposal === null || compare(ballot, self.ballot) !== 0) return undefined
        const promises = self.promises.set(from, accepted)
        if (promises.size !== majority) return { state: { promises } }
        const proposal = newestOf(promises) ?? self.proposal
        return {
          state: { promises, proposal, accepted: { ballot, proposal }, votes: self.votes.add(id) },
          send: others(SERVERS, id).map((to) => ({ to, type: 'accept', ballot, proposal })),
        }
      },
      accept: (self, { ballot, proposal }, { from }) =>
        !self.isDecided &&
        compare(self.ballot, ballot) <= 0 && {
          state: { ballot, accepted: { ballot, proposal } },
          send: [{ to: from, type: 'accepted', ballot }],
        },
      accepted: (self, { ballot }, { id, from }) => {
        const { proposal } = self
        if (self.isDecided || proposal === null || compare(ballot, self.ballot) !== 0) return undefined
        const votes = self.votes.add(from)
        if (votes.size !== majority) return { state: { votes } }
        return {
          state: { votes, isDecided: true },
          send: [
            ...others(SERVERS, id).map((to) => ({ to, type: 'decided', ballot, proposal }) as const),
            { to: proposal.client, type: 'putOk', request: proposal.request },
          ],
        }
      },
      decided: (self, { ballot, proposal }) =>
        !self.isDecided && { state: { ballot, accepted: { ballot, proposal }, isDecided: true } },
      get: ({ isDecided, accepted }, { request }, { from }) =>
        isDecided && accepted !== null && { send: [{ to: from, type: 'getOk', request, value: accepted.proposal.value }] },
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
