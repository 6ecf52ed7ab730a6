import { machine, spec } from 'faultline'

/** A counter from 0 to `max` with every kind of property; each mutant breaks one. */
export const lamp = spec(
  'lamp',
  { max: 3 },
  ({ max }, mutant) =>
    machine({
      init: { n: 0, broken: false },
      actions: {
        up: (s) => s.n < (mutant === 'overshoots' ? max + 1 : max) && { n: s.n + 1 },
        reset: (s) => s.n === max && mutant !== 'sticks' && { n: 0 },
        fall: (s) => mutant === 'falls' && s.n === 2 && { n: 1 },
        break: (s) => mutant === 'breaks' && s.n === 1 && { broken: true },
      },
      invariants: { bounded: (s) => s.n <= max || { because: `${s.n} is over ${max}` }, whole: (s) => !s.broken },
      transitions: { upOrReset: (before, after) => after.n >= before.n || after.n === 0 },
      sometimes: { full: (s) => s.n === max, off: (s) => s.n === 0, overfull: (s) => max < 10 || s.n > max },
    }),
  {
    mutants: {
      overshoots: { violates: 'bounded', steps: 4 },
      sticks: { violates: 'deadlock', steps: 3 },
      falls: { violates: 'upOrReset', steps: 3 },
      breaks: { violates: 'whole', steps: 2 },
    },
  },
)
