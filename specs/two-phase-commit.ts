import { Set } from 'immutable'
import { choose, ids, integer, machine, recordOf, spec } from 'faultline'

type Rm = 'working' | 'prepared' | 'committed' | 'aborted'
type Message = 'commit' | 'abort' | `prepared ${string}`

export default spec(
  'two-phase-commit',
  { rms: integer(3, { min: 1, max: 12 }) },
  ({ rms }, mutant) => {
    const RM = ids('rm', rms)
    return machine({
      init: {
        rm: recordOf(RM, 'working' as Rm),
        tm: 'init' as 'init' | 'committed' | 'aborted',
        prepared: Set<string>(),
        messages: Set<Message>(),
      },
      actions: {
        tmReceivePrepared: (s) =>
          s.tm === 'init' &&
          choose(RM, (r) => s.messages.has(`prepared ${r}`) && { prepared: s.prepared.add(r) }),
        tmCommit: (s) =>
          s.tm === 'init' &&
          (mutant === 'commitWithoutAll' || s.prepared.size === rms) && {
            tm: 'committed',
            messages: s.messages.add('commit'),
          },
        tmAbort: (s) => s.tm === 'init' && { tm: 'aborted', messages: s.messages.add('abort') },
        rmPrepare: (s) =>
          choose(
            RM,
            (r) => s.rm[r] === 'working' && { rm: { [r]: 'prepared' }, messages: s.messages.add(`prepared ${r}`) },
          ),
        rmChooseToAbort: (s) => choose(RM, (r) => s.rm[r] === 'working' && { rm: { [r]: 'aborted' } }),
        rmReceiveCommit: (s) => s.messages.has('commit') && choose(RM, (r) => ({ rm: { [r]: 'committed' } })),
        rmReceiveAbort: (s) => s.messages.has('abort') && choose(RM, (r) => ({ rm: { [r]: 'aborted' } })),
      },
      invariants: {
        consistent: (s) => !(RM.some((r) => s.rm[r] === 'committed') && RM.some((r) => s.rm[r] === 'aborted')),
      },
      sometimes: { allCommitted: (s) => RM.every((r) => s.rm[r] === 'committed') },
    })
  },
  {
    mutants: {
      commitWithoutAll: { violates: 'consistent', steps: 7 },
    },
  },
)
