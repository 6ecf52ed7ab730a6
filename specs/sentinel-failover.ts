/**
 * Failover as by Redis Sentinel: sentinels that miss the master make its replica the master, whatever the old master goes on to do.
 *
 * Topic: replication
 * Granularity: one step delivers a message, lets a client write, lets the sentinels lose patience, or is a fault. The sentinels are one node:
 * they agree among themselves by a majority, and what goes wrong is not there.
 * Source: Redis documentation, "High availability with Redis Sentinel" and `WAIT`; K. Kingsbury, "Jepsen: Redis", 2013; GitHub, "October 21
 * post-incident analysis", 2018.
 * Parameters: none. The client of each server writes once: 240 states.
 * Faults: the network is cut once between the servers, and heals.
 * Expected: where a write is acknowledged when the replica has it, as after `WAIT`, no acknowledged write is lost, and it stays possible that
 * one master and its replica agree. That there is one master only is false in 2 steps. None of this takes a fault, as a server that is slow
 * looks the same to the sentinels. Mutants: `async`, the default of Redis: the master acknowledges first, and what its replica did not get is
 * lost when it becomes a replica itself; `noDemotion`: nobody tells the old master, and both are masters for ever.
 *
 * What a newcomer learns: promotion by a majority says who is the next master, and nothing to the one that was; data is only as safe as the
 * copy that the next master has.
 */

import { others, protocol, type Role, role, spec } from 'faultline'
import { Set } from 'immutable'

type Message =
  | { readonly type: 'promote' | 'follow' | 'sync' | 'replicated'; readonly epoch: number }
  | { readonly type: 'replicate'; readonly epoch: number; readonly write: string }
  | { readonly type: 'copy'; readonly epoch: number; readonly data: Set<string> }

interface Sentinels {
  readonly epoch: number
}

interface Server {
  readonly role: 'master' | 'replica' | 'copying'
  /** Of the configuration that it knows. */
  readonly epoch: number
  /** The writes that it has: the ids of the servers that took them. */
  readonly data: Set<string>
  /** Its client waits until the replica has the write. */
  readonly waits: boolean
}

const SERVERS = ['r1', 'r2'] as const

export default spec(
  'sentinel-failover',
  {},
  (_, mutant) => {
    const sentinels: Role<Sentinels, Message> = role({
      nodes: ['sentinels'],
      init: { epoch: 1 },
      armed: ['down'],
      timers: {
        down: ({ epoch }) => ({
          state: { epoch: epoch + 1 },
          send: [
            { to: 'r2', type: 'promote', epoch: epoch + 1 },
            ...(mutant === 'noDemotion' ? [] : [{ to: 'r1', type: 'follow', epoch: epoch + 1 } as const]),
          ],
        }),
      },
    })

    const server: Role<Server, Message, Set<string>> = role({
      nodes: SERVERS,
      init: (id) => ({ role: id === 'r1' ? 'master' : 'replica', epoch: 1, data: Set(), waits: false }),
      operations: {
        write: ({ role, epoch, data }, { id }) =>
          role === 'master' &&
          !data.has(id) && {
            state: { data: data.add(id), waits: mutant !== 'async' },
            send: others(SERVERS, id).map((to) => ({ to, type: 'replicate', epoch, write: id })),
            ...(mutant === 'async' && { record: (acked) => acked.add(id) }),
          },
      },
      on: {
        replicate: ({ role, data, epoch }, message, { from }) =>
          role === 'replica' &&
          epoch === message.epoch && {
            state: { data: data.add(message.write) },
            send: [{ to: from, type: 'replicated', epoch }],
          },
        replicated: ({ waits, epoch }, message, { id }) =>
          waits && epoch === message.epoch && { state: { waits: false }, record: (acked) => acked.add(id) },
        promote: (_self, { epoch }) => ({ state: { role: 'master', epoch } }),
        // The client of a write under way gets an error: it may be there, or not.
        follow: (_self, { epoch }, { id }) => ({
          state: { role: 'copying', epoch, waits: false },
          send: others(SERVERS, id).map((to) => ({ to, type: 'sync', epoch })),
        }),
        sync: ({ role, data, epoch }, message, { from }) =>
          role === 'master' && epoch === message.epoch && { send: [{ to: from, type: 'copy', epoch, data }] },
        copy: (_self, { data }) => ({ state: { role: 'replica', data } }),
      },
    })

    return protocol({
      roles: { sentinels, server },
      faults: { partition: { budget: 1, sides: [['r1'], ['r2']] }, heal: 1 },
      history: Set<string>(),
      invariants: {
        oneMaster: ({ server }) => server.r1.role !== 'master' || server.r2.role !== 'master',
        noLostAckedWrite: ({ server, history }) => {
          const masters = SERVERS.filter((id) => server[id].role === 'master')
          const lost = history.filter((write) => !masters.some((id) => server[id].data.has(write)))
          return masters.length === 0 || lost.isEmpty() || { because: 'no master has a write that was acknowledged', lost }
        },
      },
      sometimes: {
        failedOver: ({ server, history }) => server.r2.role === 'master' && history.size === 2,
      },
      alwaysPossible: {
        settled: ({ server: { r1, r2 } }) =>
          [r1.role, r2.role].sort().join() === 'master,replica' && r1.epoch === r2.epoch && r1.data.equals(r2.data),
      },
      // A master that is cut off waits for a replica that does not answer.
      terminal: true,
    })
  },
  {
    expected: { states: 240, depth: 13, violated: { oneMaster: 2 } },
    mutants: {
      async: { violates: 'noLostAckedWrite', steps: 4 },
      noDemotion: { violates: 'settled', steps: 2 },
    },
  },
)
