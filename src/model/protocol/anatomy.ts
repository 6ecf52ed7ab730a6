import type { Protocol } from '../../spec/protocol.js'
import type { FaultOverrides } from '../../spec/protocol-network.js'
import type { AnyMessage } from '../../spec/protocol-role.js'
import type { Anatomy } from '../anatomy.js'
import { isStopped } from './delivery-actions.js'
import { aboutMessages, envelopeIn } from './labels.js'
import { type Layout, layoutOf } from './layout.js'
import { isUp } from './protocol-actions.js'
import type { ProtocolState } from './state.js'
import { messagesIn } from './world.js'

/** How a protocol is put together. */
export function protocolAnatomy(protocol: Protocol<unknown>, overrides: FaultOverrides | undefined): Anatomy {
  const layout = layoutOf(protocol, overrides)
  const { nodes, byId, sourceBetween } = layout
  return {
    nodes: {
      ids: nodes.map(({ id, roleName }) => ({ id, role: roleName })),
      networkBetween: (from, to) => sourceBetween(from, to).kind,
      inFlight: (state) => messagesIn(layout, state as ProtocolState),
      isUp: (state, id) => {
        const node = byId.get(id)
        return node !== undefined && isUp(state as ProtocolState, node)
      },
      cut: (state) => (state as ProtocolState).cut ?? null,
      isStopped: (side, envelope) => isStopped(layout, side, envelope),
      isAboutMessages: aboutMessages,
      messageOf: (action, args) => {
        const envelope = envelopeIn(action, args)
        if (envelope === null) return null
        return { envelope, form: action === 'corrupt' ? (args[args.indexOf(envelope) + 1] as AnyMessage) : null }
      },
    },
    functionOf: (action, args) => handlerOf(layout, action, args),
  }
}

function handlerOf(
  { byId, faults }: Layout,
  action: string,
  args: readonly unknown[],
): ((...args: never[]) => unknown) | undefined {
  const envelope = envelopeIn(action, args)
  if (action === 'corrupt') return faults.forms ?? undefined
  if (envelope !== null) return action === 'deliver' ? byId.get(envelope.to)?.role.on?.[envelope.message.type] : undefined
  const [id, timer] = args
  const role = byId.get(String(id))?.role
  if (action === 'timeout') return role?.timers?.[String(timer)]
  return action === 'restart' ? role?.start : role?.operations?.[action]
}
