import { Machine } from '../spec/machine.js'
import { Protocol } from '../spec/protocol.js'
import type { FaultOverrides } from '../spec/protocol-network.js'
import type { Spec } from '../spec/spec.js'
import { SpecError } from '../spec/spec-error.js'
import { machineSource } from './machine-source.js'
import { translateProtocol } from './protocol/translate.js'
import type { ModelSource } from './source.js'

/**
 * What a spec gives the model to compile, in whichever form it is written.
 *
 * @param faults - budgets of faults that replace those of the spec.
 * @throws SpecError when the spec cannot be built, or is malformed.
 */
export function sourceOf(spec: Spec, faults: FaultOverrides | undefined): ModelSource {
  const form = built(spec)
  if (form instanceof Machine) return machineSource(spec, form, faults)
  if (form instanceof Protocol) return translateProtocol(form, faults)
  throw new SpecError(`spec '${spec.name}' has no machine and no protocol`, {
    site: spec.site,
    hint: 'the function given to spec(...) must return machine({ init, actions }) or protocol({ roles })',
  })
}

function built(spec: Spec): unknown {
  try {
    return spec.form
  } catch (error) {
    const ours = error instanceof SpecError
    if (ours && error.site !== undefined) throw error
    const what = ours ? error.message : error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    throw new SpecError(`spec '${spec.name}' could not be built: ${what}`, {
      site: spec.site,
      hint: ours ? error.hint : 'its function threw for these parameters',
      cause: error,
    })
  }
}
