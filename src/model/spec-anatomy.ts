import { Protocol } from '../spec/protocol.js'
import type { FaultOverrides } from '../spec/protocol-network.js'
import type { Spec } from '../spec/spec.js'
import type { Anatomy } from './anatomy.js'
import { protocolAnatomy } from './protocol/anatomy.js'

/**
 * How a spec is put together.
 *
 * @throws SpecError when it is malformed.
 */
export function anatomyOf(spec: Spec, faults: FaultOverrides | undefined): Anatomy {
  const { form } = spec
  if (form instanceof Protocol) return protocolAnatomy(form, faults)
  return {
    nodes: null,
    functionOf: (action) => form.definition.actions[action],
  }
}
