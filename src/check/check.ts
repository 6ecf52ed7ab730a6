import type { Spec } from '../spec/spec.js'
import type { CheckOptions, Result } from './result.js'

/** placeholder until the engine lands */
export async function check(_spec: Spec, _options: CheckOptions = {}): Promise<Result> {
  throw new Error('not yet')
}
