import { describe, expect, test } from 'vitest'
import paxosWithoutAdoption from '../../specs/seeds/w02-paxos-without-adoption.js'
import votesForEveryone from '../../specs/seeds/w04-votes-for-everyone.js'
import paxosWithoutBallots from '../../specs/seeds/w06-paxos-without-ballots.js'
import voterCountsTerms from '../../specs/seeds/w13-raft-voter-counts-terms.js'
import longestLogLeads from '../../specs/seeds/w16-longest-log-leads.js'
import yesWithoutPromise from '../../specs/seeds/w21-yes-without-promise.js'
import equalQuorums from '../../specs/seeds/w23-equal-quorums.js'
import quorumWithoutVersions from '../../specs/seeds/w24-quorum-without-versions.js'
import countsEveryone from '../../specs/seeds/w26-vector-clock-counts-everyone.js'
import lockByVectorClocks from '../../specs/seeds/w27-lock-by-vector-clocks.js'
import gossipOverwrites from '../../specs/seeds/w31-gossip-overwrites.js'
import countedByVoters from '../../specs/seeds/w32-votes-counted-by-voters.js'
import oneVoteForEver from '../../specs/seeds/w33-one-vote-for-ever.js'
import failoverWithoutEffect from '../../specs/seeds/w34-failover-without-effect.js'
import { check } from '../../src/check/check.js'
import { checkExpected } from '../../src/check/check-expected.js'
import { judgeReached, judgeViolated } from '../../src/check/expectations.js'
import type { Spec } from '../../src/spec/spec.js'

const seeds: readonly Spec[] = [
  paxosWithoutAdoption,
  votesForEveryone,
  paxosWithoutBallots,
  voterCountsTerms,
  longestLogLeads,
  yesWithoutPromise,
  equalQuorums,
  quorumWithoutVersions,
  countsEveryone,
  lockByVectorClocks,
  gossipOverwrites,
  countedByVoters,
  oneVoteForEver,
  failoverWithoutEffect,
]
/** Lengths are of plain shortest counterexamples, whatever faults they take. */
const checkAll = (spec: Spec) => check(spec, { continue: true, minimize: 'steps' })

describe('the claim of an article is refuted by the property, and in the steps, that its spec declares', () => {
  test.for(seeds.map((spec) => [spec.name, spec] as const))('%s', async ([, spec]) => {
    expect((await checkExpected(spec)).expectation?.differences).toEqual([])
  })

  const rows: readonly (readonly [property: string, steps: number, spec: Spec])[] = [
    ['agreement', 10, paxosWithoutAdoption.with({ links: 'fifo', votesFor: 'notLower' })],
    ['agreement', 14, votesForEveryone],
    ['AC1', 5, yesWithoutPromise.with({ participants: 1 })],
    ['agreement', 16, paxosWithoutBallots.with({ voters: 3 })],
    ['electionSafety', 9, voterCountsTerms.with({ clears: true })],
    ['leaderElected', 3, voterCountsTerms],
    ['readsLastWritten', 2, equalQuorums.with({ replicas: 5, size: 2 })],
    ['readsLastWritten', 5, quorumWithoutVersions.with({ nodes: 5 })],
    ['readsLastWritten', 4, quorumWithoutVersions.with({ down: 2 })],
    ['clockCondition', 2, countsEveryone],
    ['reportSurvives', 2, gossipOverwrites],
    ['leaderPossible', 2, oneVoteForEver.with({ nodes: 2 })],
    ['servedBySuccessor', 2, failoverWithoutEffect],
  ]
  test.for(rows.map(([property, steps, spec]) => [spec.name, property, steps, spec] as const))(
    '%s: %s in %i steps',
    async ([, property, steps, spec]) => {
      const result = await check(spec, { minimize: 'steps', until: property })
      expect(judgeViolated(result, property, { steps })).toMatchObject({ answer: 'yes' })
    },
  )
})

describe('what the articles leave out is what it takes', () => {
  test('a total order tells who waits', async () => {
    const { verdict, states } = await check(lockByVectorClocks.with({ order: 'total' }))
    expect({ verdict, distinct: states.distinct }).toEqual({ verdict: 'holds', distinct: 62 })
  })
  test('no message repeated, no second leader', async () => {
    expect((await check(longestLogLeads, { faults: 'none' })).verdict).toBe('holds')
  })
  test.for([
    [3, 2],
    [5, 3],
  ] as const)('quorums of more than half of %i replicas meet', async ([replicas, size]) => {
    expect((await check(equalQuorums.with({ replicas, size }))).verdict).toBe('holds')
  })
})

test.for([
  [1, 14],
  [2, 196],
] as const)('where a proposal comes before its request for votes, %i proposers decide nothing', async ([proposers, distinct]) => {
  const { properties, states } = await check(paxosWithoutAdoption.with({ links: 'fifo', proposers }))
  expect(properties.filter(({ verdict }) => verdict !== 'holds')).toMatchObject([{ name: 'decided', verdict: 'unreached' }])
  expect(states.distinct).toBe(distinct)
})

const elections = [
  ...[1, 2, 3].flatMap((nodes) => [[nodes, 'exceed'] as const, [nodes, 'reach'] as const]),
  [5, 'reach'] as const,
]
test.for(elections)('voters who count for themselves elect nobody of %i, where a count must %s half and one', async (row) => {
  const [nodes, threshold] = row
  const { properties } = await check(countedByVoters.with({ nodes, threshold }))
  const failed = properties.filter(({ verdict }) => verdict !== 'holds')
  expect(failed).toMatchObject([{ name: 'leaderElected', verdict: 'unreached' }])
})

test('one node that is ill marks five after as many steps', async () => {
  expect(judgeReached(await checkAll(gossipOverwrites), 'allMarked', { steps: 5 })).toMatchObject({ answer: 'yes' })
})

test('a backup never serves, and nothing else is as the article says', async () => {
  const { properties } = await checkAll(failoverWithoutEffect)
  expect(properties.map(({ name, verdict }) => [name, verdict])).toEqual([
    ['atMostOneActive', 'violated'],
    ['servedBySuccessor', 'violated'],
    ['backupServes', 'unreached'],
    ['deadlock', 'holds'],
  ])
})
