import { GoalSearch, goalsMax } from '../explore/goal-search.js'
import type { Finding } from '../explore/property-watch.js'
import { Search } from '../explore/search.js'
import { compile, type KeptAsValue, type Model } from '../model/model.js'
import { withTraps } from '../model/purity.js'
import { NotASetOfElements } from '../model/state-vector.js'
import type { Spec } from '../spec/spec.js'
import { type Exemptions, requireNames } from './exemptions.js'
import { defaultMaxBytes, heapNearlyFull, residentBytes } from './process-memory.js'
import type { CheckOptions, Limit, Progress } from './result.js'

/** The most states expanded between two looks at the clock; as few as it takes for a look every so often, where a state takes long. */
const sliceStatesMax = 256
const sliceLooksMs = 5
/** The search gives way to other work this often, and reports progress that often. */
const sliceMs = 25
const progressMs = 250
const memoryLookMs = 100

// Taken now: while functions of a spec run, the clock is trapped.
const now = performance.now.bind(performance)
const nextTurn = setImmediate

/** A search that has ended, with why. */
export interface EndedSearch {
  readonly model: Model
  readonly search: Search
  /** Where each goal that must stay possible is lost first, by name; `null` where that was not found out. */
  readonly lostGoals: ReadonlyMap<string, Finding> | null
  /** With fewer faults than this, no goal is lost but as expected: 0 where nothing is known of that. */
  readonly goalsKeptBelow: number
  /** The limit that ended it, or `null`. */
  readonly limit: Limit | null
  readonly seconds: number
}

/**
 * Searches a spec to the end, or to a limit, giving way to other work several times a second.
 *
 * @throws SpecError on a mistake in the spec.
 */
export async function runSearch(spec: Spec, options: CheckOptions, exemptions: Exemptions): Promise<EndedSearch> {
  const keptAsValue = new Set<number>()
  const started = now()
  for (;;) {
    try {
      return await attempt(spec, options, { exemptions, keptAsValue, started })
    } catch (error) {
      // A field that began as a Set of few elements turned out to be something else: begin again with it kept whole.
      if (!(error instanceof NotASetOfElements)) throw error
      keptAsValue.add(error.slot)
    }
  }
}

async function attempt(
  spec: Spec,
  options: CheckOptions,
  {
    exemptions,
    keptAsValue,
    started,
  }: { readonly exemptions: Exemptions; readonly keptAsValue: KeptAsValue; readonly started: number },
): Promise<EndedSearch> {
  const model = withTraps(() => compile(spec, keptAsValue, options.faults))
  requireNames(spec, options.until, model)
  const search = new Search(model, {
    endsAt: endOf(options, exemptions),
    ...(exemptions.areRequired ? { unreachable: exemptions.unreached } : {}),
    maxStates: options.maxStates ?? Number.POSITIVE_INFINITY,
    maxDepth: options.maxDepth ?? Number.POSITIVE_INFINITY,
    findsBreakingBudgets: options.continue === true,
    fewestFaultsFirst: options.minimize !== 'steps',
  })
  const deadline = started + (options.maxSeconds ?? Number.POSITIVE_INFINITY) * 1000
  const limitReached = limits(search, options, deadline)
  const report = progressReporter(spec, search, started, options)
  let slice = 1
  let limit: Limit | null = options.signal?.aborted ? 'interrupt' : null
  let lostGoals: ReadonlyMap<string, Finding> | null = null
  let goalsKeptBelow = model.alwaysPossible.length === 0 ? Number.POSITIVE_INFINITY : 0
  /** Runs `advance` to its end or to a limit; returns whether it came to its end. */
  const finish = async (advance: (states: number) => boolean): Promise<boolean> => {
    while (limit === null) {
      const until = Math.min(now() + sliceMs, deadline)
      let goesOn = true
      withTraps(() => {
        let time = now()
        do {
          goesOn = advance(slice)
          const after = now()
          slice = after - time > sliceLooksMs ? Math.max(1, slice >> 1) : Math.min(sliceStatesMax, slice * 2)
          time = after
        } while (goesOn && time < until)
      })
      if (!goesOn) return true
      limit = limitReached()
      report()
      await new Promise((resolve) => nextTurn(resolve))
      if (options.signal?.aborted) limit = 'interrupt'
    }
    return false
  }
  try {
    if (limit === null) withTraps(() => search.start())
    await finish((states) => search.advance(states))
    if (search.end === 'exhausted') lostGoals = await findLostGoals(model, search, finish)
    const { completed } = search.schedule
    const isPart = search.end === 'violated' && completed > 0
    const lost = isPart ? await findLostGoals(model, search, finish, completed) : lostGoals
    const unexpected = [...(lost?.values() ?? [])].filter(({ property }) => !exemptions.violated.has(property))
    if (lost !== null) goalsKeptBelow = Math.min(...unexpected.map(({ faults }) => faults))
  } catch (error) {
    // What typed arrays throw when there is no memory for them.
    if (!(error instanceof RangeError) || !/allocation|Invalid typed array length/.test(error.message)) throw error
    limit = 'memory'
  }
  return { model, search, lostGoals, goalsKeptBelow, limit: limitOf(search, limit), seconds: (now() - started) / 1000 }
}

