/** Parameters, mutants and properties of a spec keep their names and types. */
import { integer, machine, oneOf, spec } from 'faultline'
import twoPhaseCommit from '../../specs/two-phase-commit.js'

twoPhaseCommit.with({ rms: 4 })
twoPhaseCommit.mutant('commitWithoutAll').with({ rms: 4 })
twoPhaseCommit.mutants.commitWithoutAll.with({ rms: 4 })

// @ts-expect-error a parameter that the spec does not have
twoPhaseCommit.with({ rmss: 4 })
// @ts-expect-error a parameter of another type
twoPhaseCommit.with({ rms: 'four' })
// @ts-expect-error a mutant that the spec does not have
twoPhaseCommit.mutant('commitWithoutAny')
// @ts-expect-error a mutant that the spec does not have, as a property
twoPhaseCommit.mutants.commitWithoutAny

const rms: number = twoPhaseCommit.parameters.rms
const property: 'consistent' | 'allCommitted' | 'allAborted' | 'deadlock' = twoPhaseCommit.properties
export const found = [rms, property]

export const parameters = spec(
  'parameters',
  { n: 3, flag: false, mode: 'a', bounded: integer(3, { min: 1 }), network: oneOf('fifo', ['fifo', 'unordered']) },
  ({ n, flag, mode, bounded, network }, mutant) => {
    // Plain defaults widen to their type; oneOf keeps its values; the mutant is one of those declared, or none.
    const types: [number, boolean, string, number, 'fifo' | 'unordered', 'slow' | 'wrong' | null] = [
      n,
      flag,
      mode,
      bounded,
      network,
      mutant,
    ]
    return machine({ init: { n: types[0] }, actions: { grow: (s) => ({ n: s.n + 1 }) } })
  },
  { mutants: { slow: { with: { n: 2 } }, wrong: {} } },
)

parameters.with({ mode: 'b', network: 'unordered' })
// @ts-expect-error a value that the parameter does not take
parameters.with({ network: 'lossy' })

const build = (n: number) => machine({ init: { n }, actions: { grow: (s) => ({ n: s.n + 1 }) } })
spec('x', { n: 3 }, ({ n }) => build(n), { mutants: { big: { with: { n: 9 } } } })
// @ts-expect-error reading a parameter that is not declared
spec('x', { n: 3 }, ({ nn }) => build(nn))
// @ts-expect-error a mutant sets a parameter that is not declared
spec('x', { n: 3 }, ({ n }) => build(n), { mutants: { big: { with: { nn: 9 } } } })
// @ts-expect-error asking for a mutant that is not declared
spec('x', { n: 3 }, ({ n }, mutant) => build(mutant === 'bigg' ? n : 1), { mutants: { big: {} } })
// @ts-expect-error a default outside the values
oneOf('lossy', ['fifo', 'unordered'])
// @ts-expect-error a spec is built from a machine
spec('x', { n: 3 }, ({ n }) => ({ init: { n }, actions: {} }))
