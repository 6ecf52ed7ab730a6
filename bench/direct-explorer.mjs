// Yardstick: a spec checked without learning anything. Breadth-first search that calls the spec's own functions for every state and keeps JSON
// strings as keys. The JSON of an Immutable Map lists its entries in an order that depends on its keys alone where those never change, which
// holds for the specs here.
//
//   node bench/direct-explorer.mjs bench/specs/big-value.ts
import { mkdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { isImmutable } from 'immutable'

const started = process.cpuUsage()
const file = process.argv[2] ?? 'bench/specs/big-value.ts'
const { definition } = (await load(file)).default.machine

/** The bundle lies inside this project, so that `faultline` and `immutable` are this project's own. */
async function load(entry) {
  const folder = join(import.meta.dirname, '../node_modules/.cache/faultline-bench')
  const outfile = join(folder, `${basename(entry, '.ts')}-${process.pid}.mjs`)
  mkdirSync(folder, { recursive: true })
  await build({ entryPoints: [entry], outfile, bundle: true, packages: 'external', format: 'esm', platform: 'node' })
  try {
    return await import(pathToFileURL(outfile).href)
  } finally {
    rmSync(outfile)
  }
}

const isRecord = (value) => typeof value === 'object' && value !== null && !Array.isArray(value) && !isImmutable(value)

function patched(state, patch) {
  if (!isRecord(patch)) return patch
  const changed = Object.entries(patch).map(([key, value]) => [key, isRecord(state[key]) ? patched(state[key], value) : value])
  return { ...state, ...Object.fromEntries(changed) }
}

function* patches(outcome) {
  if (outcome === undefined || outcome === null || outcome === false) return
  if (typeof outcome.branch === 'function') for (const element of outcome.among) yield* patches(outcome.branch(element))
  else if (Array.isArray(outcome)) for (const one of outcome) yield* patches(one)
  else yield outcome
}

const actions = Object.values(definition.actions)
const invariants = Object.entries(definition.invariants ?? {})
const seen = new Set([JSON.stringify(definition.init)])
let level = [definition.init]
let generated = 1
let depth = 0
while (level.length > 0) {
  const following = []
  for (const state of level)
    for (const action of actions)
      for (const patch of patches(action(state))) {
        generated++
        const next = patched(state, patch)
        const key = JSON.stringify(next)
        if (seen.has(key)) continue
        for (const [name, holds] of invariants) if (holds(next) !== true) throw new Error(`${name} is violated`)
        seen.add(key)
        following.push(next)
      }
  if (following.length > 0) depth++
  level = following
}
const { user, system } = process.cpuUsage(started)
console.log(JSON.stringify({ file, distinct: seen.size, generated, depth, cpuSeconds: (user + system) / 1e6 }))