/** At which violations a search ends. */
function endOf({ continue: goesOn, until }: CheckOptions, { violated }: Exemptions): (property: string) => boolean {
  if (goesOn) return () => false
  return until === undefined ? (property) => !violated.has(property) : (property) => property === until
}

async function findLostGoals(
  model: Model,
  search: Search,
  finish: (advance: (states: number) => boolean) => Promise<boolean>,
  expanded?: number,
): Promise<ReadonlyMap<string, Finding> | null> {
  const lost = new Map<string, Finding>()
  for (let first = 0; first < model.alwaysPossible.length; first += goalsMax) {
    const goals = new GoalSearch(model, search, model.alwaysPossible.slice(first, first + goalsMax), expanded)
    if (!(await finish((states) => goals.advance(states)))) return null
    for (const [name, finding] of goals.findings) lost.set(name, finding)
  }
  return lost
}

/** What ended the search. One that ended at a violation was not cut short, though what few faults leave standing may not have been found out since. */
function limitOf({ end }: Search, reached: Limit | null): Limit | null {
  if (end === 'violated' && reached !== 'interrupt') return null
  return reached ?? (end === 'states' || end === 'depth' ? end : null)
}

/** Tells, when asked, which limit is reached. How much memory is held is looked up now and then only: that takes milliseconds. */
function limits(search: Search, options: CheckOptions, deadline: number): () => Limit | null {
  const maxBytes = options.maxBytes ?? defaultMaxBytes()
  let nextLook = 0
  return () => {
    const time = now()
    if (options.signal?.aborted) return 'interrupt'
    if (time >= deadline) return 'time'
    if (time < nextLook) return null
    nextLook = time + memoryLookMs
    return residentBytes() + search.store.growthBytes > maxBytes || heapNearlyFull() ? 'memory' : null
  }
}

function progressReporter(spec: Spec, search: Search, started: number, { onProgress }: CheckOptions): () => void {
  let last = started
  let lastQueue = 0
  return () => {
    const time = now()
    if (onProgress === undefined || time - last < progressMs) return
    const progress: Progress = {
      spec: spec.name,
      seconds: (time - started) / 1000,
      faults: search.schedule.isLayered ? search.schedule.layer : null,
      depth: search.schedule.level,
      distinct: search.distinct,
      generated: search.generated,
      queue: search.queue,
      queueGrows: search.queue > lastQueue,
      statesPerSecond: (search.distinct / (time - started)) * 1000,
      memoryBytes: residentBytes(),
    }
    last = time
    lastQueue = search.queue
    onProgress(progress)
  }
}
