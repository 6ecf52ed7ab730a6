import { inspect } from 'node:util'
import { SpecError } from '../spec/spec-error.js'

/** What a pure function must not use, by the name that a reader knows, and how it is reached from the global object. */
const trapped: readonly { readonly name: string; readonly holder: () => object | undefined; readonly key: string }[] = [
  { name: 'Math.random', holder: () => Math, key: 'random' },
  { name: 'Date', holder: () => globalThis, key: 'Date' },
  { name: 'performance.now', holder: () => globalThis.performance, key: 'now' },
  { name: 'crypto.randomUUID', holder: () => globalThis.crypto, key: 'randomUUID' },
  { name: 'crypto.getRandomValues', holder: () => globalThis.crypto, key: 'getRandomValues' },
  { name: 'setTimeout', holder: () => globalThis, key: 'setTimeout' },
  { name: 'setInterval', holder: () => globalThis, key: 'setInterval' },
  { name: 'setImmediate', holder: () => globalThis, key: 'setImmediate' },
  { name: 'queueMicrotask', holder: () => globalThis, key: 'queueMicrotask' },
  { name: 'fetch', holder: () => globalThis, key: 'fetch' },
  { name: 'process.exit', holder: () => Reflect.get(globalThis, 'process'), key: 'exit' },
  { name: 'process.hrtime', holder: () => Reflect.get(globalThis, 'process'), key: 'hrtime' },
]

/** A breach of purity that happened in the function that runs: kept, since the function may catch what was thrown. */
let breach: SpecError | null = null

/** Notes a breach of purity, and gives it back to be thrown. */
export function breached(error: SpecError): SpecError {
  breach ??= error
  return error
}

/** Forgets a breach that is being reported. */
export function clearBreach(): void {
  breach = null
}

/** @throws the breach of purity that the function which just returned kept to itself. */
export function requireNoBreach(): void {
  if (breach !== null) throw breach
}

/** Thrown where a function of a spec uses the clock, randomness or the event loop. */
export class ImpureCall extends SpecError {
  constructor(name: string) {
    super(`a function of the spec used ${name}`, {
      hint: 'the functions of a spec must be pure: put what varies into the state, and what is undetermined into `choose`',
    })
  }
}

/**
 * Runs `body` while the clock, randomness and timers throw {@link ImpureCall}; afterwards all is as before. `body` must be synchronous.
 * Meanwhile `console.log` shows what the getters of a state give.
 */
export function withTraps<T>(body: () => T): T {
  const restores: (() => void)[] = []
  clearBreach()
  const { getters } = inspect.defaultOptions
  try {
    inspect.defaultOptions.getters = true
    for (const { name, holder, key } of trapped) {
      const object = holder()
      if (object === undefined) continue
      const own = Object.getOwnPropertyDescriptor(object, key)
      if (own !== undefined && !own.configurable) continue
      const trap = function impure(): never {
        throw breached(new ImpureCall(name))
      }
      if (name === 'Date') Object.assign(trap, { now: trap, parse: trap, UTC: trap })
      Object.defineProperty(object, key, {
        value: trap,
        configurable: true,
        writable: true,
        enumerable: own?.enumerable ?? false,
      })
      restores.push(() => {
        if (own === undefined) Reflect.deleteProperty(object, key)
        else Object.defineProperty(object, key, own)
      })
    }
    return body()
  } finally {
    inspect.defaultOptions.getters = getters
    for (const restore of restores.reverse()) restore()
  }
}
