import { setFlagsFromString } from 'node:v8'

/** The engine that this was measured on: that of Node 20. Others tier up in other steps, and a flag that they do not know they print an error for. */
const measuredOn = /^11\./

/** Four times the default, in bytes of bytecode that a function runs between two looks at whether to optimise it. */
const interruptBudget = 270_336

/**
 * Has functions optimised later. A search soon spends nearly all of its time in a few loops, which are hot whatever the threshold is; what learns for them
 * runs some thousands of times, and to optimise it often takes longer than it then saves: up to a fifth of the processor time of a check of a second
 * (see docs/performance.md). For the whole process, so for the command alone.
 *
 * To be called when all is loaded: what node loads of its own after a flag has changed it compiles anew.
 */
export function optimizeLater(): void {
  if (measuredOn.test(process.versions.v8)) setFlagsFromString(`--interrupt-budget=${interruptBudget}`)
}
