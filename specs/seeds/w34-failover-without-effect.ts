/**
 * Failover as an article codes it: a switch to the backup that changes nothing for requests.
 *
 * Topic: replication
 * Claim: "def switch(self): ... self.current_backup = self.backups[0]; self.current_backup.start(); def handle_request(self,
 * request): if self.master.handle_request(request): return" (Five articles on faults in distributed systems, in Chinese;
 * article 002, section 4.4.2, lines 409 to 427.)
 * Why it is wrong: starting the service starts every backup beside the master; a switch neither stops the master nor takes it
 * out of the way; and the master serves even when it is stopped, so no backup ever serves anything.
 * Granularity: one step is one call of a method.
 * Source: the article; primary-backup.ts has what is right.
 * Parameters: `backups`.
 * Expected: `atMostOneActive` is violated in 1 step, and `servedBySuccessor` in 2; `backupServes` is unreachable.
 *
 * What a newcomer learns: invariants say what must not happen, `sometimes` what must be able to; code can fail both.
 */
import { ids, integer, machine, recordOf, spec } from 'faultline'

export default spec(
  'failover-without-effect',
  { backups: integer(3, { min: 1, max: 4 }) },
  ({ backups }) => {
    const BACKUPS = ids('backup', backups)
    const [FIRST] = BACKUPS
    type Server = 'master' | (typeof BACKUPS)[number]

    return machine({
      init: {
        masterRuns: true as boolean,
        runs: recordOf(BACKUPS, false as boolean),
        current: 'none' as Server | 'none',
        /** Who served the last request. */
        servedBy: 'none' as Server | 'none',
      },
      actions: {
        start: () => ({ runs: recordOf(BACKUPS, true) }),
        stop: () => ({ runs: recordOf(BACKUPS, false) }),
        stopMaster: (s) => s.masterRuns && { masterRuns: false },
        switch: () => ({ current: FIRST, runs: { [FIRST]: true }, servedBy: 'none' }),
        // The master's answer is always true, so nobody else is asked.
        request: () => ({ servedBy: 'master' }),
      },
      invariants: {
        atMostOneActive: (s) => {
          const active = [...(s.masterRuns ? ['master'] : []), ...BACKUPS.filter((b) => s.runs[b])]
          return active.length <= 1 || { because: `${active.join(', ')} are all active` }
        },
        servedBySuccessor: (s) =>
          s.current === 'none' || s.servedBy !== 'master' || { because: `the master serves after the switch to ${s.current}` },
      },
      sometimes: {
        backupServes: (s) => BACKUPS.some((b) => b === s.servedBy),
      },
    })
  },
  {
    expected: {
      violates: 'atMostOneActive',
      steps: 1,
      violated: { servedBySuccessor: 2 },
      unreachable: ['backupServes'],
    },
  },
)
