import type { Reporter } from './reporter.js'

/**
 * Machine-readable output: for one spec its object, for several one array of them, in the order checked, so that stdout is
 * one JSON document either way. An error stands where its spec's result would, told apart by its `schema`.
 */
export const json: Reporter = {
  name: 'json',
  format: (outcomes) => `${JSON.stringify(outcomes.length === 1 ? outcomes[0] : outcomes, null, 2)}\n`,
}
