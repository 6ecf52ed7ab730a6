// What a check costs, beside what it would cost otherwise: whole processes in turn (A B A B ...), medians of their CPU time and peak memory.
//
//   npm run bench                        all comparisons
//   npm run bench -- --only memory       one of them, by the start of its name
//   npm run bench -- --rounds 9          more rounds than the 3 of the long ones
//
// docs/performance.md says what each comparison is for.
import { existsSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { measure } from './measure.mjs'

process.chdir(join(import.meta.dirname, '..'))
const check = (spec, ...options) => ['bin/faultline.js', 'check', spec, '--reporter', 'json', ...options]
const twoPhaseCommit = 'specs/two-phase-commit.ts'

const comparisons = [
  {
    name: 'speed: two-phase commit, 8 resource managers',
    rounds: 3,
    contestants: {
      'faultline check': check(twoPhaseCommit, '--set', 'rms=8'),
      'sketch of learned transitions': ['bench/learned-sketch.mjs', '8'],
      'naive search, JSON keys': ['bench/naive-two-phase.mjs', '8'],
    },
  },
  {
    name: 'memory: two-phase commit, 9 resource managers',
    rounds: 1,
    contestants: {
      'faultline check': check(twoPhaseCommit, '--set', 'rms=9'),
      'sketch of learned transitions': ['bench/learned-sketch.mjs', '9'],
    },
  },
  {
    name: 'protocol: Paxos behind a register, 3 servers and 3 clients',
    rounds: 5,
    contestants: {
      'faultline check': check('test/truth/actors/paxos-register.ts', '--set', 'clients=3'),
    },
  },
  {
    name: 'big value: one Immutable Map of 100 entries, new in every step',
    rounds: 5,
    contestants: {
      'faultline check': check('bench/specs/big-value.ts'),
      'the same functions called directly': ['bench/direct-explorer.mjs', 'bench/specs/big-value.ts'],
    },
  },
  {
    name: 'start-up: two-phase commit, 3 resource managers (288 states)',
    rounds: 9,
    contestants: {
      'faultline check': check(twoPhaseCommit),
      'node that does nothing': ['--eval', '0'],
    },
  },
]

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)]

/** What a contestant says that it found, or `undefined` when it searches nothing. */
function found(stdout) {
  if (stdout.trim() === '') return undefined
  const answer = JSON.parse(stdout)
  const { distinct, generated, depth } = answer.states ?? answer
  return { distinct, generated, depth }
}

function run({ contestants, rounds }, roundsAsked) {
  const names = Object.keys(contestants)
  const runs = new Map(names.map((name) => [name, []]))
  const answers = new Set()
  const total = roundsAsked ?? rounds
  // The first round fills the disk cache and is not counted, except where one run takes minutes.
  for (let round = total > 1 ? 0 : 1; round <= total; round++)
    for (const name of names) {
      process.stderr.write(`  round ${round} of ${total}: ${name}\n`)
      const { stdout, ...cost } = measure(contestants[name])
      if (round > 0) runs.get(name).push(cost)
      const answer = found(stdout)
      if (answer !== undefined) answers.add(JSON.stringify(answer))
    }
  if (answers.size > 1) throw new Error(`the contestants do not agree on what they found: ${[...answers].join(' and ')}`)
  return { runs, found: JSON.parse([...answers][0] ?? 'null') }
}

function print({ runs, found }) {
  const rows = [...runs].map(([name, costs]) => ({
    name,
    cpu: median(costs.map(({ cpuSeconds }) => cpuSeconds)),
    peak: median(costs.map(({ peakBytes }) => peakBytes)),
    spread: `${Math.min(...costs.map((c) => c.cpuSeconds)).toFixed(2)}-${Math.max(...costs.map((c) => c.cpuSeconds)).toFixed(2)}`,
  }))
  const ours = rows[0]
  const { distinct, generated, depth } = found
  console.log(`${distinct.toLocaleString('en')} distinct states, ${generated.toLocaleString('en')} generated, depth ${depth}\n`)
  console.log('| | CPU s (median) | min-max | times faultline | generated a CPU s | peak MB | times faultline | bytes a state |')
  console.log('| --- | --: | --: | --: | --: | --: | --: | --: |')
  for (const { name, cpu, peak, spread } of rows)
    console.log(
      `| ${name} | ${cpu.toFixed(2)} | ${spread} | ${(cpu / ours.cpu).toFixed(2)} | ${(generated / cpu / 1e6).toFixed(2)} M | ${(peak / 1e6).toFixed(0)} | ` +
        `${(peak / ours.peak).toFixed(2)} | ${(peak / distinct).toFixed(0)} |`,
    )
}

const { values } = parseArgs({ options: { only: { type: 'string', default: '' }, rounds: { type: 'string' } } })
const rounds = values.rounds === undefined ? undefined : Number(values.rounds)
if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0))
  throw new Error(`--rounds ${values.rounds}: give a whole number, 1 or more`)
const chosen = comparisons.filter(({ name }) => name.startsWith(values.only))
if (chosen.length === 0)
  throw new Error(`--only ${values.only}: the comparisons are ${comparisons.map(({ name }) => name.split(':')[0]).join(', ')}`)
if (!existsSync('dist/command/cli/main.js')) throw new Error('faultline is not built: run `npm run build` first')
console.log(`${cpus()[0]?.model ?? 'unknown CPU'}, ${cpus().length} logical CPUs, node ${process.version}, ${process.platform}`)
for (const comparison of chosen) {
  console.log(`\n## ${comparison.name}\n`)
  print(run(comparison, rounds))
}
